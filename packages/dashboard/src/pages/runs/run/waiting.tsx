import { useState } from 'react';
import { rowGate } from '../../../access/me.ts';
import { put, type Envelope } from '../../../api.ts';
import { useChange, useRead } from '../../../resource/query.ts';
import { Card } from '../../../ui/bits.tsx';
import { Button } from '../../../ui/button.tsx';
import { Command } from '../../../ui/copy.tsx';
import { AreaField } from '../../../ui/field.tsx';
import { Problem } from '../../../ui/notice.tsx';
import type { Document, RunDetail } from './data.ts';

type Condition = Envelope<{ status: string }, { question?: string | null; data_schema?: Document | null }>;

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

const Ask = ({ condition, run }: { readonly condition: Condition; readonly run: RunDetail }) => {
  const schema = condition.metadata?.data_schema ?? null;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const answer = useChange((body: object) => put(`/run_wait_conditions/${condition.id}/resolve`, body), {
    quiet: true,
    done: 'Answered',
  });
  const blocked = rowGate(run, 'run', 'update');
  const go = (): void => {
    const result = schema ? parsed(text) : { value: null };
    setProblem(result ? undefined : 'This is no JSON.');
    if (result) answer.mutate({ resolution: 'continue', result: result.value });
  };
  return (
    <Card title={condition.metadata?.question || `It waits for ${condition.name}`} hint="The run waits for an answer.">
      <div className="grid gap-3">
        {schema && (
          <>
            <AreaField
              label="Answer as JSON"
              value={text}
              onChange={setText}
              problem={problem}
              spellCheck={false}
              rows={3}
            />
            <details className="text-sm">
              <summary className="h-8 rounded py-1 text-soft hover:text-ink">What the answer must look like</summary>
              <Command label="JSON schema of the answer" text={JSON.stringify(schema, null, 2)} />
            </details>
          </>
        )}
        <Problem error={answer.error} />
        <div className="flex gap-2">
          <Button look="primary" blocked={blocked} busy={answer.isPending} onClick={go}>
            Continue
          </Button>
          <Button
            look="danger-ghost"
            blocked={blocked}
            busy={answer.isPending}
            onClick={() => answer.mutate({ resolution: 'abort' })}
          >
            End the run
          </Button>
        </div>
      </div>
    </Card>
  );
};

/** A dynamic run may ask something and wait: whoever may change it can answer here. */
export const Waiting = ({ run }: { readonly run: RunDetail }) => {
  const id = run.resources?.active_wait_condition?.id;
  const condition = useRead<Condition>(`/run_wait_conditions/${id}`, { hydrate: true }, Boolean(id));
  if (!id || condition.data?.body.status !== 'pending') return null;
  return (
    <div className="mb-4">
      <Ask condition={condition.data} run={run} />
    </div>
  );
};
