// zendo import: takes over a server of the same interface while it runs.
import { Unreachable } from '@zendo/client';
import { command, flag, many, text } from '../../core/command.ts';
import { CliError, exit, usage } from '../../core/faults.ts';
import { givenPassword } from '../../core/password.ts';
import { columns } from '../../output/columns.ts';
import { LISTS, STAYS, UNTOLD, type List } from './lists.ts';
import { openSource, type Credentials, type Page, type Source, type Thing } from './source.ts';
import { transfer, type Counts, type Left } from './transfer.ts';

type Row = { readonly what: string; readonly project: string } & Counts;
const shown = columns<Row>({
  what: (row) => row.what,
  project: (row) => row.project,
  made: (row) => row.made,
  changed: (row) => row.changed,
  kept: (row) => row.kept,
  left: (row) => row.left,
});
const MOST = 20;

/** How many of something there are over there; null where it does not have such a thing, or does not tell. */
const count = async (source: Source, path: string, project?: string): Promise<number | null> => {
  try {
    return (await source.get<Page>(path, { size: '1', ...(project === undefined ? {} : { project }) })).total;
  } catch {
    return null;
  }
};

const projectsOf = async (source: Source, wanted: readonly string[]): Promise<readonly string[]> => {
  const all: string[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await source.get<Page>('/projects', { size: '100', page: String(page), sort_by: 'asc:name' });
    all.push(...answer.items.map((one: Thing) => one.name!));
    if (page >= answer.total_pages) break;
  }
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw usage(`there is no project ${unknown.join(', ')} over there; it has ${all.join(', ')}`);
  return wanted.length > 0 ? all.filter((name) => wanted.includes(name)) : all;
};

export const importCommand = command({
  name: 'import',
  summary: 'Take over another server of the same interface: people, stacks, pipelines, runs, artifacts, models',
  notes:
    'Things keep their ids, dates and owners; what is here already under its name stands for what came. People come pending: invite them with `invite renew NAME`. Run it again at any time: it goes on where it stopped, and brings what has changed since.',
  examples: [
    'import --from https://zenml.example.org --api-key "$KEY"',
    'import --from http://127.0.0.1:8080 --username admin --password-stdin < password.txt',
    'import --from http://127.0.0.1:8080 --username admin --project default --dry-run',
  ],
  options: {
    from: text('address of the other server', { value: 'address' }),
    api_key: text('API key of a service account over there (or ZENDO_IMPORT_API_KEY)', { value: 'key' }),
    username: text('user name over there'),
    password: text('its password'),
    password_stdin: flag('read the password from standard input'),
    project: many('only this project', { value: 'name' }),
    dry_run: flag('only count what is there'),
    again: flag('read everything again, also what has not changed since the last time'),
  },
  run: async (ctx, input) => {
    const url = input.from ?? (await ctx.ask.text('Address of the other server', '--from'));
    const source = await openSource(url, await credentials(ctx, input)).catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error;
      throw new CliError(error.message, exit.unreachable, ['It is the address of the other server: --from.'], error);
    });
    const api = await ctx.api();
    const projects = await projectsOf(source, input.project);
    ctx.say(`${url}: version ${source.version}, ${projects.length} project(s).`);
    const state = await api.get<{ lists: Readonly<Record<string, string>> }>(`/import/${source.id}`);
    const rows: Row[] = [];
    const left: Left[] = [];
    const one = async (list: List, project?: string): Promise<void> => {
      const what = project === undefined ? list.label : `${list.label} in ${project}`;
      if (input.dry_run) {
        const made = (await count(source, list.path, project)) ?? 0;
        rows.push({ what: list.label, project: project ?? '', made, changed: 0, kept: 0, left: 0 });
        return;
      }
      const from = input.again ? undefined : state.lists[project === undefined ? list.type : `${list.type} ${project}`];
      let told = Date.now();
      const result = await transfer(source, api, list, project, from, (done, total) => {
        if (Date.now() - told < 2000) return;
        told = Date.now();
        ctx.say(`  ${what}: ${done} of ${total}`);
      });
      rows.push({ what: list.label, project: project ?? '', ...result.counts });
      left.push(...result.left);
    };
    const firstPlaced = LISTS.findIndex((list) => list.placed);
    const lastPlaced = LISTS.findLastIndex((list) => list.placed);
    for (const list of LISTS.slice(0, firstPlaced)) await one(list);
    for (const project of projects) for (const list of LISTS.filter((each) => each.placed)) await one(list, project);
    for (const list of LISTS.slice(lastPlaced + 1)) await one(list);
    const some = rows.filter((row) => row.made + row.changed + row.kept + row.left > 0);
    await ctx.out.list({ lists: some, left }, some, shown);
    await report(ctx.say, source, projects, left);
    if (!input.dry_run) {
      const people = rows.find((row) => row.what === 'users')?.made ?? 0;
      if (people > 0)
        ctx.say(`${people} of the people are pending: \`${ctx.program} invite renew NAME\` makes a link for each.`);
    }
    return exit.ok;
  },
});

type Given = {
  readonly api_key?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly password_stdin: boolean;
};
const credentials = async (ctx: Parameters<typeof importCommand.run>[0], input: Given): Promise<Credentials> => {
  const key = input.api_key ?? (input.username === undefined ? ctx.env.ZENDO_IMPORT_API_KEY : undefined);
  if (key !== undefined && input.username !== undefined) throw usage('--api-key and --username exclude each other');
  if (key !== undefined) return { api_key: key };
  if (input.username === undefined) throw usage('say who you are over there: --api-key, or --username');
  const password =
    (await givenPassword(ctx, input, 'ZENDO_IMPORT_PASSWORD')) ??
    (await ctx.ask.password('Password over there', '--password-stdin'));
  return { username: input.username, password };
};

/** What did not come, in words. */
const report = async (
  say: (line: string) => void,
  source: Source,
  projects: readonly string[],
  left: readonly Left[],
): Promise<void> => {
  if (left.length > 0) say(`Left behind (${left.length}):`);
  for (const one of left.slice(0, MOST)) say(`  ${one.label}: ${one.name}: ${one.why}`);
  if (left.length > MOST) say(`  and ${left.length - MOST} more`);
  for (const { path, label, placed, why } of STAYS) {
    let total = 0;
    for (const project of placed ? projects : [undefined]) total += (await count(source, path, project)) ?? 0;
    if (total > 0) say(`  ${total} ${label} stay over there: ${why}`);
  }
  say(`Nobody can take over ${UNTOLD.slice(0, -1).join(', ')}, or ${UNTOLD.at(-1)}.`);
};
