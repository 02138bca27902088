"""Pipelines that run, come from the cache, fail, are tried again; what they leave."""

import os

from record import command, done, record
from typing_extensions import Annotated
from zenml import ArtifactConfig, Model, add_tags, log_metadata, pipeline, save_artifact, step
from zenml.client import Client
from zenml.config.retry_config import StepRetryConfig

client = Client()
client.set_active_project("default")
MARK = os.path.join(os.environ["HOME"], "tried")


@step
def numbers(scale: float) -> Annotated[list, ArtifactConfig(name="numbers", tags=["n"])]:
    log_metadata({"accuracy": 0.5, "whole": 1.0, "big": 2**60, "words": ["a", "b"], "deep": {"x": {"y": 1.0}}})
    return [scale, 2 * scale]


@step
def total(values: list, extra: float = 1.0) -> float:
    return sum(values) + extra


@step(enable_cache=False, retry=StepRetryConfig(max_retries=2, delay=0, backoff=1))
def flaky(value: float) -> None:
    if not os.path.exists(MARK):
        open(MARK, "w").close()
        raise RuntimeError("the first time it fails")


@step(enable_cache=False)
def broken(value: float) -> float:
    raise ValueError("on purpose")


@step(enable_cache=False)
def never(value: float) -> None:
    print("never")


@pipeline(tags=["nightly"], model=Model(name="oak", tags=["tree"], description="an oak"), settings={}, extra={"a": 1.0, "b": [1, 2.5, None]})
def growing(scale: float = 1.0):
    flaky(total(numbers(scale)))


@pipeline(enable_cache=False)
def failing():
    never(broken(total(numbers(3.0))))


def shown(run):
    full = client.get_pipeline_run(run.id)
    steps = {name: (str(one.status), one.version, sorted(one.inputs), sorted(one.outputs), str(one.cache_key) != "", one.is_retriable, one.type) for name, one in sorted(full.steps.items())}
    return {
        "status": str(full.status), "in_progress": full.in_progress, "index": full.index, "tags": sorted(tag.name for tag in full.tags), "metadata": full.run_metadata, "steps": steps,
        "config": full.config, "model": full.model_version.number if full.model_version else None, "templatable": full.is_templatable, "environment": sorted(full.client_environment),
        "orchestrator_environment": sorted(full.orchestrator_environment), "substitutions": sorted(full.config.substitutions), "exception": full.exception_info is not None,
        "logs": [log.source for log in full.log_collection or []], "stack": full.stack.name, "pipeline": full.pipeline.name,
    }


runs = {}
for name, work in {"first": lambda: growing(), "cached": lambda: growing(), "other": lambda: growing(scale=2.0), "failing": lambda: failing()}.items():
    try:
        runs[name] = work()
    except Exception as error:
        record(f"{name} raises", lambda: type(error).__name__)
    record(f"{name} run", lambda: shown(client.list_pipeline_runs(sort_by="desc:created", size=1).items[0]))
record("steps of the failing one", lambda: [(one.name, str(one.status), one.exception_info is not None) for one in client.list_run_steps(pipeline_run_id=client.list_pipeline_runs(sort_by="desc:created", size=1).items[0].id, sort_by="created")])
record("a step, whole", lambda: {key: value for key, value in client.list_run_steps(name="total", sort_by="created", hydrate=True).items[0] if key != "resources"})
record("retries", lambda: [(str(one.status), one.version) for one in client.list_run_steps(name="flaky", pipeline_run_id=runs["first"].id, sort_by="created")])
for query in (
    {"status": "completed"}, {"status": "failed"}, {"status": 'oneof:["failed","completed"]'}, {"in_progress": False}, {"pipeline": "growing"}, {"pipeline_name": "contains:grow"}, {"stack": "default"}, {"model": "oak"},
    {"tag": "nightly"}, {"tags": ["nightly"]}, {"tags": ["startswith:nig"]}, {"run_metadata": ["accuracy:0.5"]}, {"run_metadata": ["accuracy:gt:0.4"]}, {"user": "admin"}, {"index": 1}, {"templatable": True}, {"name": "startswith:growing"}, {"root_runs_only": True},
    {"stack_component": "default"}, {"sort_by": "desc:pipeline", "index": 1}, {"sort_by": "nothing"},
):
    record(f"runs {query}", lambda: [(run.pipeline.name, run.index) for run in client.list_pipeline_runs(**{"sort_by": "asc:created", **query})])
