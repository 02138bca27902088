import { useUrlState } from '../../resource/list-state.ts';
import { Card } from '../../ui/bits.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { WorkspaceFrame } from '../settings-frame.tsx';
import { AccessForm } from './access-form.tsx';
import { MayAnswer, WhoAnswer } from './access-answer.tsx';

export const AccessPage = () => {
  const [search, set] = useUrlState();
  return (
    <WorkspaceFrame title="Access tester" intro="Ask the same rules that decide each request, and see the reasons.">
      <Tabs
        label="Question"
        value={search.ask ?? 'may'}
        onChange={(ask) => set({ ask: ask === 'may' ? undefined : ask })}
        panels={[
          {
            id: 'may',
            label: 'May they?',
            body: () => (
              <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
                <Card>
                  <AccessForm search={search} set={set} withPerson />
                </Card>
                <MayAnswer search={search} />
              </div>
            ),
          },
          {
            id: 'who',
            label: 'Who can?',
            body: () => (
              <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
                <Card>
                  <AccessForm search={search} set={set} />
                </Card>
                <WhoAnswer search={search} />
              </div>
            ),
          },
        ]}
      />
    </WorkspaceFrame>
  );
};
