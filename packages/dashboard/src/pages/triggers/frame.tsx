import type { ReactNode } from 'react';
import { seg } from '../../api.ts';
import { LinkTabs, PageBody } from '../../ui/page.tsx';

interface Props {
  readonly project: string;
  readonly title: string;
  readonly intro: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** What starts runs by itself: triggers of the server, webhooks that they listen to, schedules of orchestrators. */
export const TriggerFrame = ({ project, title, intro, action, children }: Props) => {
  const base = `/projects/${seg(project)}`;
  return (
    <PageBody title={title} intro={intro} actions={action}>
      <LinkTabs
        label="What starts runs"
        tabs={[
          { to: `${base}/triggers`, label: 'Triggers' },
          { to: `${base}/webhooks`, label: 'Webhooks' },
          { to: `${base}/schedules`, label: 'Schedules' },
        ]}
      />
      {children}
    </PageBody>
  );
};
