"""Webhooks and triggers by the client's own methods; says what came back."""

import hashlib
import hmac
import json
import os
import time
import urllib.request
from datetime import datetime, timedelta
from uuid import UUID

from zenml.client import Client
from zenml.config.pipeline_run_configuration import PipelineRunConfiguration
from zenml.enums import SourceType, TriggerRunConcurrency
from zenml.utils.trigger_utils import get_raw_webhook_event, get_webhook_upstream_event, list_supported_events


def send(url: str, secret: str, event: dict) -> int:
    body = json.dumps(event).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-ZenML-Signature-256": f"sha256={signature}", "X-ZenML-Event": "deploy", "X-ZenML-Delivery": "first"}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers, method="POST")) as answer:
        return answer.status


def run_of(client: Client, trigger_id):
    for _ in range(100):
        runs = client.list_pipeline_runs(trigger_id=trigger_id, hydrate=True)
        if runs.items:
            return runs.items[0]
        time.sleep(0.2)
    raise SystemExit("no run came")


def main() -> None:
    client = Client()
    snapshot, pipeline = UUID(os.environ["SNAPSHOT"]), UUID(os.environ["PIPELINE"])

    hook = client.create_webhook(name="hook", webhook_type="custom")
    secret = hook.secret.get_secret_value()
    trigger = client.create_webhook_trigger(
        name="on deploy",
        webhook="hook",
        configuration={"target_events": [{"type": "dynamic", "event_type": "deploy", "filters": {"env": "prod"}}]},
        concurrency=TriggerRunConcurrency.SUBMIT,
    )
    client.attach_trigger_to_snapshot(trigger.id, snapshot, PipelineRunConfiguration(enable_cache=False))
    accepted = send(hook.endpoint_url, secret, {"env": "prod", "n": 1.0})
    run = run_of(client, trigger.id)
    upstream = get_webhook_upstream_event(run)["custom"]
    raw = get_raw_webhook_event(run)
    rotated = client.rotate_webhook_secret("hook")
    stats = client.get_webhook("hook").stats

    schedule = client.create_schedule_trigger(name="hourly", cron_expression="0 * * * *", max_runs=2)
    soon = datetime.utcnow() + timedelta(days=1)
    client.update_schedule_trigger("hourly", run_once_start_time=soon, active=True)
    moved = client.get_schedule_trigger("hourly")
    event = client.create_platform_event_trigger(
        name="after", source_type=SourceType.PIPELINE, source_id=pipeline, target_events=["run_completed"]
    )
    client.update_platform_event_trigger("after", target_events=["run_failed"])
    changed = client.get_platform_event_trigger("after")
    states = client.get_webhook_trigger("on deploy").snapshot_dispatch_states
    client.clear_trigger_dispatch_error(trigger.id)
    client.detach_trigger_from_snapshot(trigger.id, snapshot)
    client.delete_trigger(schedule.id)
    client.delete_trigger(event.id, soft=False)
    archived = client.list_schedule_triggers(is_archived=True).items
    outcome = {
        "accepted": accepted,
        "secret": [len(secret), len(rotated.secret.get_secret_value()), secret != rotated.secret.get_secret_value()],
        "run": [str(run.status), run.trigger.name, run.config.enable_cache],
        "event": [upstream["delivery_id"], upstream["event_type"], raw["body"]],
        "stats": [stats.received_count, stats.accepted_count],
        "moved": [moved.cron_expression, moved.next_occurrence == moved.run_once_start_time, moved.max_runs],
        "changed": [changed.target_events, str(changed.source_type), str(changed.source_id) == str(pipeline)],
        "states": {str(key): str(state.last_status) for key, state in states.items()},
        "left": [[str(item.name) for item in client.list_schedule_triggers().items], [item.is_archived for item in archived]],
        "supported": list_supported_events(SourceType.PIPELINE_RUN),
    }
    print(f"OUTCOME {json.dumps(outcome)}")


if __name__ == "__main__":
    main()
