// What an input points to must be readable by whoever sends it: else an id would be a way to find out, or to use what is hidden.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../testing/server.ts';
import { setStage, type Stage } from '../testing/stage.ts';
import { sample } from '../testing/sample.ts';
import { newId } from './context.ts';
import { inputName, inputSchema } from './schemas.ts';
import type { Values } from './resource.ts';

describe.each(dialects)('what an input points to on %s', (dialect) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(dialect);
  });
  afterAll(() => stage.server.close());

  test('is not there for whoever may not read it', async () => {
    const { person } = stage.principals.find(({ name }) => name === 'project_writer')!;
    const asked: string[] = [];
    for (const resource of stage.server.registry.resources) {
      if (!stage.server.routes.some((route) => route.verb === 'create' && route.resource === resource)) continue;
      const schema = inputSchema(resource, 'create', (type) => stage.server.registry.get(type).by_name === true);
      for (const [column, field] of Object.entries(resource.fields)) {
        const hidden = field.ref === undefined || field.create === 'never' ? undefined : stage.thing(field.ref, 'private');
        if (hidden === undefined || column === 'project_id') continue;
        const name = inputName(column, field);
        const send = (id: string) =>
          person.post(`/${resource.path}`, { ...(sample(schema) as Values), ...(resource.fields['project_id'] === undefined ? {} : { project: 'default' }), [name]: id });
        const random = newId();
        const [there, missing] = [await send(hidden['id']), await send(random)];
        asked.push(`${resource.type}.${name}`);
        expect(there.status, `${resource.type}.${name} ${there.text}`).toBe(404);
        expect(there.text.replaceAll(hidden['id'], random), `${resource.type}.${name}`).toBe(missing.text);
      }
    }
    expect(asked.length, asked.join()).toBeGreaterThan(0);
  }, 60_000);
});
