import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type Person, type TestServer } from '../testing/server.ts';

describe.each(dialects)('the kept tally on %s', (dialect) => {
  let server: TestServer;
  let dora: Person;
  let project: string;
  beforeAll(async () => {
    server = await testServer(dialect);
    dora = await server.person('dora', { roles: ['developer'] });
    project = (await server.admin.get('/projects/default')).body.id;
  });
  afterAll(() => server.close());

  const differences = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const resource of server.registry.resources.filter((one) => one.tally === true)) {
      const project_id = resource.fields['project_id'] === undefined ? sql`''` : sql`project_id`;
      const all = sql`select ${project_id} as project_id, user_id as owner, private from ${sql.table(resource.table)}`;
      const { rows } = await sql`select project_id, owner, private, sum(n) as n from (
          select project_id, '' as owner, private, 1 as n from (${all}) as a union all select project_id, owner, private, 1 from (${all}) as b where owner is not null
          union all select project_id, owner, private, -n from tally where kind = ${resource.table}) as c
        group by project_id, owner, private having sum(n) <> 0`.execute(server.app.database.read);
      found.push(...rows);
    }
    return found;
  };

  test('is what counting would give, after rows came, went, and changed hands', async () => {
    for (const name of ['a', 'b', 'c']) expect((await dora.post('/pipelines', { project, name })).status).toBe(200);
    const mine = await server.admin.post('/pipelines', { project, name: 'hidden', private: true });
    expect(mine.status, mine.text).toBe(200);
    const gone = (await dora.get('/pipelines?name=c')).body.items[0].id;
    expect((await dora.del(`/pipelines/${gone}`)).status).toBe(200);
    expect(await differences()).toEqual([]);
    expect((await dora.get('/pipelines')).body.total).toBe(2);
    expect((await server.admin.get('/pipelines')).body.total).toBe(3);
    await server.admin.del('/users/dora?hand_over_to=admin');
    expect(await differences()).toEqual([]);
    const other = await server.admin.post('/projects', { name: 'other' });
    await server.admin.post('/pipelines', { project: other.body.id, name: 'a' });
    await server.admin.del('/projects/other');
    expect(await differences()).toEqual([]);
  });

  test('goes with the row, and so do the roles that were given on it', async () => {
    const made = await server.admin.post('/pipelines', { project, name: 'short-lived' });
    await server.person('guest', { roles: ['guest'] });
    await server.admin.post('/role_assignments', { role: 'developer', user: 'guest', resource_type: 'pipeline', resource_id: made.body.id });
    expect((await server.admin.get(`/role_assignments?resource_id=${made.body.id}`)).body.total).toBe(1);
    await server.admin.del(`/pipelines/${made.body.id}`);
    const left = await server.app.database.read.selectFrom('role_assignment').select('id').where('resource_id', '=', made.body.id).execute();
    expect(left).toEqual([]);
  });
});
