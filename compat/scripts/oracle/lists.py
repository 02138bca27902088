"""Every operator of every kind of filter, sorts, pages."""

from datetime import datetime, timezone

from record import done, record
from zenml.client import Client
from zenml.enums import LogicalOperators
from zenml.models import ProjectFilter, UserFilter

client = Client()
for number in range(25):
    client.create_project(f"p{number:02}", description=f"number {number}", display_name=f"Name {24 - number}")


def names(**query):
    query = {"sort_by": "asc:name", "size": 100, **query}
    return [one.name for one in client.list_projects(**query)]


first = client.get_project("p03")
for value in (
    "p07", "equals:p07", "notequals:p07", "contains:P1", "contains:1", "notcontains:1", "startswith:p1", "startswith:P1", "endswith:9", 'oneof:["p01","p02","x"]',
    'notoneof:["p01","p02"]', "isnull:", "isnotnull:", "foo:bar", "oneof:a", "oneof:{}", "isnull:x", "gt:3", "lt:3", "", "equals:", "contains:", "in:a,b", ["startswith:p1", "endswith:2"], ["p01", "p02"],
):
    record(f"name={value}", lambda: names(name=value))
for number, value in enumerate((
    str(first.id), f"equals:{first.id}", f"notequals:{first.id}", "nothing", "notequals:nothing", f"startswith:{str(first.id)[:20]}", f"contains:{str(first.id)[10:28]}", f"endswith:{str(first.id)[-12:]}",
    f'oneof:["{first.id}"]', f'notoneof:["{first.id}"]', "isnull:", "isnotnull:",
)):
    record(f"id {number}: {value.split(':')[0][:10] if ':' in value else ''}", lambda: names(id=value))
for operator in ("gt", "gte", "lt", "lte", "equals", "notequals"):
    for moment in ("2020-01-01 00:00:00", "2099-01-01 00:00:00"):
        record(f"created={operator}:{moment}", lambda: names(created=f"{operator}:{moment}"))
for value in ("in:2020-01-01 00:00:00,2099-01-01 00:00:00", "in:2020-01-01 00:00:00", "gt:yesterday", "2020-01-01T00:00:00", "contains:2", "isnull:", "isnotnull:", "gt:2020-01-01"):
    record(f"created={value}", lambda: names(created=value))
record("created as a datetime", lambda: names(created=datetime(2020, 1, 1, tzinfo=timezone.utc)))
for query in (
    {"name": "p01", "display_name": "Name 22"}, {"name": "p01", "display_name": "Name 22", "logical_operator": LogicalOperators.OR}, {"name": "startswith:p0", "display_name": "endswith:0"},
):
    record(f"two filters {sorted(query)} {query.get('logical_operator')} {query['name']}", lambda: names(**query))
for sort in ("name", "asc:name", "desc:name", "sideways:name", "created", "desc:created", "display_name", "nothing", "asc:nothing", "description", "id:name"):
    record(f"sort_by={sort}", lambda: [one.name for one in client.list_projects(name="startswith:p", sort_by=sort, size=100)])
for page, size in ((1, 10), (3, 10), (4, 10), (0, 10), (1, 0), (1, 10000), (1, 10001), (2, 26)):
    record(f"page={page} size={size}", lambda: (lambda found: [found.index, found.max_size, found.total_pages, found.total, [one.name for one in found.items]])(client.list_projects(page=page, size=size, sort_by="name")))
record("none found", lambda: client.list_projects(name="no such"))
client.create_user("ada", password="correct horse battery")
client.create_user("bob")
client.create_service_account("robot", description="beeps")
for value in ("True", True, False, "equals:true", "notequals:true", "yes", "no", "0", "isnull:", "perhaps"):
    record(f"active={value!r}", lambda: sorted(one.name for one in client.list_users(active=value)))
record("users", lambda: client.list_users(sort_by="name"))
record("user by name", lambda: client.get_user("ada"))
record("service accounts", lambda: client.list_service_accounts(sort_by="name", hydrate=True))
record("a project", lambda: client.get_project("p03"))
record("its prefix", lambda: client.get_project("p0"))
record("a name that is not there", lambda: client.get_project("zzz"))
record("a project twice", lambda: client.create_project("p03", description=""))
record("renamed", lambda: client.update_project("p24", new_name="q24", new_description="other"))
record("renamed to one that is taken", lambda: client.update_project("q24", new_name="p03"))
record("deleted", lambda: client.delete_project("q24"))
record("deleted again", lambda: client.zen_store.delete_project("q24"))
record("the default project", lambda: client.zen_store.delete_project("default"))
record("an active project", lambda: client.set_active_project("p02").name)
done()
