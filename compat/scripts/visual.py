"""One step prints and returns HTML, one Markdown, one a table; says where they are."""

import json

from zenml import pipeline, step
from zenml.client import Client
from zenml.types import CSVString, HTMLString, MarkdownString


@step
def page() -> HTMLString:
    print("page says hello")
    return HTMLString("<b>hello</b>")


@step
def text() -> MarkdownString:
    return MarkdownString("# hello")


@step
def table() -> CSVString:
    return CSVString("a,b\n1,2\n")


@step
def number() -> float:
    return 1.0


@pipeline
def visual():
    page()
    text()
    table()
    number()


def main():
    run = visual()
    client = Client()
    steps = {name: {"id": str(done.id), "version": str(done.output.id)} for name, done in run.steps.items()}
    outcome = {"id": str(run.id), "steps": steps}
    # What the client itself reads back over the server's list of visualizations.
    version = client.get_artifact_version(steps["page"]["version"])
    outcome["visualizations"] = [str(one.type) for one in version.visualizations]
    print(f"OUTCOME {json.dumps(outcome)}")


if __name__ == "__main__":
    main()
