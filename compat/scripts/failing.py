"""A step that fails, after one that does not."""

from zenml import pipeline, step


@step(enable_cache=False)
def fine() -> int:
    return 1


@step(enable_cache=False)
def broken(value: int) -> int:
    raise RuntimeError(f"broken on purpose with {value}")


@step(enable_cache=False)
def never(value: int) -> None:
    print("never ran after all")


@pipeline
def failing():
    never(broken(fine()))


if __name__ == "__main__":
    failing()
