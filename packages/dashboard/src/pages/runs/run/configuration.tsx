import { isExact } from '../../../resource/exact.ts';
import { Until } from '../../../resource/until.tsx';
import { Card, Empty } from '../../../ui/bits.tsx';
import { Command } from '../../../ui/copy.tsx';
import { useStepDetail, type Document, type View } from './data.ts';
import { BesideSteps } from './step-nav.tsx';

/** Without what is not set: most of a configuration is not. */
const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== 'object' || isExact(value)) return value;
  const kept = Object.entries(value)
    .map(([key, one]) => [key, tidy(one)] as const)
    .filter(
      ([, one]) => one !== null && (isExact(one) || typeof one !== 'object' || Object.keys(one as object).length > 0),
    );
  return Object.fromEntries(kept);
};

const Json = ({
  title,
  hint,
  value,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly value: Document | null | undefined;
}) => {
  const shown = tidy(value ?? {}) as Document;
  if (Object.keys(shown).length === 0) return null;
  return (
    <Card title={title} {...(hint && { hint })}>
      <Command label={title} text={JSON.stringify(shown, null, 2)} />
    </Card>
  );
};

const OfStep = ({ view }: { readonly view: View }) => {
  const detail = useStepDetail(view.step?.id);
  if (!view.step?.id) return <Empty title="It has not begun">Its configuration is known once it begins.</Empty>;
  if (!detail.data) return <Until read={detail} />;
  const { config, spec, cache_key: cache } = detail.data.metadata ?? {};
  return (
    <>
      <Json title="Parameters" value={config?.parameters} />
      <Json title="Configuration" hint="What is not set is left out." value={config} />
      <Json title="Specification" value={spec} />
      {cache && (
        <Json title="Cache" value={{ cache_key: cache, original_step: detail.data.metadata?.original_step_run_id }} />
      )}
    </>
  );
};

const OfRun = ({ view }: { readonly view: View }) => {
  const { config, client_environment: client, orchestrator_environment: orchestrator } = view.run.metadata ?? {};
  return (
    <>
      <Json title="Parameters" value={config?.parameters as Document | undefined} />
      <Json title="Configuration" hint="What is not set is left out." value={config} />
      <Json title="Client" hint="Where the run was started." value={client} />
      <Json title="Orchestrator" hint="Where the run ran." value={orchestrator} />
    </>
  );
};

/** With what settings the run, or one step, ran. */
export const Configuration = ({ view }: { readonly view: View }) => (
  <BesideSteps view={view}>
    <div className="grid gap-4">{view.step ? <OfStep key={view.step.node} view={view} /> : <OfRun view={view} />}</div>
  </BesideSteps>
);
