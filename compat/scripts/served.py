"""What is made of pipelines beside their runs, with the methods that clients have for it. Each check stands alone."""

import time
import uuid

from checks import admin_api, raises, run
from zenml.client import Client
from zenml.enums import CuratedVisualizationSize, DeploymentStatus, StackComponentType, VisualizationResourceTypes
from zenml.models import (
    CuratedVisualizationRequest,
    DeploymentRequest,
    DeploymentUpdate,
    HookInvocationRequest,
    ServiceUpdate,
)

client = Client()
api = admin_api()


def unused(word):
    return f"{word}-{uuid.uuid4().hex[:8]}"


def ok(answer):
    status, body = answer
    assert status == 200, body
    return body


PROJECT = str(client.active_project.id)


def pipeline():
    return ok(api("POST", "/pipelines", {"project": PROJECT, "name": unused("pipeline")}))


def snapshot(of, stack=None, build=None, **more):
    return ok(
        api(
            "POST",
            "/pipeline_snapshots",
            {
                "project": PROJECT,
                "pipeline": of["id"],
                "stack": str(stack or client.active_stack_model.id),
                "build": build,
                "run_name_template": "{date}",
                "pipeline_configuration": {"name": of["name"]},
                "step_configurations": {},
                "client_environment": {},
                **more,
            },
        )
    )


def run_of(a_snapshot, **more):
    body = {"project": PROJECT, "snapshot": a_snapshot["id"], "name": unused("run"), "status": "running", "orchestrator_environment": {}}
    return ok(api("POST", "/runs", {**body, **more}))[0]


def remote_stack():
    parts = {}
    for kind, flavor, config in (
        ("orchestrator", "kubernetes", {}),
        ("artifact_store", "s3", {"path": "s3://bucket"}),
        ("container_registry", "default", {"uri": "registry.example.org"}),
    ):
        body = {"name": unused(kind), "type": kind, "flavor": flavor, "configuration": config}
        parts[kind] = [ok(api("POST", "/components", body))["id"]]
    return ok(api("POST", "/stacks", {"name": unused("remote"), "components": parts}))["id"]


def built(**more):
    of, stack = pipeline(), remote_stack()
    body = {"project": PROJECT, "pipeline": of["id"], "stack": stack, "images": {}, "is_local": False, "contains_code": True}
    build = ok(api("POST", "/pipeline_builds", body))
    return of, build, snapshot(of, stack, build["id"], **more)


def check_builds():
    of, build, _ = built()
    assert client.get_build(build["id"]).pipeline.id == uuid.UUID(of["id"])
    registry = client.get_build(build["id"]).stack.components[StackComponentType.CONTAINER_REGISTRY][0].id
    found = client.list_builds(container_registry_id=registry)
    assert [str(one.id) for one in found.items] == [build["id"]]
    client.delete_build(build["id"])
    raises(KeyError, lambda: client.get_build(build["id"]))


def check_templates():
    of, _, source = built()
    made = client.create_run_template(unused("template"), uuid.UUID(source["id"]), description="every night", tags=["gold"])
    assert made.runnable and not made.hidden and made.description == "every night"
    assert made.pipeline.id == uuid.UUID(of["id"]) and made.source_snapshot.id == uuid.UUID(source["id"])
    assert made.config_template["run_name"] == "{date}"
    changed = client.update_run_template(made.id, name=unused("renamed"), hidden=True, add_tags=["blue"], remove_tags=["gold"])
    assert changed.hidden and [tag.name for tag in changed.tags] == ["blue"]
    assert client.get_run_template(changed.name).id == made.id
    assert [one.id for one in client.list_run_templates(pipeline_id=of["id"], hidden=True).items] == [made.id]
    client.delete_run_template(made.id)
    raises(KeyError, lambda: client.get_run_template(made.id))


def check_templates_need_a_remote_stack():
    raises(ValueError, lambda: client.create_run_template(unused("t"), uuid.UUID(snapshot(pipeline())["id"])), "build")


