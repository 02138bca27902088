"""Writes down what a script sees of a server in a form that two servers can be compared by: ids, times and folders get numbers."""

import json
import os
import re
import traceback
from enum import Enum

from click.testing import CliRunner
from pydantic import BaseModel

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.I)
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?|\d{4}_\d\d_\d\d(-\d\d_\d\d_\d\d_\d+)?|\d\d_\d\d_\d\d_\d{3,6}|\d{4}-\d\d-\d\d")
# The colour of a tag is a matter of chance where nobody names one; a run takes as long as it takes.
CHANCE = ("color", "duration")
records: dict = {}
_ids: dict = {}


def text(value):
    for name in ("ZENDO_URL", "HOME", "ORACLE_SERVER_ID"):
        if os.environ.get(name):
            value = value.replace(os.environ[name], f"<{name}>")
    # Values that are no artifacts yet get names by chance, which sort as chance has it.
    value = re.sub(f"external_({UUID.pattern})", "external_<id>", value)
    value = UUID.sub(lambda match: "<id {}>".format(_ids.setdefault(match[0].replace("-", "").lower(), len(_ids) + 1)), value)
    return TIME.sub("<time>", value)


def plain(value):
    """The value as JSON has it, without what differs between any two servers."""
    if isinstance(value, BaseModel):
        # Only what the client's own model declares: a server may tell more.
        shown = {name: plain(getattr(value, name)) for name in type(value).model_fields if name not in CHANCE}
        return {"class": type(value).__name__, **shown} if shown else None
    if isinstance(value, dict):
        return {text(str(key)): plain(inner) for key, inner in value.items() if key not in CHANCE}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (list, tuple, set)):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (int, bool)) or value is None:
        return value
    return text(str(value))


def record(name, work):
    """Carries out `work` and keeps what it returned, or which exception it raised."""
    assert name not in records, f"{name} stands twice"
    try:
        records[name] = plain(work())
    except Exception as error:
        records[name] = {"raises": type(error).__name__}
        print(f"{name}: {''.join(traceback.format_exception_only(error))}")


def command(*words, stdin=None):
    """A command of the client's command line, in this process: its exit code and what it printed."""
    from zenml.cli.cli import cli

    result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
    try:
        printed = json.loads(result.stdout)
    except ValueError:
        printed = [line.rstrip() for line in text(result.output).splitlines() if line.strip()]
    name = "$ zenml " + " ".join(text(str(word)) for word in words)
    while name in records:
        name += " (again)"
    record(name, lambda: {"exit": result.exit_code, "printed": printed})
    return result


def done():
    with open(os.environ["ZENDO_RESULTS"], "w") as file:
        json.dump(records, file)
