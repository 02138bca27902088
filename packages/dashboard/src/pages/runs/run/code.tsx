import { FileCode2 } from 'lucide-react';
import { Until } from '../../../resource/until.tsx';
import { Card, Empty } from '../../../ui/bits.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { cx } from '../../../ui/cx.ts';
import { useStepDetail, type View } from './data.ts';
import { coloured } from './python.ts';
import { BesideSteps } from './step-nav.tsx';

const inks = { word: 'text-accent-text', text: 'text-good', note: 'text-faint italic', plain: '' } as const;

const Source = ({
  text,
  failed,
  label,
}: {
  readonly text: string;
  /** Counted from nought, as clients do. */
  readonly failed: number | undefined;
  readonly label: string;
}) => (
  <pre tabIndex={0} role="group" aria-label={label} className="overflow-x-auto font-mono text-sm leading-5">
    {coloured(text).map((parts, index) => (
      <span
        key={index}
        className={cx('flex gap-4 px-1', index === failed && 'bg-danger-wash')}
        {...(index === failed && { 'aria-label': 'The line that failed' })}
      >
        <span aria-hidden className="w-8 shrink-0 text-right text-faint select-none nums">
          {index + 1}
        </span>
        <span className="whitespace-pre">
          {parts.map(([kind, part], at) => (
            <span key={at} className={inks[kind]}>
              {part}
            </span>
          ))}
        </span>
      </span>
    ))}
  </pre>
);

const Reference = ({ view }: { readonly view: View }) => {
  const reference = view.run.resources?.code_reference;
  const path = view.run.metadata?.code_path;
  if (!reference && !path) return null;
  const repository = reference?.body.code_repository ?? reference?.resources?.code_repository;
  return (
    <Card title="Where the code comes from">
      <dl className="grid gap-2 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        {repository && (
          <>
            <dt className="text-soft">Repository</dt>
            <dd>{repository.name || '(hidden)'}</dd>
          </>
        )}
        {reference && (
          <>
            <dt className="text-soft">Commit</dt>
            <dd className="font-mono wrap-anywhere">{reference.body.commit}</dd>
            <dt className="text-soft">Folder</dt>
            <dd className="font-mono wrap-anywhere">{reference.body.subdirectory || '/'}</dd>
          </>
        )}
        {path && (
          <>
            <dt className="text-soft">Archive</dt>
            <dd className="font-mono wrap-anywhere">{path}</dd>
          </>
        )}
      </dl>
    </Card>
  );
};

const OfStep = ({ view }: { readonly view: View }) => {
  const detail = useStepDetail(view.step?.id);
  if (!view.step?.id) return <Empty title="It has not begun">Its code is known once it begins.</Empty>;
  if (!detail.data) return <Until read={detail} />;
  const { source_code: text, spec, exception_info: info } = detail.data.metadata ?? {};
  const where = spec?.source?.module && `${spec.source.module}.${spec.source.attribute ?? ''}`;
  if (!text) return <Empty icon={<FileCode2 />} title="The client did not send the code of this step" />;
  return (
    <Card
      title={view.step.name}
      {...(where && { hint: <code className="font-mono">{where}</code> })}
      action={<CopyButton text={text} label="Copy code" />}
    >
      <Source text={text.trimEnd()} failed={info?.user_code_line ?? undefined} label={`Code of ${view.step.name}`} />
    </Card>
  );
};

/** What a step did, in its own words. */
export const Code = ({ view }: { readonly view: View }) => (
  <BesideSteps view={view}>
    <div className="grid gap-4">
      <Reference view={view} />
      {view.step ? (
        <OfStep key={view.step.node} view={view} />
      ) : (
        <Empty icon={<FileCode2 />} title="Choose a step">
          Each shows the code that it ran.
        </Empty>
      )}
    </div>
  </BesideSteps>
);
