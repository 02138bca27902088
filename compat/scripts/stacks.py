"""Stacks, their components and flavors."""

from uuid import uuid4

from checks import admin_api, raises, run
from zenml.client import Client
from zenml.enums import StackComponentType
from zenml.exceptions import EntityExistsError, IllegalOperationError
from zenml.stack import Stack

client = Client()
admin = admin_api()
ORCHESTRATOR, STORE, OPERATOR = StackComponentType.ORCHESTRATOR, StackComponentType.ARTIFACT_STORE, StackComponentType.STEP_OPERATOR


def new_store(name, **configuration):
    return client.create_stack_component(name=name, flavor="local", component_type=STORE, configuration=configuration, labels={"who": name})


def check_default_stack_can_be_loaded():
    stack = Stack.from_model(client.active_stack_model)
    assert stack.orchestrator.flavor == "local"
    assert stack.artifact_store.flavor == "local"
    assert client.active_stack.name == "default"


def check_every_flavor_has_a_schema():
    flavors = client.list_flavors(size=1000, hydrate=True).items
    assert all(flavor.config_schema["type"] == "object" and flavor.source.startswith("zenml.") for flavor in flavors)
    assert client.get_flavor_by_name_and_type("local", ORCHESTRATOR).source == "zenml.orchestrators.local.local_orchestrator.LocalOrchestratorFlavor"


def check_components():
    made = new_store("one", path="/tmp/one")
    assert (made.type, made.flavor_name, made.integration, made.configuration, made.labels) == (STORE, "local", "built-in", {"path": "/tmp/one"}, {"who": "one"})
    assert made.flavor.name == "local" and made.user.name == "admin" and made.connector is None and made.environment == {}
    again = client.get_stack_component(STORE, "one")
    assert again == made
    changed = client.update_stack_component("one", STORE, name="uno", configuration={"path": "/tmp/uno"})
    assert (changed.name, changed.configuration) == ("uno", {"path": "/tmp/uno"})
    assert client.get_stack_component(STORE, str(made.id)[:30]).name == "uno"
    raises(EntityExistsError, lambda: new_store("uno"), "uno")
    client.create_stack_component(name="uno", flavor="local", component_type=ORCHESTRATOR, configuration={})
    client.delete_stack_component("uno", ORCHESTRATOR)
    raises(KeyError, lambda: client.zen_store.get_stack_component(uuid4()))


def check_configuration_is_judged_by_the_server_too():
    status, body = admin("POST", "/components", {"name": "x", "type": "artifact_store", "flavor": "local", "configuration": {"pth": "/"}})
    assert status == 422 and "did you mean 'path'" in body["detail"][1], body


def check_stacks():
    two = new_store("two")
    for name in ("modal-1", "modal-2"):
        admin("POST", "/components", {"name": name, "type": "step_operator", "flavor": "modal", "configuration": {}})
    stack = client.create_stack("own", {ORCHESTRATOR: "default", STORE: two.id, OPERATOR: ["modal-2", "modal-1"]}, labels={"gpu": "no"})
    assert [part.name for part in stack.components[STORE]] == ["two"]
    assert [part.name for part in stack.components[OPERATOR]] == ["modal-2", "modal-1"], "the first is the default"
    assert (stack.user.name, stack.labels, stack.description) == ("admin", {"gpu": "no"}, "")
    assert {part.name for part in client.list_stack_components(stack_id=stack.id)} == {"default", "two", "modal-1", "modal-2"}
    changed = client.update_stack("own", name="mine", description="text", labels={"gpu": "yes", "more": "1"}, component_updates={STORE: ["uno"]})
    assert (changed.name, changed.description, changed.labels) == ("mine", "text", {"gpu": "yes", "more": "1"})
    assert [part.name for part in changed.components[STORE]] == ["uno"]
    assert client.get_stack("mine").updated > stack.updated
    raises(EntityExistsError, lambda: client.create_stack("mine", {ORCHESTRATOR: "default", STORE: "default"}), "mine")


def check_what_a_stack_uses_stays():
    raises(IllegalOperationError, lambda: client.delete_stack_component("uno", STORE), "part of a stack")
    client.delete_stack("mine", recursive=True)
    raises(KeyError, lambda: client.get_stack("mine", allow_name_prefix_match=False))
    raises(KeyError, lambda: client.get_stack_component(STORE, "uno", allow_name_prefix_match=False))
    client.delete_stack_component("two", STORE)


def check_what_came_with_the_server_stays():
    raises(IllegalOperationError, lambda: client.update_stack("default", name="other"), "came with the server")
    raises(IllegalOperationError, lambda: client.zen_store.delete_stack(client.active_stack_model.id), "came with the server")
    raises(IllegalOperationError, lambda: client.update_stack_component("default", STORE, name="other"), "came with the server")
    raises(IllegalOperationError, lambda: client.delete_flavor(str(client.get_flavor_by_name_and_type("local", STORE).id)), "came with the server")


def check_a_stack_that_could_not_run():
    store = str(client.get_stack_component(STORE, "default").id)
    status, body = admin("POST", "/stacks", {"name": "half", "components": {"artifact_store": [store]}})
    assert status == 422 and "no orchestrator" in body["detail"][1], body
    raises(KeyError, lambda: client.create_stack("half", {ORCHESTRATOR: "default", STORE: "nowhere"}))


def check_active_stack():
    other = client.create_stack("other", {ORCHESTRATOR: "default", STORE: "default"})
    client.activate_stack("other")
    assert client.active_stack_model.id == other.id
    raises(ValueError, lambda: client.delete_stack("other"), "active")
    client.activate_stack("default")
    client.delete_stack("other")


def check_lists_that_are_empty():
    assert client.list_service_connectors().total == 0
    assert client.list_secrets().total == 0


if __name__ == "__main__":
    run(globals())
