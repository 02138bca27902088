"""Pages, filters, look-ups and clashes of names, as the client asks for them."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

from checks import Api, admin_api, log_in, raises, run
from zenml.client import Client
from zenml.enums import LogicalOperators, StackComponentType
from zenml.exceptions import EntityExistsError, ZenKeyError
from zenml.utils.pagination_utils import depaginate

client = Client()
NAMES = [f"p{number:02}" for number in range(45)]


def names(page):
    return [item.name for item in page.items]


def check_start_without_configuration():
    assert client.active_user.name == "admin"
    assert client.active_project.name == "default"
    assert client.active_stack_model.name == "default"
    assert client.zen_store.get_store_info().version == "0.98.0"


def check_pages_of_45_objects():
    for name in NAMES:
        client.create_project(name, description=f"number {name}")
    pages = [client.list_projects(name="startswith:p", sort_by="asc:name", size=20, page=page) for page in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [20, 20, 5]
    assert {(page.total, page.total_pages, page.max_size) for page in pages} == {(45, 3, 20)}
    assert [name for page in pages for name in names(page)] == NAMES
    assert [item.name for item in depaginate(client.list_projects, name="startswith:p", sort_by="desc:name", size=7)] == NAMES[::-1]
    assert names(client.list_projects(name="startswith:p", sort_by="created", size=50)) == NAMES
    raises(ValueError, lambda: client.list_projects(name="startswith:p", size=20, page=4), "page 4")
    empty = client.list_projects(name="no such thing")
    assert (empty.total, empty.total_pages, empty.items) == (0, 1, [])


def check_operators_on_text():
    def found(filter_):
        return names(client.list_projects(name=filter_, sort_by="name", size=100))

    assert found("p07") == ["p07"]
    assert found("equals:p07") == ["p07"]
    assert len(found("notequals:p07")) == 45
    assert found("contains:07") == found("contains:P07") == found("endswith:07") == ["p07"]
    assert len(found("notcontains:07")) == 45
    assert found('oneof:["p01", "p02", "nobody"]') == ["p01", "p02"]
    assert len(found('notoneof:["p01", "p02"]')) == 44
    assert found("isnull:") == []
    assert len(found("isnotnull:")) == 46
    assert found("startswith:%") == [], "a percent sign is no wildcard"
    assert found("foo:bar") == []


def check_operators_on_ids_dates_and_truths():
    one = client.get_project("p01")
    assert names(client.list_projects(id=one.id)) == ["p01"]
    assert names(client.list_projects(id=f"startswith:{str(one.id)[:30]}")) == ["p01"]
    assert client.list_projects(id="notequals:no id").total == 46
    assert client.list_projects(id="no id").total == 0
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    before, after = now - timedelta(hours=1), now + timedelta(hours=1)
    assert client.list_projects(created=f"gt:{before:%Y-%m-%d %H:%M:%S}").total == 46
    assert client.list_projects(created=f"gt:{after:%Y-%m-%d %H:%M:%S}").total == 0
    assert client.list_projects(created=f"in:{before:%Y-%m-%d %H:%M:%S},{after:%Y-%m-%d %H:%M:%S}").total == 46
    assert client.list_users(active=True).total == 1
    assert client.list_users(active=False).total == 0


def check_two_filters_and_either():
    both = client.list_projects(name="startswith:p0", display_name="contains:5", sort_by="name")
    assert names(both) == ["p05"]
    either = client.list_projects(name="p01", display_name="p02", logical_operator=LogicalOperators.OR, sort_by="name")
    assert names(either) == ["p01", "p02"]
    assert names(client.list_projects(name=["startswith:p1", "endswith:9"])) == ["p19"]


def check_filters_of_stacks_components_and_flavors():
    store = client.active_stack_model.components[StackComponentType.ARTIFACT_STORE][0]
    assert names(client.list_stacks(component_id=store.id)) == ["default"]
    assert client.list_stacks(component_id=uuid4()).total == 0
    assert client.list_stack_components(stack_id=client.active_stack_model.id).total == 3
    assert names(client.list_stack_components(type="artifact_store", flavor="local")) == ["default"]
    assert client.list_flavors(type="orchestrator").total == 19
    assert client.list_flavors(integration="aws", type="orchestrator").items[0].name == "sagemaker"
    assert client.list_flavors(size=1000).total == 82


def check_wrong_filters_are_refused():
    for query in ("created=gt:yesterday", "sort_by=asc:nothing", "name=oneof:a", "created=contains:2", "size=0", "hydrate=maybe"):
        status, body = admin_api()("GET", f"/projects?{query}")
        assert (status, body["detail"][0]) == (422, "ValueError"), (query, body)


def check_look_up_by_prefix():
    one = client.get_project("p33")
    assert client.get_project(str(one.id)).name == "p33"
    assert client.get_project(str(one.id)[:30]).name == "p33"
    assert client.get_project("p44").name == "p44"
    assert client.get_user("adm").name == "admin"
    raises(ZenKeyError, lambda: client.get_project("p0"), "10 projects")
    raises(KeyError, lambda: client.get_project("nobody"), "nobody")
    raises(KeyError, lambda: client.zen_store.get_project(uuid4()))


def check_names_that_are_taken():
    raises(EntityExistsError, lambda: client.create_project("p01", description=""), "p01")
    client.create_user("twin", password="correct horse battery")
    raises(EntityExistsError, lambda: client.create_user("twin", password="correct horse battery"), "twin")
    client.create_service_account("robot")
    raises(EntityExistsError, lambda: client.create_service_account("robot"), "robot")
    raises(EntityExistsError, lambda: client.update_project("p02", new_name="p03"))


def check_a_change_is_read_back():
    changed = client.update_project("p04", new_description="new", new_display_name="Four")
    assert (changed.description, changed.display_name) == ("new", "Four")
    assert client.get_project("p04").description == "new"
    before = changed.updated
    assert client.update_project("p04", new_description="newer").updated > before
    client.delete_project("p04")
    raises(KeyError, lambda: client.get_project("p04"))


def check_fields_of_other_versions_are_dropped():
    token = log_in("admin")
    for agent in ("zenml/0.99.0", "zenml/0.97.1"):
        status, body = Api(token, agent)("POST", "/projects", {"name": agent[6:], "description": "", "from_the_future": 1})
        assert (status, body["name"]) == (200, agent[6:]), body
        status, body = Api(token, agent)("GET", f"/projects?name={agent[6:]}&from_the_future=1")
        assert (status, body["total"]) == (200, 1), body
    status, body = Api(token)("POST", "/projects", {"name": "x", "descripton": ""})
    assert status == 422 and "did you mean 'description'" in body["detail"][1], body


def check_a_repeated_request_is_carried_out_once():
    api = Api(log_in("admin"))
    api.headers["Idempotency-Key"] = str(uuid4())
    first, second = (api("POST", "/projects", {"name": "once", "description": ""}) for _ in range(2))
    assert first == second and first[0] == 200, (first, second)


def check_active_project():
    client.set_active_project("p05")
    assert client.active_project.name == "p05"
    client.set_active_project("default")


if __name__ == "__main__":
    run(globals())
