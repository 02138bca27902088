"""What pipelines use beyond plain steps: names, tags, metadata, a model with stages, a step that is tried again."""

import os

from checks import raises, run
from typing_extensions import Annotated
from zenml import ArtifactConfig, Model, add_tags, log_metadata, pipeline, save_artifact, step
from zenml.client import Client
from zenml.config.retry_config import StepRetryConfig

client = Client()
MARK = os.path.join(os.environ["HOME"], "tried")


@step
def train(depth: int = 2) -> Annotated[dict, ArtifactConfig(name="tree", tags=["forest"], run_metadata={"depth": 2})]:
    log_metadata({"accuracy": 0.5, "whole": 1.0, "big": 2**60, "words": ["a", "b"]})
    log_metadata({"score": 1.0}, infer_artifact=True)
    return {"depth": depth, "whole": 1.0}


@step(enable_cache=False, retry=StepRetryConfig(max_retries=2, delay=0, backoff=1))
def flaky(tree: dict) -> None:
    if not os.path.exists(MARK):
        open(MARK, "w").close()
        raise RuntimeError("the first time it fails")


@pipeline(tags=["nightly"], model=Model(name="oak", tags=["tree"], description="an oak"))
def growing():
    flaky(train())


def check_a_run_with_all_of_it():
    done = growing()
    assert str(done.status) == "completed", done.status
    assert "nightly" in [tag.name for tag in done.tags]
    assert done.model_version.model.name == "oak" and done.model_version.number == 1
    tries = client.list_run_steps(pipeline_run_id=done.id, name="flaky", sort_by="created").items
    assert [str(one.status) for one in tries] == ["retried", "completed"], tries
    assert str(client.get_pipeline_run(done.id).steps["flaky"].status) == "completed"


def check_metadata_keeps_its_numbers():
    step_run = client.list_run_steps(name="train", hydrate=True).items[0]
    found = step_run.run_metadata
    assert found["accuracy"] == 0.5 and found["big"] == 2**60 and found["words"] == ["a", "b"], found
    assert isinstance(found["whole"], float), found


def check_artifact_versions():
    version = client.get_artifact_version("tree")
    assert version.load() == {"depth": 2, "whole": 1.0}
    assert [tag.name for tag in version.tags] == ["forest"]
    assert version.run_metadata["score"] == 1.0
    assert version.run.name and version.step.name == "train"
    saved = save_artifact([1, 2, 3], name="by-hand")
    assert client.get_artifact_version("by-hand").load() == [1, 2, 3] and saved.version == "1"
    assert {artifact.name for artifact in client.list_artifacts(size=50)} >= {"tree", "by-hand"}


def check_models_and_stages():
    version = client.get_model_version("oak", 1)
    assert client.get_model("oak").description == "an oak"
    assert client.update_model_version("oak", 1, stage="staging", force=True).stage == "staging"
    assert client.get_model_version("oak", "staging").id == version.id
    second = client.create_model_version("oak", name="second")
    assert second.number == 2
    raises(RuntimeError, lambda: client.update_model_version("oak", "second", stage="staging", force=False))
    assert client.update_model_version("oak", "second", stage="staging", force=True).stage == "staging"
    assert client.get_model_version("oak", 1).stage == "archived"
    assert client.get_model_version("oak", 1).get_artifact("tree").load() == {"depth": 2, "whole": 1.0}


def check_tags():
    tag = client.create_tag("urgent", color="red")
    assert client.get_tag("urgent").id == tag.id
    add_tags(tags=["urgent"], pipeline="growing")
    assert "urgent" in [one.name for one in client.get_pipeline("growing").tags]
    assert client.list_pipelines(tags=["urgent"]).total == 1
    client.delete_tag("urgent")
    assert client.list_pipelines(tags=["urgent"]).total == 0


def check_runs_by_filter():
    assert client.list_pipeline_runs(pipeline="growing", status="completed").total == 1
    assert client.list_pipeline_runs(tags=["nightly"]).total == 1
    assert client.list_pipeline_runs(model="oak").total == 1
    assert client.list_pipeline_runs(status="failed").total == 0


def check_a_run_is_removed():
    done = client.list_pipeline_runs(pipeline="growing").items[0]
    client.delete_pipeline_run(done.id)
    raises(KeyError, lambda: client.get_pipeline_run(done.id))


if __name__ == "__main__":
    run(globals())
