"""Who may do what, as the client sees it: one process plays several people."""

import os

from checks import PASSWORD, admin_api, person, raises, run
from zenml.client import Client
from zenml.enums import StackComponentType
from zenml.exceptions import IllegalOperationError
from zenml.zen_stores.rest_zen_store import RestZenStore, RestZenStoreConfiguration

admin = admin_api()
client = Client()
PARTS = {StackComponentType.ORCHESTRATOR: "default", StackComponentType.ARTIFACT_STORE: "default"}


def act_as(name):
    """Signs the process in as somebody else, as `zenml login` would."""
    from zenml.config.global_config import GlobalConfiguration
    from zenml.login.credentials_store import get_credentials_store

    get_credentials_store().clear_credentials(os.environ["ZENDO_URL"])
    os.environ["ZENML_STORE_USERNAME"] = name
    GlobalConfiguration().set_store(RestZenStoreConfiguration(url=os.environ["ZENDO_URL"], username=name, password=PASSWORD), skip_default_registrations=True)
    Client._reset_instance()
    assert Client().active_user.name == name
    return Client()


def assign(role, user):
    status, body = admin("POST", "/role_assignments", {"role": role, "user": user})
    assert status == 200, body
    return body["id"]


def check_guest_reads_but_does_not_write():
    person(admin, "gail", ["guest"])
    gail = act_as("gail")
    assert gail.active_stack_model.name == "default" and gail.active_project.name == "default"
    assert gail.list_users().total >= 2 and gail.list_stacks().total == 1 and gail.list_flavors().total == 82
    raises(IllegalOperationError, lambda: gail.create_stack("gails", PARTS), "stack:create", "admin")
    raises(IllegalOperationError, lambda: gail.create_user("x", password=PASSWORD), "user:create")
    raises(IllegalOperationError, lambda: gail.create_project("x", description=""), "project:create")
    raises(IllegalOperationError, lambda: gail.create_stack_component("x", "local", StackComponentType.ARTIFACT_STORE, {}), "stack_component:create")
    raises(IllegalOperationError, lambda: gail.deactivate_user("admin"), "user:")
    raises(IllegalOperationError, lambda: gail.create_service_account("x"), "service_account:create")


def check_guest_keeps_the_own_account():
    gail = act_as("gail")
    assert gail.update_user("gail", updated_full_name="Gail G.").full_name == "Gail G."
    gail.update_user("gail", updated_password="another horse battery", old_password=PASSWORD)
    raises(IllegalOperationError, lambda: gail.update_user("gail", updated_password=PASSWORD, old_password="wrong"), "password")
    gail.update_user("gail", updated_password=PASSWORD, old_password="another horse battery")
    raises(IllegalOperationError, lambda: gail.update_user("gail", updated_is_admin=True))


def check_developer_works_but_manages_nobody():
    person(admin, "dora", ["developer"])
    dora = act_as("dora")
    stack = dora.create_stack("doras", PARTS)
    assert stack.user.name == "dora" and not dora.active_user.is_admin
    raises(IllegalOperationError, lambda: dora.create_user("x", password=PASSWORD), "user:create")
    raises(IllegalOperationError, lambda: dora.delete_user("gail"), "user:delete")
    assert act_as("gail").get_stack("doras").user.name == "dora"
    raises(IllegalOperationError, lambda: Client().update_stack("doras", description="mine now"), "stack:update")


def check_a_role_counts_from_the_next_request_on():
    person(admin, "rosa", ["guest"])
    rosa = act_as("rosa")
    token = rosa.zen_store.get_or_generate_api_token()
    raises(IllegalOperationError, lambda: rosa.create_stack("rosas", PARTS), "stack:create")
    held = assign("developer", "rosa")
    assert rosa.create_stack("rosas", PARTS).user.name == "rosa"
    status, body = admin("DELETE", f"/role_assignments/{held}")
    assert status == 200, body
    raises(IllegalOperationError, lambda: rosa.create_stack("more", PARTS), "stack:create")
    assert rosa.update_stack("rosas", description="still mine").description == "still mine", "an owner holds everything on what is his"
    assert token == rosa.zen_store.get_or_generate_api_token(), "all of it with the same token"


def check_a_revoked_token_in_mid_session():
    dora = act_as("dora")
    assert dora.list_stacks().total >= 1
    sessions = admin("GET", "/sessions?user=dora&size=100")[1]["items"]
    assert sessions
    for session in sessions:
        assert admin("DELETE", f"/sessions/{session['id']}")[0] == 200
    assert dora.list_stacks().total >= 1, "the client has logged in again"
    assert dora.active_user.name == "dora"


def check_a_person_in_one_project_only():
    status, body = admin("POST", "/projects", {"name": "secret", "description": ""})
    assert status == 200, body
    status, body = admin("POST", "/roles", {"name": "self", "permissions": ["me"]})
    assert status == 200, body
    status, body = admin("POST", "/users", {"name": "pete", "password": PASSWORD, "roles": ["self"], "projects": [{"project": "secret", "role": "developer"}]})
    assert status == 200, body
    pete = act_as("pete")
    assert [project.name for project in pete.list_projects()] == ["secret"]
    assert pete.active_project.name == "secret" and pete.active_stack.orchestrator.name == "default"
    raises(KeyError, lambda: pete.get_project("default", allow_name_prefix_match=False))
    assert pete.list_stacks().total == 1


def check_private_things_of_others():
    act_as("dora")
    status, body = admin("POST", "/stacks", {"name": "hidden", "private": True, "components": {kind.value: [str(client_part(kind))] for kind in PARTS}})
    assert status == 200, body
    raises(KeyError, lambda: Client().get_stack("hidden"))
    assert "hidden" not in [stack.name for stack in Client().list_stacks()]


def client_part(kind):
    return Client().get_stack_component(kind, "default").id


def check_a_deactivated_person_is_out_at_once():
    from zenml.exceptions import AuthorizationException, CredentialsNotValid

    dora = act_as("dora")
    assert admin("PUT", "/users/dora", {"active": False})[0] == 200
    try:
        dora.list_stacks()
    except (AuthorizationException, CredentialsNotValid):
        return
    raise AssertionError("a deactivated person still gets answers")


if __name__ == "__main__":
    run(globals())
