"""A step during which the server is ended and started again."""

import os
import time

from zenml import pipeline, step


@step(enable_cache=False)
def waits() -> int:
    print("WAITING", flush=True)
    while not os.path.exists(os.environ["ZENDO_GO_ON"]):
        time.sleep(0.05)
    print("GOES ON", flush=True)
    return 1


@step(enable_cache=False)
def after(value: int) -> int:
    return value + 1


@pipeline
def slow():
    after(waits())


if __name__ == "__main__":
    run = slow()
    print(f"OUTCOME {run.status} {run.steps['after'].output.load()}")
