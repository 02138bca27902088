"""Dynamic pipelines, snapshots, builds, schedules, two projects, secrets."""

from record import command, done, record
from zenml import get_step_context, pipeline, step
from zenml.client import Client
from zenml.config.schedule import Schedule
from zenml.enums import SecretValidationLevel

client = Client()
client.set_active_project("default")


@step(enable_cache=False)
def count() -> int:
    return 3


@step(enable_cache=False)
def double(value: int) -> int:
    return 2 * value


@step(enable_cache=False)
def context() -> str:
    return get_step_context().pipeline_run.pipeline.name


@pipeline(dynamic=True, enable_cache=False)
def moving():
    for number in range(count().load()):
        double(number)


@pipeline(dynamic=True, enable_cache=False)
def falling():
    raise RuntimeError("on purpose")


@pipeline(enable_cache=False)
def still():
    context()
    double(count())


def outcome(work):
    try:
        run = work()
    except Exception as error:
        return type(error).__name__
    full = client.get_pipeline_run(run.id)
    return {"status": str(full.status), "steps": {name: (str(one.status), one.version) for name, one in sorted(full.steps.items())}, "end": full.end_time is not None, "progress": full.in_progress}


record("dynamic", lambda: outcome(moving))
record("dynamic, again", lambda: outcome(moving))
record("dynamic and failing", lambda: outcome(falling))
record("its run", lambda: [(str(run.status), run.in_progress) for run in client.list_pipeline_runs(pipeline_name="falling")])
record("static", lambda: outcome(still))

snapshot = still.create_snapshot(name="named", description="d", tags=["s"])
record("a snapshot", lambda: {key: value for key, value in client.get_snapshot("named", pipeline_name_or_id="still") if key not in ("resources", "metadata")})
record("a snapshot's metadata", lambda: {key: value for key, value in client.get_snapshot("named", pipeline_name_or_id="still").get_metadata() if key not in ("client_environment", "code_path")})
record("the same name", lambda: still.create_snapshot(name="named").name)
record("the same name, in its place", lambda: still.create_snapshot(name="named", replace=True).name)
record("renamed", lambda: client.update_snapshot("named", pipeline="still", name="other", description="e", add_tags=["t"], remove_tags=["s"]).name)
for query in ({"named_only": True}, {"named_only": False, "pipeline": "still"}, {"name": "other"}, {"runnable": True}, {"stack": "default", "named_only": True}, {"tags": ["t"]}):
    record(f"snapshots {query}", lambda: client.list_snapshots(**query).total)
record("a snapshot that cannot run", lambda: client.trigger_pipeline(snapshot_name_or_id="other", pipeline_name_or_id="still"))
record("removed", lambda: client.delete_snapshot("other", pipeline="still"))
command("pipeline", "snapshot", "list", "--output", "json")
record("builds", lambda: client.list_builds().total)
command("pipeline", "builds", "list", "--output", "json")
record("a schedule on a local orchestrator", lambda: outcome(still.with_options(schedule=Schedule(cron_expression="0 5 * * *"))))
record("schedules", lambda: client.list_schedules().total)

record("a second project", lambda: client.create_project("second", description="two", display_name="Second"))
client.set_active_project("second")
record("an empty project", lambda: [client.list_pipelines().total, client.list_pipeline_runs().total, client.list_artifacts().total])
record("a run there", lambda: outcome(still))
record("its number", lambda: client.list_pipeline_runs(pipeline_name="still").items[0].index)
record("lists there", lambda: [client.list_pipelines().total, client.list_pipeline_runs().total])
record("lists elsewhere", lambda: client.list_pipelines(project="default", name="still").total)
record("a project that is not there", lambda: client.list_pipelines(project="nowhere"))
command("project", "list", "--output", "json")
command("project", "describe", "second", "--output", "json")
client.set_active_project("default")
record("removed with all in it", lambda: client.delete_project("second"))
record("gone", lambda: client.get_project("second"))

record("a secret", lambda: client.create_secret("s1", values={"user": "u", "password": "p"}))
record("twice", lambda: client.create_secret("s1", values={}))
record("private, of the same name", lambda: client.create_secret("s1", values={"own": "1"}, private=True))
record("read", lambda: client.get_secret("s1", private=False).secret_values)
record("read the private one", lambda: client.get_secret("s1").secret_values)
record("listed", lambda: [(one.name, one.private, one.values) for one in client.list_secrets(sort_by="created", hydrate=True)])
record("changed", lambda: client.update_secret("s1", private=False, add_or_update_values={"password": "q", "more": "m"}, remove_values=["user"]).secret_values)
record("renamed secret", lambda: client.update_secret("s1", private=False, new_name="s2").name)
record("made private", lambda: client.update_secret("s2", update_private=True).private)
record("by filter", lambda: [[one.name for one in client.list_secrets(sort_by="name", **query)] for query in ({"private": True}, {"private": False}, {"name": "s1"}, {"user": "admin"})])
record("gone secret", lambda: client.delete_secret("s2"))
record("not there", lambda: client.get_secret("s2"))
command("secret", "create", "cli", "--a=1", "--b=2")
command("secret", "list", "--output", "json")
command("secret", "get", "cli")
command("secret", "update", "cli", "--a=3", "-r", "b")
command("secret", "rename", "cli", "-n", "ilc")
command("secret", "delete", "ilc", "--yes")
done()
