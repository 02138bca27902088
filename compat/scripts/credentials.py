"""Secrets of two people, references to them from components, and service connectors that each of them may or may not use."""

from checks import PASSWORD, Api, admin_api, log_in, person, raises, run
from click.testing import CliRunner
from zenml.cli.cli import cli
from zenml.client import Client
from zenml.enums import StackComponentType
from zenml.exceptions import EntityExistsError, IllegalOperationError
from zenml.stack import StackComponent

client = Client()
admin = admin_api()
STORE, REGISTRY = StackComponentType.ARTIFACT_STORE, StackComponentType.CONTAINER_REGISTRY
for name, roles in (("ada", ["developer"]), ("guest", ["guest"])):
    person(admin, name, roles)
ada, guest = (Api(log_in(name, PASSWORD)) for name in ("ada", "guest"))


def zenml(*words):
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def check_command_line():
    zenml("secret", "create", "registry", "--username=ci", "--password=hidden-word")
    assert "hidden-word" in zenml("secret", "get", "registry")
    zenml("secret", "update", "registry", "--password=other-word", "-r", "username")
    assert client.get_secret("registry").secret_values == {"password": "other-word"}
    zenml("secret", "rename", "registry", "-n", "harbor")
    zenml("secret", "delete", "harbor", "-y")
    raises(KeyError, lambda: client.get_secret("harbor"))


def check_private_secrets_of_two_people():
    mine = client.create_secret("token", values={"t": "mine"}, private=True)
    status, hers = ada("POST", "/secrets", {"name": "token", "private": True, "values": {"t": "hers"}})
    assert status == 200, hers
    assert client.get_secret("token").secret_values == {"t": "mine"}
    assert [secret.id for secret in client.list_secrets(name="token")] == [mine.id]
    raises(KeyError, lambda: client.zen_store.get_secret(hers["id"]))
    raises(KeyError, lambda: client.zen_store.delete_secret(hers["id"]))
    raises(EntityExistsError, lambda: client.create_secret("token", values={}, private=True))
    assert ada("GET", f"/secrets/{mine.id}")[0] == 404
    status, open_one = ada("POST", "/secrets", {"name": "token", "values": {"t": "open"}})
    assert client.get_secret("token", private=False).secret_values == {"t": "open"}
    raises(IllegalOperationError, lambda: client.update_secret("token", private=False, update_private=True), "owner")
    assert client.get_secret("token", private=True).secret_values == {"t": "mine"}
    made = client.create_stack_component("by-name", "local", STORE, configuration={}, secrets=["token"])
    assert [client.get_secret(one).id for one in made.secrets] == [client.get_secret("token").id], "the client and the server mean the same by a name"


def check_who_may_not_read_values():
    made = client.create_secret("for-some", values={"k": "v"})
    status, body = guest("GET", f"/secrets/{made.id}")
    assert status == 200 and body["body"]["values"] == {"k": None}, body
    assert client.zen_store.get_secret(made.id).has_missing_values is False


def check_references_are_resolved_by_the_client():
    client.create_secret("names", values={"repository": "team/referenced"})
    configuration = {"uri": "registry.example.org", "default_repository": "{{names.repository}}"}
    made = client.create_stack_component("referring", "default", REGISTRY, configuration=configuration)
    assert made.configuration == configuration
    assert StackComponent.from_model(made).config.default_repository == "team/referenced"
    client.delete_stack_component("referring", REGISTRY)


def check_secrets_reach_those_who_see_them():
    hidden = client.create_secret("hidden", values={"A": "1"}, private=True)
    shown = client.create_secret("shown", values={"B": "2"})
    part = client.create_stack_component("attached", "local", STORE, configuration={}, secrets=["hidden", "shown"])
    assert set(part.secrets) == {hidden.id, shown.id}
    assert ada("GET", f"/components/{part.id}")[1]["metadata"]["secrets"] == [str(shown.id)]


def check_connectors():
    zenml("service-connector", "register", "hub", "--type", "docker", "--username=u", "--password=hidden-word")
    assert [one.name for one in client.list_service_connectors()] == ["hub"]
    assert "hidden-word" not in zenml("service-connector", "describe", "hub")
    assert "hidden-word" in zenml("service-connector", "describe", "hub", "--show-secrets")
    assert "docker.io" in zenml("service-connector", "verify", "hub")
    connector = client.get_service_connector("hub")
    assert ada("GET", f"/service_connectors/{connector.id}")[1]["metadata"]["configuration"]["password"] == "hidden-word"
    assert "password" not in guest("GET", f"/service_connectors/{connector.id}")[1]["metadata"]["configuration"]
    assert guest("GET", f"/service_connectors/{connector.id}/client")[1]["needs"] == "service_connector:client"
    used = client.get_service_connector_client("hub", resource_type="docker-registry")
    assert (used.resource_id, used.config.password.get_secret_value()) == ("docker.io", "hidden-word")
    client.create_stack_component("registry", "default", REGISTRY, configuration={"uri": "docker.io"})
    part = client.update_stack_component("registry", REGISTRY, connector_id=connector.id, connector_resource_id="docker.io")
    assert (part.connector.name, part.connector_resource_id) == ("hub", "docker.io")
    assert client.update_stack_component("registry", REGISTRY, labels={"a": "b"}).connector.name == "hub", "the client sends it along"
    raises(IllegalOperationError, lambda: client.delete_service_connector("hub"), "used by a component")
    client.delete_stack_component("registry", REGISTRY)
    zenml("service-connector", "delete", "hub")
    assert client.list_service_connectors().total == 0


def check_connectors_of_types_that_only_clients_have():
    body = {"name": "cloud", "connector_type": "aws", "auth_method": "secret-key", "resource_types": ["s3-bucket"], "resource_id": "s3://b",
            "configuration": {"aws_access_key_id": "a", "aws_secret_access_key": "s", "region": "eu"}}
    status, made = Api(log_in("admin"), agent="zenml/0.98.0")("POST", "/service_connectors", body)
    assert status == 200, made
    # A client that has the packages asks for all of it and does the work; this one has not, and says so.
    found = client.get_service_connector("cloud", expand_secrets=True)
    assert (found.type, found.configuration.plain) == ("aws", body["configuration"])
    assert client.get_service_connector("cloud").configuration.plain == {"region": "eu"}
    raises(KeyError, lambda: client.verify_service_connector("cloud"), "aws")
    assert [(found.name, one.resource_type) for found in client.list_service_connector_resources() for one in found.resources if found.name == "cloud"] == [("cloud", "s3-bucket")]
    client.delete_service_connector("cloud")


if __name__ == "__main__":
    run(globals())
