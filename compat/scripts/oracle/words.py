"""The command line of the client, for what the other scripts do by its methods: repositories, models and their links, artifacts, tags, snapshots, accounts."""

import os
import sys

from click.testing import CliRunner
from record import command, done, record
from typing_extensions import Annotated
from zenml import ArtifactConfig, Model, link_artifact_to_model, log_metadata, pipeline, save_artifact, step
from zenml.client import Client
from zenml.enums import ArtifactType, TaggableResourceTypes
from zenml.models import TagResource
from zenml.utils.source_utils import set_custom_source_root

client = Client()
client.create_project("words", description="")
client.set_active_project("words")
sys.path.insert(0, os.environ["PYTHONPATH"])


def at_home():
    """The command line takes the folder that one is in for the one of the code; it is this one."""
    set_custom_source_root(os.path.dirname(os.path.abspath(__file__)))


def goes(*words, stdin=None, name=None):
    """A command of which only counts whether it works."""
    from zenml.cli.cli import cli

    record(name or "works: zenml " + " ".join(words), lambda: CliRunner().invoke(cli, list(words), input=stdin).exit_code == 0)


# Code repositories.
register = ("--type", "custom", "--source", "own_repository.OwnRepository")
command("code-repository", "register", "own", *register, "--description", "mine", "--logo-url", "http://x/y.png", "--address=here", "--depth=2")
goes("code-repository", "register", "own", *register, "--address=here")
goes("code-repository", "register", "bad", *register, "--depth=2")
record("a repository", lambda: client.get_code_repository("own"))
command("code-repository", "describe", "own")
command("code-repository", "update", "own", "--name", "owned", "--description", "ours", "--address=there")
record("changed", lambda: client.get_code_repository("owned"))
record("by prefix", lambda: client.get_code_repository("own").name)
record("updated by the client", lambda: client.update_code_repository("owned", config={"depth": None}))
command("code-repository", "list", "--output", "json")
record("deleted by the client", lambda: client.delete_code_repository("owned"))
goes("code-repository", "delete", "owned", "--yes")


# Models, versions, links.
@step
def grow(depth: int) -> Annotated[dict, ArtifactConfig(name="tree", artifact_type=ArtifactType.MODEL)]:
    log_metadata({"score": 1.0}, infer_model=True)
    return {"depth": depth}


@step
def rows() -> Annotated[list, "rows"]:
    return [1.0, 2]


@pipeline(model=Model(name="wood"), enable_cache=False)
def growing(depth: int = 2):
    rows()
    grow(depth)


command("model", "register", "-n", "oak", "-d", "an oak", "-l", "MIT", "-a", "all", "-u", "shade", "-e", "none", "--limitations", "big", "--tradeoffs", "slow", "-t", "tree", "-t", "old")
goes("model", "register", "-n", "oak")
record("a model", lambda: client.get_model("oak"))
command("model", "update", "oak", "-n", "elm", "-d", "an elm", "-t", "new", "-r", "old")
record("a changed model", lambda: client.get_model("elm"))
command("model", "list", "--name", "elm", "--output", "json")
at_home()
growing()
growing(3)
command("model", "version", "list", "--model", "wood", "--sort_by", "asc:number", "--output", "json")
command("model", "version", "update", "wood", "1", "-s", "production")
goes("model", "version", "update", "wood", "2", "-s", "production")
command("model", "version", "update", "wood", "2", "-s", "production", "-f", "-n", "named", "-d", "the second", "-t", "good")
record("stages", lambda: [(one.name, one.number, one.stage, sorted(tag.name for tag in one.tags)) for one in client.list_model_versions("wood", sort_by="number", hydrate=True)])
record("by stage", lambda: client.get_model_version("wood", "production").name)
record("the newest", lambda: client.get_model_version("wood").name)
for words in (("data_artifacts", "wood"), ("model_artifacts", "wood"), ("deployment_artifacts", "wood"), ("runs", "wood"), ("model_artifacts", "wood", "-v", "1")):
    command("model", *words, "--output", "json")
