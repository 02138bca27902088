import { useMe } from '../../../access/me.ts';
import { useUrlState } from '../../../resource/list-state.ts';
import { Filter, Toolbar } from '../../../resource/toolbar.tsx';
import { MayAnswer, WhoAnswer } from '../../workspace/access-answer.tsx';
import type { View } from './data.ts';

const actions = [
  { value: 'read', label: 'see it' },
  { value: 'update', label: 'change it' },
  { value: 'delete', label: 'delete it' },
  { value: 'share', label: 'share it' },
];

/** Why one may do something with this run, and who else may. */
export const Access = ({ view }: { readonly view: View }) => {
  const { data: me } = useMe();
  const [search, set] = useUrlState();
  const action = actions.some((one) => one.value === search.action) ? search.action : 'read';
  const question = { type: 'run', id: view.run.id, action };
  return (
    <>
      <Toolbar>
        <span className="text-sm text-soft">Who may</span>
        <Filter
          label="Action"
          options={actions}
          value={action}
          onChange={(next) => set({ action: next === 'read' ? undefined : next })}
        />
      </Toolbar>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <MayAnswer search={{ ...question, principal: me?.principal.name }} />
        <WhoAnswer search={question} />
      </div>
    </>
  );
};