def check_snapshots():
    of, _, made = built(name=unused("named"))
    found = client.get_snapshot(made["name"], pipeline_name_or_id=of["id"])
    assert found.runnable and not found.deployable
    renamed = client.update_snapshot(found.id, name=unused("other"), description="x", add_tags=["gold"])
    assert renamed.description == "x" and [tag.name for tag in renamed.tags] == ["gold"]
    assert [one.id for one in client.list_snapshots(pipeline=of["id"], named_only=True, runnable=True).items] == [found.id]
    replaced = snapshot(of, name=renamed.name, replace=True)
    raises(KeyError, lambda: client.get_snapshot(found.id))
    client.delete_snapshot(uuid.UUID(replaced["id"]))


def check_deployments():
    of = pipeline()
    source = snapshot(of, name="live")
    deployer = client.active_stack_model.components[StackComponentType.DEPLOYER][0]
    store = client.zen_store
    request = DeploymentRequest(
        project=client.active_project.id, name=unused("live"), snapshot_id=source["id"], deployer_id=deployer.id, auth_key="the key", tags=["gold"]
    )
    made = store.create_deployment(request)
    assert made.status == DeploymentStatus.UNKNOWN and made.auth_key == "the key" and made.pipeline.id == uuid.UUID(of["id"])
    update = DeploymentUpdate(status=DeploymentStatus.RUNNING, url="http://localhost:8000", deployment_metadata={"pid": 7})
    changed = store.update_deployment(made.id, update)
    assert changed.status == DeploymentStatus.RUNNING and changed.deployment_metadata == {"pid": 7}
    assert client.get_deployment(made.name).id == made.id
    assert [one.id for one in client.list_deployments(pipeline=of["id"], status="running").items] == [made.id]
    assert client.get_snapshot(uuid.UUID(source["id"])).deployment.id == made.id
    assert [str(one.id) for one in client.list_snapshots(deployed=True, pipeline=of["id"]).items] == [source["id"]]
    store.delete_deployment(made.id)
    raises(KeyError, lambda: store.get_deployment(made.id))


def check_services():
    from zenml.models import ServiceRequest, ServiceType

    the_run = run_of(snapshot(pipeline()))
    config = {"model_name": unused("m"), "replicas": 1, "threshold": 1.0}
    made = client.zen_store.create_service(
        ServiceRequest(
            project=client.active_project.id,
            name=unused("service"),
            service_type=ServiceType(type="model-serving", flavor="mlflow", name="x"),
            service_source="a.B",
            config=config,
            labels={"a": "b"},
            status={"state": "pending_startup"},
            pipeline_run_id=the_run["id"],
        )
    )
    assert made.config == config and isinstance(made.config["threshold"], float) and made.state == "pending_startup"
    changed = client.update_service(made.id, status={"state": "active"}, prediction_url="http://localhost/predict")
    assert changed.state == "active" and changed.prediction_url == "http://localhost/predict"
    assert client.get_service(made.id).pipeline_run.id == uuid.UUID(the_run["id"])
    assert made.id in [one.id for one in client.list_services(running=True).items]
    assert [one.id for one in client.list_services(config=config).items] == [made.id]
    assert client.zen_store.update_service(made.id, ServiceUpdate(labels={"c": "d"})).labels == {"c": "d"}
    client.delete_service(made.id)
    raises(KeyError, lambda: client.get_service(made.id))