version = client.get_model_version("wood", "named")
links = lambda: sorted((link.artifact_version.name, link.artifact_version.version) for link in client.list_model_version_artifact_links(model_version_id=version.id, hydrate=True))
record("links", links)
saved = save_artifact(7, name="apart")
record("linked", lambda: link_artifact_to_model(artifact_version=saved, model=Model(name="wood", version="named")))
record("links with it", links)
record("links of kinds", lambda: [client.list_model_version_artifact_links(model_version_id=version.id, **{kind: True}).total for kind in ("only_data_artifacts", "only_model_artifacts", "only_deployment_artifacts")])
record("a link gone", lambda: client.delete_model_version_artifact_link(version.id, str(saved.id)))
record("links then", links)
record("all gone", lambda: client.delete_all_model_version_artifact_links(version.id, only_links=True))
record("links at last", links)
record("its runs", lambda: client.list_model_version_pipeline_run_links(model_version_id=version.id).total)
record("a deleted artifact version", lambda: client.get_artifact_version("apart").version)
command("model", "version", "delete", "wood", "1", "--yes")
record("a version deleted by the client", lambda: client.delete_model_version(client.get_model_version("wood", "named").id))
record("versions left", lambda: client.list_model_versions("wood").total)
command("model", "delete", "elm", "--yes")
record("a model deleted by the client", lambda: client.delete_model("wood"))
goes("model", "delete", "wood", "--yes")

# Artifacts.
command("artifact", "list", "--sort_by", "asc:name", "--columns", "name,latest_version_name", "--output", "json")
command("artifact", "update", "apart", "-n", "together", "-t", "one", "-t", "two")
command("artifact", "update", "together", "-r", "one")
record("an artifact", lambda: client.get_artifact("together"))
record("changed by the client", lambda: client.update_artifact("together", add_tags=["three"], has_custom_name=True))
command("artifact", "version", "update", "together", "-v", "1", "-t", "red")
goes("artifact", "version", "describe", "together", "-v", "1")
record("a version", lambda: [sorted(tag.name for tag in one.tags) for one in client.list_artifact_versions(artifact="together", hydrate=True)])
record("a version changed", lambda: sorted(tag.name for tag in client.update_artifact_version(saved.id, remove_tags=["red"], add_tags=["blue"]).tags))
record("a version that a run made", lambda: client.delete_artifact_version(client.get_artifact_version("rows").id))
command("artifact", "prune", "--only-metadata", "--yes")
record("after pruning", lambda: sorted((one.artifact.name, one.version) for one in client.list_artifact_versions(size=100)))
record("deleted while it has versions", lambda: client.delete_artifact("rows"))
record("pruned by the server", lambda: client.prune_artifacts(only_versions=False))

# Tags.
command("tag", "register", "-n", "words-tag", "-c", "red")
goes("tag", "register", "-n", "words-tag")
command("tag", "update", "words-tag", "-n", "word", "-c", "blue")
record("a tag", lambda: client.get_tag("word"))
pipe = client.get_pipeline("growing")
on = [TagResource(id=pipe.id, type=TaggableResourceTypes.PIPELINE)]
record("put on", lambda: client.attach_tag("word", resources=on))
record("put on again", lambda: client.attach_tag("word", resources=on))
record("then on it", lambda: sorted(tag.name for tag in client.get_pipeline("growing").tags))
record("taken off", lambda: client.detach_tag("word", resources=on))
record("taken off again", lambda: client.detach_tag("word", resources=on))
record("then", lambda: sorted(tag.name for tag in client.get_pipeline("growing").tags))
command("tag", "list", "--name", "word", "--columns", "name,color", "--output", "json")
command("tag", "delete", "word", "--yes")

