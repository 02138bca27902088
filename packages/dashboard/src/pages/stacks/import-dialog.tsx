import { fromFile, reading, type StackFile } from '@zendo/client/stack-file';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { isStatus, messageOf } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { Badge, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/notice.tsx';
import { TypeIcon } from '../components/marks.tsx';
import { componentTypes, oneOf } from '../components/words.ts';
import { carryOut, planFor, type Step } from './import-plan.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

const faults = {
  noStack: 'This is no exported stack: it has no “components”.',
  noType: (type: string) => `“${type}” is no type of component.`,
  nameless: (type: string) => `A component under “${type}” has no name or no flavor.`,
};

export const ImportStack = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title="Import a stack"
    description="From a file that “zenml stack export” or this page has written."
    wide
  >
    <Body onClose={props.onClose} />
  </Dialog>
);

const Outcome = ({ step }: { readonly step: Step }) =>
  step.problem ? (
    <Badge tone="bad">cannot be made</Badge>
  ) : step.there ? (
    <Badge>is there already</Badge>
  ) : (
    <Badge tone="good">{step.renamed ? `will be ${step.name}` : 'will be made'}</Badge>
  );

const Plan = ({ steps }: { readonly steps: readonly Step[] }) => (
  <ul className="rounded-lg border border-line" aria-label="What will be done">
    {steps.map((step) => (
      <li key={`${step.part.type}${step.part.name}`} className="border-t px-3 py-2 text-sm first:border-t-0">
        <span className="flex items-center gap-2.5">
          <TypeIcon type={step.part.type} className="size-4 shrink-0 text-faint" />
          <span className="min-w-0 grow">
            <span className="font-medium">{step.part.name}</span>{' '}
            <span className="text-faint">
              {oneOf(step.part.type)}, {step.part.flavor}
            </span>
          </span>
          <Outcome step={step} />
        </span>
        {step.problem && <span className="mt-1 block text-danger-text">{step.problem}</span>}
        {step.renamed && !step.problem && (
          <span className="mt-1 block text-faint">Something else is called {step.part.name} here.</span>
        )}
      </li>
    ))}
  </ul>
);

const Body = ({ onClose }: { readonly onClose: () => void }) => {
  const navigate = useNavigate();
  const chooser = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [file, setFile] = useState<StackFile | null>(null);
  const [problem, setProblem] = useState<string>();
  const plan = useQuery({
    queryKey: ['stack-import', file],
    queryFn: () => planFor(file as StackFile),
    enabled: file !== null,
    staleTime: 0,
  });
  const make = useChange(() => carryOut(name.trim(), plan.data ?? []), {
    quiet: true,
    done: (stack) => `Stack ${stack.name} is there`,
    then: (stack) => {
      onClose();
      void navigate({ to: `/stacks/${stack.id}` });
    },
  });
  const look = async (given: string): Promise<void> => {
    setText(given);
    setFile(null);
    setProblem(undefined);
    if (!given.trim()) return;
    try {
      const { parse } = await import('yaml');
      const read = fromFile(parse(given, reading), componentTypes, faults);
      setFile(read);
      setName((before) => before || read.name);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const taken = isStatus(make.error, 409) ? `There is a stack “${name}” already. Choose another name.` : undefined;
  const impossible = plan.data?.some((step) => step.problem);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        // What was made before it failed is there already the next time.
        if (plan.data && !impossible && name.trim()) make.mutate(undefined, { onError: () => void plan.refetch() });
      }}
    >
      <div>
        <input
          ref={chooser}
          type="file"
          accept=".yaml,.yml"
          className="hidden"
          aria-label="File"
          tabIndex={-1}
          onChange={(event) => void event.target.files?.[0]?.text().then(look)}
        />
        <Button data-first onClick={() => chooser.current?.click()}>
          Choose a file
        </Button>
      </div>
      <AreaField
        label="Or paste what is in it"
        rows={6}
        spellCheck={false}
        value={text}
        onChange={(next) => void look(next)}
        problem={problem}
        className="font-mono text-sm!"
      />
      {file && plan.isPending && <SkeletonLines lines={2} />}
      {file && plan.data && (
        <>
          <TextField label="Name of the stack" value={name} onChange={setName} problem={taken} autoComplete="off" />
          <Plan steps={plan.data} />
        </>
      )}
      <Problem error={taken ? plan.error : (make.error ?? plan.error)} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={make.isPending}
          disabled={!plan.data || !file || impossible || !name.trim()}
        >
          Import
        </Button>
      </DialogActions>
    </form>
  );
};
