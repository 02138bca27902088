"""Components of every type, stacks of them: made, shown, changed, renamed, copied, exported, removed."""

import os

from record import command, done, record
from zenml.client import Client
from zenml.enums import StackComponentType
from zenml.models import ComponentRequest

client = Client()
MINIMAL = {
    "alerter": ("slack", {"slack_token": "t", "slack_channel_id": "c"}),
    "annotator": ("label_studio", {"authentication_secret": "s"}),
    "artifact_store": ("local", {"path": "/tmp/oracle-store"}),
    "container_registry": ("default", {"uri": "localhost:5000"}),
    "data_validator": ("evidently", {}),
    "experiment_tracker": ("mlflow", {"tracking_uri": "file:/tmp/mlruns"}),
    "feature_store": ("feast", {"feast_repo": "/tmp/feast"}),
    "image_builder": ("local", {}),
    "model_deployer": ("mlflow", {}),
    "model_registry": ("mlflow", {}),
    "orchestrator": ("local", {}),
    "step_operator": ("modal", {}),
    "deployer": ("local", {}),
    "log_store": ("artifact", {}),
    "sandbox": ("local", {}),
}

for kind in StackComponentType:
    flavors = client.list_flavors(type=kind.value, size=100, sort_by="name")
    record(f"flavors of {kind.value}", lambda: [(one.name, one.integration, one.source, one.connector_type, one.is_custom) for one in flavors.items])
    if kind.value not in MINIMAL or MINIMAL[kind.value][0] not in [one.name for one in flavors.items]:
        continue
    flavor, configuration = MINIMAL[kind.value]
    record(f"{kind.value}: create", lambda: client.zen_store.create_stack_component(
        ComponentRequest(name=f"own-{kind.value}", type=kind, flavor=flavor, configuration=configuration, labels={"a": "b"})
    ))
    record(f"{kind.value}: get", lambda: client.get_stack_component(kind, f"own-{kind.value}"))
    record(f"{kind.value}: list", lambda: client.list_stack_components(type=kind.value, sort_by="name"))
    record(f"{kind.value}: again", lambda: client.zen_store.create_stack_component(
        ComponentRequest(name=f"own-{kind.value}", type=kind, flavor=flavor, configuration=configuration)
    ))
    record(f"{kind.value}: relabel", lambda: client.update_stack_component(f"own-{kind.value}", kind, labels={"c": "d"}))
    record(f"{kind.value}: unlabel", lambda: client.update_stack_component(f"own-{kind.value}", kind, labels={"a": None}))
    group = kind.value.replace("_", "-")
    command(group, "describe", f"own-{kind.value}", "--output", "json")
    command(group, "rename", f"own-{kind.value}", f"new-{kind.value}")
    command(group, "copy", f"new-{kind.value}", f"copy-{kind.value}")
    command(group, "delete", f"copy-{kind.value}", "--yes")
    command(group, "list", "--output", "json")

record("without labels", lambda: client.create_stack_component("bare", "local", StackComponentType.ARTIFACT_STORE, {}))
record("without labels, again", lambda: client.get_stack_component(StackComponentType.ARTIFACT_STORE, "bare"))
record("a key that the flavor does not know", lambda: client.create_stack_component("bad", "local", StackComponentType.ARTIFACT_STORE, {"pth": "/"}))
record("a flavor that is not there", lambda: client.create_stack_component("bad", "nothing", StackComponentType.ARTIFACT_STORE, {}))

command("stack", "register", "one", "-o", "new-orchestrator", "-a", "new-artifact_store", "-i", "new-image_builder", "-c", "new-container_registry")
command("stack", "describe", "one", "--output", "json")
record("stack: get", lambda: client.get_stack("one"))
record("stack: list", lambda: client.list_stacks(sort_by="name", hydrate=True))
command("stack", "update", "one", "-i", "new-image_builder", "-s", "new-step_operator")
command("stack", "remove-component", "one", "-c")
command("stack", "rename", "one", "uno")
command("stack", "copy", "uno", "two")
command("stack", "export", "uno", os.path.join(os.environ["HOME"], "uno.yaml"))
record("exported", lambda: open(os.path.join(os.environ["HOME"], "uno.yaml")).read())
command("stack", "import", "three", "-f", os.path.join(os.environ["HOME"], "uno.yaml"), "--ignore-version-mismatch")
record("imported", lambda: client.get_stack("three"))
command("stack", "set", "uno")
command("stack", "get")
command("orchestrator", "delete", "new-orchestrator", "--yes")
record("a component in use", lambda: client.delete_stack_component("new-orchestrator", StackComponentType.ORCHESTRATOR))
command("stack", "delete", "uno", "--yes")
command("stack", "set", "default")
command("stack", "delete", "uno", "--yes")
command("stack", "delete", "default", "--yes")
record("the default stack", lambda: client.delete_stack("default"))
record("stacks: filters", lambda: [sorted(stack.name for stack in client.list_stacks(**query)) for query in (
    {"name": "contains:O"}, {"component": "new-orchestrator"}, {"component_id": client.get_stack_component(StackComponentType.ORCHESTRATOR, "new-orchestrator").id}, {"user": "admin"}, {"user_id": client.active_user.id}, {"description": "isnull:"})])
record("components: filters", lambda: [sorted(part.name for part in client.list_stack_components(**query, size=100)) for query in (
    {"flavor": "local"}, {"type": "artifact_store"}, {"stack_id": client.get_stack("two").id}, {"connector_id": "isnull:"}, {"name": "startswith:new-", "type": "notequals:orchestrator"})])
done()
