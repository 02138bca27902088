"""Reads all of a server, as far as one server's answers can be like another's: names for people, ids for all else."""

import json
import os

from record import CHANCE
from zenml.client import Client

client = Client()
people = {str(one.id): one.name for one in [*client.list_users(size=1000), *client.list_service_accounts(size=1000)]}
builtin = {str(one.id): f"flavor {one.type} {one.name}" for one in client.list_flavors(size=1000)}
for kind, found in {"project": client.list_projects(), "stack": client.list_stacks(), "component": client.list_stack_components(size=1000)}.items():
    builtin.update({str(one.id): f"default {kind} {getattr(one, 'type', '')}" for one in found if one.name == "default" and getattr(one, "type", "") != "artifact_store"})
NAMES = {**builtin, **people}


def plain(value, key=""):
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        # The newest run of a snapshot is here also one that was not started from it.
        shown = {name: plain(getattr(value, name), name) for name in type(value).model_fields if name not in CHANCE and not (name.startswith("latest_run") and "Snapshot" in type(value).__name__)}
        if "body" in shown and str(getattr(value, "id", "")) in NAMES:
            return NAMES[str(value.id)]
        return shown or None
    if isinstance(value, dict):
        return {str(key): plain(inner, str(key)) for key, inner in value.items() if key not in CHANCE}
    if isinstance(value, (list, tuple, set)):
        return [plain(inner, key) for inner in value]
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (int, bool)) or value is None:
        return value
    text = str(getattr(value, "value", value))
    return NAMES.get(text, text).replace(os.environ["ZENDO_URL"], "<server>")


records = {}


def note(name, found):
    for one in found:
        full = client_get(one)
        records[f"{name} {getattr(one, 'name', None) or one.id}"] = plain(full)


def client_get(one):
    return one.get_hydrated_version() if hasattr(one, "get_hydrated_version") else one


EVERYTHING = {"size": 1000, "sort_by": "created"}
records["people"] = sorted((one.name, one.full_name, one.is_admin) for one in client.list_users(size=100, name="notequals:admin"))
records["service accounts"] = sorted((one.name, client_get(one).description, one.active) for one in client.list_service_accounts(size=100))
records["projects"] = sorted((one.name, one.display_name, client_get(one).description) for one in client.list_projects())
records["connectors"] = [
    {name: value for name, value in plain(client.get_service_connector(one.id, expand_secrets=True)).items() if name != "id"} for one in client.list_service_connectors(sort_by="name")
]
NAMES.update({str(one.id): f"connector {one.name}" for one in client.list_service_connectors()})
note("tag", client.list_tags(**EVERYTHING))
note("component", [one for one in client.list_stack_components(**EVERYTHING) if not one.name.startswith("default")])
note("stack", [one for one in client.list_stacks(**EVERYTHING) if one.name != "default"])
records["secrets"] = sorted((one.name, one.private, client.get_secret(one.id).secret_values) for one in client.list_secrets())
for project in ("default", "second"):
    here = {**EVERYTHING, "project": project}
    note(f"{project} repository", client.list_code_repositories(**here))
    note(f"{project} pipeline", client.list_pipelines(**here))
    note(f"{project} snapshot", client.list_snapshots(**{**here, "named_only": False}))
    note(f"{project} run", client.list_pipeline_runs(**here))
    for run in client.list_pipeline_runs(**here):
        note(f"{project} step of {run.name}", client.list_run_steps(pipeline_run_id=run.id, project=project, size=1000, sort_by="created"))
    note(f"{project} artifact", client.list_artifacts(**here))
    note(f"{project} version", client.list_artifact_versions(**here))
    note(f"{project} model", client.list_models(**here))
    for model in client.list_models(**here):
        versions = client.list_model_versions(model.id, size=1000, sort_by="number", project=project)
        note(f"{project} version of {model.name}", versions)
        records[f"{project} links of {model.name}"] = [
            sorted(str(link.artifact_version.id) for link in client.list_model_version_artifact_links(model_version_id=version.id, size=1000)) for version in versions
        ] + [sorted(str(link.pipeline_run.id) for link in client.list_model_version_pipeline_run_links(model_version_id=version.id, size=1000)) for version in versions]

with open(os.environ["ZENDO_RESULTS"], "w") as file:
    json.dump(records, file)
