"""Two steps; says how the run went and which steps came out of the cache."""

import json
import os

from zenml import pipeline, step


@step
def numbers(scale: float) -> list:
    assert isinstance(scale, float), f"{scale!r} is no float any more"
    print(f"numbers ran with {scale!r}")
    return [scale, 2 * scale]


@step
def total(values: list, extra) -> float:
    assert isinstance(extra, float), f"{extra!r} is no float any more"
    print("total ran")
    return sum(values) + extra


@pipeline
def hello(scale: float = 1.0):
    total(numbers(scale), extra=1.0)


def main():
    run = hello(scale=float(os.environ.get("SCALE", "1.0")))
    steps = {name: str(done.status) for name, done in run.steps.items()}
    outcome = {"status": str(run.status), "name": run.name, "id": str(run.id), "steps": steps, "total": run.steps["total"].output.load(), "user": run.user.name}
    print(f"OUTCOME {json.dumps(outcome)}")


if __name__ == "__main__":
    main()
