import type { Explanation, Permission, What } from '@zendo/client';
import { arg, command, text } from '../../core/command.ts';
import { columns } from '../../output/columns.ts';
import { missingText, reasonText, showWhat, target } from '../access-parts.ts';

const onColumns = columns<Explanation>({
  permission: (found) => found.permission,
  allowed: (found) => (found.allowed ? 'yes' : 'no'),
  why: (found) => found.reasons.map(reasonText).join('; ') || missingText(found.missing),
});

export const accessOf = command({
  name: 'access',
  summary: 'Everything that a person may do',
  examples: ['user access ada', 'user access ada --on stack/prod'],
  args: { username: arg('name or id') },
  options: { on: text('only on this thing', { value: 'type/name' }) },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    ctx.mention('users', input.username);
    if (!input.on) {
      const found = await api.get<What>('/access/what', { principal: input.username });
      return showWhat(ctx, found);
    }
    const on = target(input.on);
    const actions = (await api.get<readonly Permission[]>('/permissions')).filter(
      (one) => one.type === on.type && (!on.id || one.action !== 'create'),
    );
    const found = await Promise.all(
      actions.map(({ action }) =>
        api.get<Explanation>('/access/explain', { principal: input.username, action: action ?? '', ...on }),
      ),
    );
    return ctx.out.list(found, found, onColumns);
  },
});
