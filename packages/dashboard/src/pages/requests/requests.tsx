import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { remove, type Page } from '../../api.ts';
import { useInbox, levelWords, type AccessRequest, type NoticeRow } from '../../access/share/data.ts';
import { kindOf } from '../../access/share/places.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Badge, Card, Empty, SkeletonLines, type Tone } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Waiting } from './waiting.tsx';

const tones: Readonly<Record<string, Tone>> = { pending: 'accent', granted: 'good', declined: 'bad', expired: 'plain' };
const nameOf = (body: {
  readonly target_name: string | null;
  readonly target_id: string;
  readonly target_type: string;
}): string => `${kindOf(body.target_type)} ${body.target_name ?? `${body.target_id.slice(0, 8)}…`}`;

const Mine = ({ request }: { readonly request: AccessRequest }) => {
  const { body } = request;
  const withdraw = useChange(() => remove(`/access_requests/${request.id}`), { done: 'Withdrawn' });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
      <span className="min-w-0 grow basis-56 text-sm">
        <span className="font-medium">{nameOf(body)}</span>{' '}
        <span className="text-soft">
          {levelWords[body.level].toLowerCase()}, <Time at={body.created} />
        </span>
        {body.answer && (
          <span className="block text-soft">
            {body.answered_by_name}: {body.answer}
          </span>
        )}
      </span>
      <Badge tone={tones[body.state] ?? 'plain'}>{body.state}</Badge>
      {body.state === 'pending' && (
        <Button size="sm" busy={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
          Withdraw
        </Button>
      )}
    </li>
  );
};

const Told = ({ notice }: { readonly notice: NoticeRow }) => {
  const { body } = notice;
  const read = useChange(() => remove(`/notices/${notice.id}`));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
      <span className="min-w-0 grow basis-56 text-sm">
        <span className="font-medium">{body.by_name}</span>{' '}
        {body.kind === 'taken_over' ? 'took over your' : 'gave you the'}{' '}
        <span className="font-medium">{nameOf(body)}</span>{' '}
        <span className="text-soft">
          <Time at={body.created} />
        </span>
        {body.reason && <span className="block text-soft">{body.reason}</span>}
      </span>
      <Button size="sm" busy={read.isPending} onClick={() => read.mutate(undefined)}>
        Put away
      </Button>
    </li>
  );
};

const List = <T,>({
  of,
  empty,
  each,
}: {
  readonly of: { readonly data: Page<T> | undefined; readonly error: unknown };
  readonly empty: string;
  readonly each: (item: T) => ReactNode;
}) => {
  if (of.error && !of.data) return <Failure error={of.error} />;
  if (!of.data) return <SkeletonLines lines={3} />;
  if (of.data.items.length === 0) return <p className="text-sm text-soft">{empty}</p>;
  return <ul className="-my-2.5 divide-y">{of.data.items.map(each)}</ul>;
};

export const RequestsPage = () => {
  const { requests, notices, count } = useInbox();
  const mine = useList<AccessRequest>('/access_requests', { mine: true, sort_by: 'desc:created', size: 50 });
  const nothing = count === 0 && requests.data && notices.data && mine.data?.total === 0;
  return (
    <PageBody
      title="Requests"
      intro="Who asks you for access, what happened to your things, and what you have asked for."
      narrow
    >
      {nothing ? (
        <Empty icon={<Inbox />} title="Nothing waits for you">
          When somebody asks for access to what you may share, it appears here.
        </Empty>
      ) : (
        <div className="grid gap-5">
          <Card title="Waiting for your answer">
            <List
              of={requests}
              empty="Nobody asks for anything."
              each={(one) => <Waiting key={one.id} request={one} />}
            />
          </Card>
          {(notices.data?.total ?? 0) > 0 && (
            <Card title="Notices">
              <List of={notices} empty="" each={(one) => <Told key={one.id} notice={one} />} />
            </Card>
          )}
          <Card title="What you have asked for">
            <List of={mine} empty="Nothing." each={(one) => <Mine key={one.id} request={one} />} />
          </Card>
        </div>
      )}
    </PageBody>
  );
};
