"""A step that publishes events while it runs."""

from zenml import pipeline, step
from zenml.streaming import flush, publish


@step(enable_cache=False)
def talk() -> None:
    for index in range(3):
        publish({"word": f"w{index}"}, kind="token", index=index)
    flush(10)


@pipeline
def talking():
    talk()


if __name__ == "__main__":
    print(f"RUN {talking().id}")
