// node bench/large-lists.ts [rows]: the 20 newest of many runs with their exact total, for people who see all, a project, and three rows.
// In process, on SQLite, without HTTP's own cost; rows are written past the API. Prints the median of twelve.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startServer } from '../packages/server/src/main.ts';

const rows = Number(process.argv[2] ?? 300_000);
const password = 'correct horse battery';
const folder = mkdtempSync(join(tmpdir(), 'zendo-bench-'));
const running = await startServer({
  data_dir: folder,
  listen: false,
  log_level: 'silent',
  admin_username: 'ada',
  admin_password: password,
});

type Method = 'GET' | 'POST';
const call = async (method: Method, path: string, body?: string | object, token?: string): Promise<any> => {
  const form = typeof body === 'string';
  const answer = await running.server.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      host: 'localhost',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' } : {}),
    },
    ...(body ? { payload: body } : {}),
  });
  if (answer.statusCode !== 200) return null;
  return JSON.parse(answer.payload);
};
const login = async (name: string): Promise<string> =>
  (await call('POST', '/login', `username=${name}&password=${password}`)).access_token;
const ada = await login('ada');
const project = (await call('GET', '/projects', undefined, ada)).items[0].id;
const person = async (name: string, joining: object): Promise<string> => {
  await call('POST', '/users', { name, password, ...joining }, ada);
  return login(name);
};
await call('POST', '/projects', { name: 'elsewhere' }, ada);
const people = {
  administrator: ada,
  guest: await person('guest', { roles: ['guest'] }),
  'developer of the project': await person('dev', { roles: [], projects: [{ project: 'default', role: 'developer' }] }),
  'owner of few, no role there': await person('few', {
    roles: [],
    projects: [{ project: 'elsewhere', role: 'guest' }],
  }),
};
const few = (await call('GET', '/users/few', undefined, ada)).id;

const file = new DatabaseSync(join(folder, 'zendo.db'));
const inserter = (table: string) => {
  const columns = file.prepare(`pragma table_info("${table}")`).all() as {
    name: string;
    type: string;
    notnull: number;
  }[];
  const names = columns.map(({ name }) => `"${name}"`).join();
  const statement = file.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join()})`);
  const filler = (type: string, name: string) =>
    /int/i.test(type) ? 0 : /config|environment|spec/.test(name) ? '{}' : 'x';
  return (row: Record<string, string | number>) =>
    statement.run(...columns.map(({ name, type, notnull }) => row[name] ?? (notnull ? filler(type, name) : null)));
};
const at = (i: number): string => `${new Date(1.7e12 + i * 1000).toISOString().slice(0, 23)}000`;
file.exec('pragma foreign_keys = off; begin');
const [pipeline, run] = [inserter('pipeline'), inserter('pipeline_run')];
for (let i = 0; i < 300; i++)
  pipeline({ id: `p${i}`, created: at(i), updated: at(i), name: `p${i}`, project_id: project, user_id: `u${i}` });
for (let i = 0; i < rows; i++) {
  const user_id = i % Math.ceil(rows / 3) === 7 ? few : `u${i % 1000}`;
  const names = { name: `r${i}`, snapshot_id: `s${i}`, orchestrator_run_id: `o${i}`, status: 'completed' };
  const base = {
    id: `r${i}`,
    created: at(i),
    updated: at(i),
    project_id: project,
    pipeline_id: `p${i % 300}`,
    index: i,
  };
  run({ ...base, ...names, user_id, private: i % 10 === 0 ? 1 : 0 });
}
file.exec('commit; pragma wal_checkpoint(truncate)');
file.close();

console.log(`${rows} runs, SQLite, Node ${process.versions.node}; the 20 newest and their total, median of 12 in ms`);
for (const [who, token] of Object.entries(people)) {
  for (const query of ['', '&status=failed']) {
    const path = `/runs?size=20&sort_by=desc:created${query}`;
    const first = await call('GET', path, undefined, token);
    const times: number[] = [];
    for (let i = 0; i < 12; i++) {
      const begun = performance.now();
      await call('GET', path, undefined, token);
      times.push(performance.now() - begun);
    }
    const median = times.toSorted((a, b) => a - b)[6]!.toFixed(1);
    console.log(
      `${who.padEnd(30)} ${(query ? 'filtered' : 'all').padEnd(10)} total ${String(first?.total ?? 0).padStart(8)}  ${median.padStart(8)}`,
    );
  }
}
await running.close();
rmSync(folder, { recursive: true, force: true });
