import { Command } from '../../ui/copy.tsx';

/** The empty state: three commands, with the real address, from nothing to the first run. */
export const FirstRun = ({ user }: { readonly user: string }) => (
  <div className="mx-auto grid max-w-xl gap-3">
    <div>
      <p className="font-medium">No runs yet: three commands to the first one</p>
      <p className="text-sm text-soft">
        {user ? `Log in as ${user} when the browser asks. ` : ''}Runs show up here as soon as they start.
      </p>
    </div>
    <ol className="grid gap-2">
      <li>
        <Command label="first command" text="pip install zenml==0.98.0" />
      </li>
      <li>
        <Command label="second command" text={`zenml login ${location.origin}`} />
      </li>
      <li>
        <Command label="third command" text="python hello.py" />
      </li>
    </ol>
    <details className="text-sm">
      <summary className="h-8 rounded py-1 text-soft hover:text-ink">What is in hello.py?</summary>
      <Command
        label="hello.py"
        text={`from zenml import pipeline, step

@step
def load() -> int:
    return 20

@step
def double(number: int) -> int:
    return number * 2

@pipeline
def hello():
    double(load())

if __name__ == "__main__":
    hello()`}
      />
    </details>
  </div>
);