# Runs, steps, snapshots, schedules.
one = client.list_pipeline_runs(pipeline_name="growing", sort_by="created").items[0]
record("a step", lambda: client.get_run_step(client.list_run_steps(pipeline_run_id=one.id, name="rows").items[0].id).name)
command("pipeline", "runs", "list", "--pipeline_name", "growing", "--columns", "pipeline,stack,status", "--output", "json")
goes("pipeline", "runs", "refresh", str(one.id), name="refreshed")
goes("pipeline", "runs", "stop", str(one.id), "--yes", name="stopped")
command("pipeline", "runs", "wait-conditions", "list", "--output", "json")
command("pipeline", "schedule", "list", "--output", "json")
record("no such schedule", lambda: client.get_schedule("never"))
at_home()
growing.create_snapshot(name="kept", description="d")
command("pipeline", "snapshot", "list", "--named_only", "true", "--columns", "name,pipeline", "--output", "json")
command("pipeline", "snapshot", "prune", "--older-than-days", "1", "--dry-run")
command("pipeline", "snapshot", "delete", "kept", "--yes")
record("hooks", lambda: client.list_hook_invocations().total)
command("pipeline", "runs", "delete", str(one.id), "--yes")
command("pipeline", "delete", "growing", "--yes")
record("no runs", lambda: client.list_pipeline_runs().total)

# Accounts.
command("service-account", "create", "marvin", "-d", "thinks", "--create-api-key", "false")
command("service-account", "update", "marvin", "-d", "sighs", "--active", "false")
command("service-account", "update", "marvin", "--active", "true", "-n", "paranoid")
command("service-account", "describe", "paranoid")
record("an account", lambda: client.get_service_account("paranoid"))
record("a key", lambda: client.create_api_key("paranoid", "first", "d").name)
record("the key", lambda: client.get_api_key("paranoid", "first"))
command("service-account", "api-key", "paranoid", "update", "first", "-n", "second", "-d", "e")
command("service-account", "api-key", "paranoid", "describe", "second")
command("service-account", "api-key", "paranoid", "list", "--output", "json")
command("service-account", "api-key", "paranoid", "delete", "second", "--yes")
command("service-account", "delete", "paranoid", stdin="y\n")
command("user", "create", "ford", "--password", "correct horse battery")
goes("user", "update", "ford", "-f", "Ford P.", "-e", "ford@example.org")
record("a person", lambda: (lambda user: (user.name, user.full_name, user.is_admin, user.active))(client.get_user("ford")))
command("user", "update", "ford", "-a", stdin="y\n")
record("an administrator", lambda: client.get_user("ford").is_admin)
command("user", "update", "ford", "-u", stdin="y\n")
command("user", "list", "--name", "ford", "--columns", "name,full_name", "--output", "json")
record("out, with a way back", lambda: (lambda user: (user.active, user.activation_token is not None))(client.deactivate_user("ford")))
command("user", "delete", "ford", stdin="y\n")
record("devices", lambda: client.list_authorized_devices().total)

# Flavors, secrets, stacks, projects.
record("a flavor", lambda: (lambda flavor: (flavor.name, str(flavor.type), flavor.source, sorted(flavor.config_schema["properties"])))(client.get_flavor("s3")))
record("flavors of a type", lambda: sorted(flavor.name for flavor in client.get_flavors_by_type("model_registry")))
client.create_secret("words", values={"a": "1", "b": "2"})
record("by privacy", lambda: [client.list_secrets_by_private_status(private=private).total for private in (True, False)])
record("by name and privacy", lambda: client.get_secret_by_name_and_private_status("words", private=False).secret_values)
command("secret", "export", "words", "-f", os.path.join(os.environ["HOME"], "words.yaml"))
record("exported", lambda: open(os.path.join(os.environ["HOME"], "words.yaml")).read())
goes("secret", "backup")
command("secret", "delete", "words", "--yes")
command("stack", "export-requirements", "default")
command("stack", "register-secrets", "default")
record("no pools", lambda: client.list_resource_requests())
command("project", "describe", "words", "--output", "json")
command("project", "set", "default")
command("project", "delete", "words", stdin="y\n")
goes("project", "describe", "words")
done()
