"""Fills a server with some of everything that can be taken over to another one."""

import os

from typing_extensions import Annotated
from zenml import ArtifactConfig, Model, Tag, log_metadata, pipeline, save_artifact, step
from zenml.client import Client
from zenml.enums import StackComponentType
from zenml.models import CodeRepositoryRequest

client = Client()
client.create_user("ada", password="correct horse battery")
client.update_user("ada", updated_full_name="Ada L.")
client.create_user("root", password="correct horse battery", is_admin=True)
client.create_service_account("walle", description="beeps")
with open(os.environ["ZENDO_KEY"], "w") as file:
    file.write(client.create_api_key("walle", "import").key)
client.create_project("second", description="two", display_name="Second")
client.create_tag("red", color="red")
store = client.create_stack_component("disk", "local", StackComponentType.ARTIFACT_STORE, {"path": "/tmp/disk"}, labels={"a": "b"})
client.create_stack("own", {StackComponentType.ORCHESTRATOR: "default", StackComponentType.ARTIFACT_STORE: "disk"})
client.create_secret("shared", values={"user": "u", "password": "canary-of-import"})
client.create_secret("mine", values={"k": "v"}, private=True)
client.create_service_connector("hub", connector_type="docker", auth_method="password", configuration={"username": "u", "password": "canary-of-connector"}, verify=False, list_resources=False, auto_configure=False, labels={"l": "1"})
client.create_stack_component("registry", "default", StackComponentType.CONTAINER_REGISTRY, {"uri": "docker.io/x"})
client.update_stack_component("registry", StackComponentType.CONTAINER_REGISTRY, connector_id=client.get_service_connector("hub").id, connector_resource_id="docker.io/x")
SOURCE = {"module": "zenml.integrations.github.code_repositories.github_code_repository", "attribute": "GitHubCodeRepository", "type": "internal"}
client.zen_store.create_code_repository(CodeRepositoryRequest(project=client.active_project.id, name="repo", config={"owner": "o"}, source=SOURCE, description="d"))


@step
def numbers(scale: float) -> Annotated[list, ArtifactConfig(name="numbers", tags=["n"])]:
    log_metadata({"accuracy": 0.5, "whole": 1.0, "big": 2**60, "deep": {"x": {"y": 1.0}}})
    log_metadata({"score": 1.0}, infer_artifact=True)
    return [scale, 2 * scale]


@step
def total(values: list, extra: float = 1.0) -> float:
    return sum(values) + extra


@step(enable_cache=False)
def broken(value: float) -> float:
    raise ValueError("on purpose")


@pipeline(tags=[Tag(name="nightly")], model=Model(name="oak", tags=["tree"], description="an oak"), extra={"a": 1.0, "b": [1, 2.5, None]})
def growing(scale: float = 1.0):
    total(numbers(scale))


@pipeline(enable_cache=False)
def failing():
    broken(total(numbers(3.0)))


growing()
growing()
try:
    failing()
except RuntimeError:
    pass
client.update_model_version("oak", 1, stage="production", force=True)
growing.create_snapshot(name="named", description="d", tags=["s"])
save_artifact([1, 2.5], name="by hand", tags=["x"], user_metadata={"k": 1.0})
client.set_active_project("second")
growing(scale=4.0)
