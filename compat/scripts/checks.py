"""Runs the functions check_* of a script in their order and writes down how each went."""

import json
import os
import traceback

import requests

URL = os.environ["ZENDO_URL"]
PASSWORD = "correct horse battery"


class Api:
    """The server without the client in between, for what only an administrator's hand can do."""

    def __init__(self, token="", agent="compat"):
        self.headers = {"User-Agent": agent, **({"Authorization": f"Bearer {token}"} if token else {})}

    def __call__(self, method, path, body=None, **options):
        response = requests.request(method, f"{URL}/api/v1{path}", json=body, headers=self.headers, timeout=20, **options)
        return response.status_code, response.json()


def log_in(username, password=PASSWORD):
    status, body = Api()("POST", "/login", data={"username": username, "password": password})
    assert status == 200, body
    return body["access_token"]


def admin_api():
    return Api(log_in("admin"))


def person(api, name, roles):
    """A new person with these roles at the server."""
    status, body = api("POST", "/users", {"name": name, "password": PASSWORD, "roles": roles})
    assert status == 200, body
    return body


def raises(kind, work, *words):
    """Expects exactly this exception, and these words in its message."""
    try:
        work()
    except kind as error:
        assert type(error) is kind, f"{type(error).__name__} instead of {kind.__name__}: {error}"
        missing = [word for word in words if word not in str(error)]
        assert not missing, f"{missing} not in: {error}"
        return error
    raise AssertionError(f"no {kind.__name__} was raised")


def run(functions):
    results = {}
    for name, check in functions.items():
        if not name.startswith("check_"):
            continue
        try:
            check()
            results[name[6:]] = {"ok": True, "error": ""}
        except BaseException:
            results[name[6:]] = {"ok": False, "error": traceback.format_exc()}
    with open(os.environ["ZENDO_RESULTS"], "w") as file:
        json.dump(results, file)
