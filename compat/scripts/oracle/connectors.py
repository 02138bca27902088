"""Service connectors: what the client and its command line see of them, secrets on stacks and components included."""

from record import command, done, record
from zenml.client import Client
from zenml.enums import StackComponentType

client = Client()
DOCKER = {"username": "u", "password": "p", "registry": "registry.example.org"}
REGISTRY = StackComponentType.CONTAINER_REGISTRY


def make(name, **more):
    return client.create_service_connector(name, connector_type="docker", auth_method="password", configuration=DOCKER, **more)


def seen(connector):
    return (connector.name, connector.type, connector.auth_method, connector.resource_types, connector.resource_id, connector.supports_instances,
            connector.description, connector.labels, connector.configuration.plain, connector.expiration_seconds)


def opened(resources):
    return [(one.resource_type, one.resource_ids, one.error) for one in resources.resources]


record("types", lambda: [(one.connector_type, one.local, one.remote, [r.resource_type for r in one.resource_types], [a.auth_method for a in one.auth_methods]) for one in client.list_service_connector_types()])
record("types by resource", lambda: [one.connector_type for one in client.list_service_connector_types(resource_type="oauth2-api")])
record("one type", lambda: {a.auth_method: sorted(a.config_schema["properties"]) for a in client.get_service_connector_type("oauth2").auth_methods})
record("no such type", lambda: client.get_service_connector_type("mainframe"))
record("made", lambda: [seen(make("one", description="mine", labels={"a": "1", "b": "2"})[0])])
record("verified", lambda: opened(make("two")[1]))
record("twice", lambda: make("two"))
record("incomplete", lambda: client.create_service_connector("bad", connector_type="docker", configuration={"username": "u"}))
record("no such method", lambda: client.create_service_connector("bad", connector_type="docker", auth_method="token", configuration=DOCKER))
record("another registry", lambda: make("bad", resource_id="ghcr.io"))
record("not verified", lambda: seen(make("three", verify=False)[0]))
record("read", lambda: seen(client.get_service_connector("one", expand_secrets=True)))
record("read without secrets", lambda: seen(client.get_service_connector("one", expand_secrets=False)))
record("listed", lambda: [seen(one) for one in client.list_service_connectors(hydrate=True)])
record("listed with secrets", lambda: [seen(one) for one in client.list_service_connectors(hydrate=True, expand_secrets=True)])
for query in ({"connector_type": "docker"}, {"resource_type": "docker-registry"}, {"resource_type": "s3-bucket"}, {"auth_method": "startswith:pass"}, {"labels": {"a": "1"}},
              {"labels": {"a": None}}, {"labels": {"a": "2"}}, {"resource_id": "registry.example.org"}, {"name": "contains:o"}):
    record(f"by {query}", lambda: sorted(one.name for one in client.list_service_connectors(**query)))
record("verify", lambda: opened(client.verify_service_connector("one")))
record("verify one", lambda: opened(client.verify_service_connector("one", resource_type="docker-registry", resource_id="https://registry.example.org/repository")))
record("verify another", lambda: opened(client.verify_service_connector("one", resource_id="ghcr.io")))
record("verify no such type", lambda: opened(client.verify_service_connector("one", resource_type="s3-bucket")))
record("resources", lambda: [(one.name, opened(one)) for one in client.list_service_connector_resources()])
record("changed", lambda: seen(client.update_service_connector("one", description="ours", labels={"a": None, "c": "3"})[0]))
record("changed again", lambda: seen(client.update_service_connector("one", configuration={**DOCKER, "password": "q"})[0]))
record("its secrets", lambda: client.get_service_connector("one", expand_secrets=True).configuration.plain)
record("renamed", lambda: client.update_service_connector("two", name="zwei")[0].name)

part = lambda name, **more: client.create_stack_component(name, "default", REGISTRY, configuration={"uri": "registry.example.org"}, **more)
record("a component", lambda: part("r").connector)
record("connected", lambda: client.update_stack_component("r", REGISTRY, connector_id=client.get_service_connector("one").id, connector_resource_id="registry.example.org").connector.name)
record("by connector", lambda: [one.name for one in client.list_stack_components(connector_id=client.get_service_connector("one").id)])
record("it stays", lambda: client.update_stack_component("r", REGISTRY, labels={"x": "y"}).connector.name)
record("delete what is used", lambda: client.delete_service_connector("one"))
record("change what is used", lambda: client.update_service_connector("one", resource_id="ghcr.io", verify=False))
record("disconnected", lambda: client.update_stack_component("r", REGISTRY, disconnect=True).connector)
record("deleted", lambda: client.delete_service_connector("one"))
record("gone", lambda: client.get_service_connector("one"))
record("expired", lambda: opened(make("old", expires_at=__import__("datetime").datetime(2020, 1, 1))[1]))

client.create_secret("attached", values={"KEY": "v"})
client.create_secret("more", values={"KEY": "v"})
record("component with secrets", lambda: len(part("s", secrets=["attached"]).secrets))
record("more of them", lambda: len(client.update_stack_component("s", REGISTRY, add_secrets=["more", "attached"]).secrets))
record("fewer", lambda: [client.get_secret(one).name for one in client.update_stack_component("s", REGISTRY, remove_secrets=["attached"]).secrets])
record("no such secret", lambda: client.update_stack_component("s", REGISTRY, add_secrets=["nowhere"]))
record("stack with secrets", lambda: len(client.create_stack("with-secrets", {StackComponentType.ORCHESTRATOR: "default", StackComponentType.ARTIFACT_STORE: "default"}, secrets=["attached", "more"]).secrets))
record("stack with fewer", lambda: len(client.update_stack("with-secrets", remove_secrets=["more"]).secrets))
client.delete_stack("with-secrets")

command("service-connector", "list-types")
command("service-connector", "register", "cli", "--type", "docker", "--username=u", "--password=p")
command("service-connector", "describe", "cli")
command("service-connector", "describe", "cli", "--show-secrets")
command("service-connector", "update", "cli", "--label", "x=y")
command("service-connector", "verify", "cli")
command("service-connector", "delete", "cli")
done()
