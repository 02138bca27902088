"""A pipeline of 500 steps, in rows of fifty that wait for the row before."""

import json
import time

from zenml import pipeline, step
from zenml.client import Client

ROWS, WIDTH = 10, 50


@step(enable_cache=False)
def one(before: int, place: int) -> int:
    return before + 1


@step(enable_cache=False)
def first() -> int:
    return 0


@pipeline
def many():
    value = first()
    for row in range(ROWS):
        row_values = [one(value, place=row * WIDTH + place, id=f"s{row}_{place}") for place in range(WIDTH)]
        value = row_values[-1]


if __name__ == "__main__":
    started = time.time()
    run = many()
    seconds = time.time() - started
    client = Client()
    steps = client.list_run_steps(pipeline_run_id=run.id, size=1000)
    print("OUTCOME " + json.dumps({"status": str(run.status), "steps": steps.total, "completed": client.list_run_steps(pipeline_run_id=run.id, status="completed").total, "last": run.steps["s9_49"].output.load(), "seconds": round(seconds, 1)}))