def check_pinned_visualizations():
    of = pipeline()
    version = ok(
        api(
            "POST",
            "/artifact_versions",
            {
                "project": PROJECT,
                "artifact_name": unused("plot"),
                "type": "DataArtifact",
                "uri": "/tmp/x",
                "materializer": {"module": "m", "attribute": "M", "type": "internal"},
                "data_type": {"module": "builtins", "attribute": "int", "type": "builtin"},
                "save_type": "manual",
                "visualizations": [{"type": "html", "uri": "a.html"}],
            },
        )
    )
    picture = version["metadata"]["visualizations"][0]["id"]
    made = client.create_curated_visualization(
        artifact_visualization_id=picture,
        resource_id=of["id"],
        resource_type=VisualizationResourceTypes.PIPELINE,
        display_name="Losses",
        display_order=3,
    )
    assert made.display_name == "Losses" and str(made.artifact_version_id) == version["id"]
    changed = client.update_curated_visualization(made.id, display_order=1, layout_size=CuratedVisualizationSize.HALF_WIDTH)
    assert changed.display_order == 1 and changed.layout_size == CuratedVisualizationSize.HALF_WIDTH
    assert [one.id for one in client.get_pipeline(of["name"]).get_resources().visualizations] == [made.id]
    client.delete_curated_visualization(made.id)
    assert client.get_pipeline(of["name"]).get_resources().visualizations == []


def check_waiting_and_hooks():
    from datetime import datetime

    from zenml.enums import ExecutionStatus, HookType, RunWaitConditionResolution, RunWaitConditionType
    from zenml.models import RunWaitConditionRequest

    the_run = run_of(snapshot(pipeline(), is_dynamic=True))
    store = client.zen_store
    made = store.create_run_wait_condition(
        RunWaitConditionRequest(
            project=client.active_project.id,
            run=the_run["id"],
            name="approve",
            type=RunWaitConditionType.EXTERNAL_INPUT,
            question="Go?",
            data_schema={"type": "number"},
            metadata={"limit": 3},
        )
    )
    assert made.run_metadata == {"limit": 3}
    assert client.get_pipeline_run(the_run["id"]).active_wait_condition.id == made.id
    assert [one.id for one in client.list_run_wait_conditions(pipeline_run=the_run["id"]).items] == [made.id]
    raises(ValueError, lambda: client.resolve_run_wait_condition(made.id, RunWaitConditionResolution.CONTINUE, result="x"))
    answered = client.resolve_run_wait_condition(made.id, RunWaitConditionResolution.CONTINUE, result=1.5)
    assert answered.result == 1.5 and answered.resolution == RunWaitConditionResolution.CONTINUE
    called = store.create_hook_invocation(
        HookInvocationRequest(
            project=client.active_project.id,
            hook_type=HookType.RUN_START,
            name="alert",
            status=ExecutionStatus.COMPLETED,
            start_time=datetime(2026, 11, 23, 9, 3, 9, 93821),
            pipeline_run_id=the_run["id"],
        )
    )
    assert store.get_hook_invocation(called.id).start_time.microsecond == 93821
    store.delete_hook_invocation(called.id)


def check_statistics():
    from zenml.models import PipelineRunFilter, RunStatisticsRequest

    of = pipeline()
    run_of(snapshot(of))
    answer = client.zen_store.get_run_statistics(
        RunStatisticsRequest(
            filter=PipelineRunFilter(project=client.active_project.id, pipeline=of["id"]),
            groupings=[{"name": "status", "type": "status"}],
            metrics=[{"name": "n", "source": "step_count", "aggregation": "sum"}],
        )
    )
    assert [(group.group_keys, group.run_count) for group in answer.groups] == [({"status": "running"}, 1)], answer


def check_pruning():
    from datetime import datetime, timedelta

    of = pipeline()
    kept, gone = snapshot(of, name="kept"), snapshot(of)
    time.sleep(0.01)
    before = datetime.utcnow() + timedelta(days=1)
    assert client.prune_snapshots(older_than=before, apply=False).snapshot_count >= 1
    client.prune_snapshots(older_than=before, apply=True)
    raises(KeyError, lambda: client.get_snapshot(uuid.UUID(gone["id"])))
    assert client.get_snapshot(uuid.UUID(kept["id"])).name == "kept"


def check_old_names():
    status, page = api("GET", f"/workspaces/{client.active_project.name}/pipelines")
    assert status == 200 and page["total"] > 0


run({name: value for name, value in globals().items() if name.startswith("check_")})
