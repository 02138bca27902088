"""Tags: made, attached, exclusive, cascading, removed; code repositories; service accounts and their keys; metadata."""

from record import command, done, record
from zenml import Tag, add_tags, pipeline, remove_tags, step
from zenml.client import Client
from zenml.enums import ColorVariants, MetadataResourceTypes, TaggableResourceTypes
from zenml.models import RunMetadataResource

client = Client()
client.set_active_project("default")


@step
def one() -> int:
    return 1


@pipeline(tags=[Tag(name="falls", cascade=True), "stays"], enable_cache=False)
def tagged():
    one()


@pipeline(tags=[Tag(name="latest", exclusive=True)], enable_cache=False)
def moving():
    one()


record("made", lambda: client.create_tag("red", color=ColorVariants.RED))
record("made twice", lambda: client.create_tag("red"))
record("exclusive", lambda: client.create_tag("only", exclusive=True, color="blue"))
record("renamed", lambda: client.update_tag("red", name="rouge", color=ColorVariants.GREY))
record("to a taken name", lambda: client.update_tag("rouge", name="only"))
record("no such", lambda: client.get_tag("nothing"))
first = tagged()
record("on the run", lambda: sorted(tag.name for tag in client.get_pipeline_run(first.id).tags))
record("on the pipeline", lambda: sorted(tag.name for tag in client.get_pipeline("tagged").tags))
record("on the artifact", lambda: sorted(tag.name for tag in client.list_artifact_versions(pipeline_run=first.name).items[0].tags))
second, third = moving(), moving()
record("an exclusive tag moves", lambda: [sorted(tag.name for tag in client.get_pipeline_run(run.id).tags) for run in (second, third)])
record("attached", lambda: add_tags(tags=["rouge", "new"], pipeline="tagged"))
record("attached again", lambda: add_tags(tags=["rouge"], pipeline="tagged"))
record("then on it", lambda: sorted(tag.name for tag in client.get_pipeline("tagged").tags))
record("taken off", lambda: remove_tags(tags=["rouge", "nowhere"], pipeline="tagged"))
record("then", lambda: sorted(tag.name for tag in client.get_pipeline("tagged").tags))
record("made exclusive while on several", lambda: client.update_tag("stays", exclusive=True))
record("tags", lambda: [(tag.name, tag.exclusive, tag.tagged_count) for tag in client.list_tags(sort_by="name")])
for query in ({"name": "startswith:r"}, {"exclusive": True}, {"color": "grey", "name": "rouge"}, {"resource_type": TaggableResourceTypes.PIPELINE}):
    record(f"tags {sorted(query)}", lambda: sorted(tag.name for tag in client.list_tags(**query)))
record("removed", lambda: client.delete_tag("rouge"))
command("tag", "list", "--sort_by", "asc:name", "--output", "json")
command("tag", "delete", "new", "--yes")

record("metadata", lambda: client.create_run_metadata(
    metadata={"a": 1, "b": 1.0, "c": "x", "d": [1, 2.0], "e": {"f": None}, "g": True}, resources=[RunMetadataResource(id=first.id, type=MetadataResourceTypes.PIPELINE_RUN)]))
record("metadata read", lambda: client.get_pipeline_run(first.id).run_metadata)
record("metadata again", lambda: client.create_run_metadata(metadata={"a": 2}, resources=[RunMetadataResource(id=first.id, type=MetadataResourceTypes.PIPELINE_RUN)]))
record("the newest", lambda: client.get_pipeline_run(first.id).run_metadata["a"])
record("a colon in the key", lambda: client.create_run_metadata(metadata={"a:b": 2}, resources=[RunMetadataResource(id=first.id, type=MetadataResourceTypes.PIPELINE_RUN)]))
for value in ("a:2", "a:1", "b:1.0", "c:x", "c:contains:x", "a:gt:1", "a:lt:1", "g:true", "none:1", "nocolon"):
    record(f"by metadata {value}", lambda: client.list_pipeline_runs(run_metadata=[value]).total)

SOURCE = {"module": "zenml.integrations.github.code_repositories.github_code_repository", "attribute": "GitHubCodeRepository", "type": "internal"}
from zenml.models import CodeRepositoryRequest, CodeRepositoryUpdate
record("a repository", lambda: client.zen_store.create_code_repository(CodeRepositoryRequest(project=client.active_project.id, name="repo", config={"owner": "o", "repository": "r"}, source=SOURCE, logo_url="l", description="d")))
record("twice", lambda: client.zen_store.create_code_repository(CodeRepositoryRequest(project=client.active_project.id, name="repo", config={}, source=SOURCE)))
record("its update", lambda: client.zen_store.update_code_repository(client.get_code_repository("repo").id, CodeRepositoryUpdate(name="other", description="e")))
record("repositories", lambda: client.list_code_repositories(hydrate=True))
command("code-repository", "list", "--output", "json")
command("code-repository", "delete", "other", "--yes")

record("a service account", lambda: client.create_service_account("walle", description="beeps"))
record("twice or a user", lambda: client.create_service_account("walle"))
record("its key", lambda: (lambda key: (key.name, key.key.startswith("ZENKEY_"), key.active, key.retain_period_minutes))(client.create_api_key("walle", "k1", "first")))
record("keys", lambda: client.list_api_keys("walle", hydrate=True))
record("rotated", lambda: (lambda key: (key.name, key.retain_period_minutes))(client.rotate_api_key("walle", "k1", retain_period_minutes=10)))
record("key changed", lambda: client.update_api_key("walle", "k1", name="k2", description="second", active=False))
record("key gone", lambda: client.delete_api_key("walle", "k2"))
record("account changed", lambda: client.update_service_account("walle", updated_name="android", description="boops", active=False))
record("accounts", lambda: client.list_service_accounts(hydrate=True))
command("service-account", "list", "--output", "json")
record("account gone", lambda: client.delete_service_account("android"))

record("a user with a password", lambda: client.create_user("eve", password="correct horse battery"))
record("a user without", lambda: (lambda user: (user.name, user.active, user.activation_token is not None))(client.create_user("hal")))
record("a full name", lambda: client.update_user("eve", updated_full_name="Ada L."))
record("made an administrator", lambda: client.update_user("eve", updated_is_admin=True).is_admin)
record("out", lambda: client.deactivate_user("eve").active)
record("gone", lambda: client.delete_user("eve"))
record("oneself", lambda: client.delete_user("admin"))
record("settings", lambda: client.get_settings(hydrate=True))
done()