for query in ({"status": "cached"}, {"name": "total", "status": "completed"}, {"exclude_retried": True}, {"model": "oak"}, {"cache_expired": False}, {"cache_key": "isnotnull:"}, {"original_step_run_id": "isnotnull:"}, {"run_metadata": ["whole:1.0"]}):
    record(f"steps {query}", lambda: [(one.name, str(one.status)) for one in client.list_run_steps(sort_by="asc:created", size=100, **query)])
record("pipelines", lambda: [(one.name, str(one.latest_run_status), one.description, sorted(tag.name for tag in one.tags)) for one in client.list_pipelines(sort_by="name", hydrate=True)])
for query in ({"latest_run_status": "failed"}, {"latest_run_user": "admin"}, {"sort_by": "desc:latest_run"}, {"tags": ["x"]}):
    record(f"pipelines {query}", lambda: [one.name for one in client.list_pipelines(**query)])
record("artifacts", lambda: [(one.name, one.has_custom_name, one.latest_version_name) for one in client.list_artifacts(sort_by="name", hydrate=True, size=100)])
record("artifact versions", lambda: [(one.artifact.name, one.version, str(one.type), str(one.save_type), one.data_type.attribute, one.materializer.attribute, sorted(tag.name for tag in one.tags)) for one in client.list_artifact_versions(sort_by="asc:created", size=100)])
for query in ({"only_unused": True}, {"artifact": "numbers"}, {"model": "oak"}, {"has_custom_name": True}, {"version_number": "gt:1"}, {"pipeline_run": runs["first"].name if "first" in runs else ""}, {"type": "DataArtifact"}, {"tags": ["n"]}):
    record(f"artifact versions {sorted(query)}", lambda: [(one.artifact.name, one.version) for one in client.list_artifact_versions(sort_by="asc:created", size=100, **query)])
record("an artifact's value", lambda: client.get_artifact_version("numbers").load())
record("saved by hand", lambda: save_artifact([1, 2.5], name="by hand", tags=["x"], user_metadata={"k": 1.0}))
record("saved again", lambda: save_artifact([1, 2.5], name="by hand").version)
record("an artifact version, whole", lambda: client.get_artifact_version("by hand"))
record("deleted while used", lambda: client.delete_artifact_version(client.get_artifact_version("numbers").id))
record("models", lambda: [(one.name, one.latest_version_name, one.description, sorted(tag.name for tag in one.tags)) for one in client.list_models(hydrate=True)])
record("model versions", lambda: [(one.name, one.number, one.stage) for one in client.list_model_versions("oak", sort_by="number")])
record("a model version", lambda: {key: value for key, value in client.get_model_version("oak", 1) if key != "resources"})
record("its artifacts", lambda: sorted(client.get_model_version("oak", 1).data_artifact_ids))
record("a stage", lambda: client.update_model_version("oak", 1, stage="production", force=False).stage)
record("the stage taken", lambda: client.update_model_version("oak", 2, stage="production", force=False).stage)
record("the stage forced", lambda: [client.update_model_version("oak", 2, stage="production", force=True).stage, client.get_model_version("oak", 1).stage])
record("by stage", lambda: client.get_model_version("oak", "production").number)
record("a version named like a number", lambda: client.create_model_version("oak", name="17"))
record("a version named like a stage", lambda: client.create_model_version("oak", name="staging"))
record("a version by name", lambda: client.create_model_version("oak", name="my own", description="d", tags=["v"]))
record("the same again", lambda: client.create_model_version("oak", name="my own"))
record("a model twice", lambda: client.create_model("oak"))
record("model filters", lambda: [[one.name for one in client.list_model_versions("oak", **query)] for query in ({"stage": "production"}, {"number": "gt:1"}, {"name": "contains:own"}, {"tags": ["v"]}, {"stage": "isnull:"})])
command("pipeline", "runs", "list", "--columns", "status,pipeline", "--output", "json")
command("pipeline", "list", "--output", "json")
command("model", "list", "--output", "json")
command("artifact", "list", "--columns", "name", "--output", "json")
command("model", "version", "update", "oak", "1", "--stage", "staging", "-f")
record("a pipeline removed", lambda: client.delete_pipeline("failing"))
record("its runs", lambda: client.list_pipeline_runs(pipeline_name="failing").total)
record("a run removed", lambda: client.delete_pipeline_run(runs["first"].id))
done()
