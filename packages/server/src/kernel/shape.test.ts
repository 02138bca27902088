// Every declaration is whole, and the tables of both databases are what the declarations say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tablesOf, type Table } from '../db/introspect.ts';
import { routesOf } from '../http/mount.ts';
import { bareKernel, type Bare } from '../testing/bare.ts';
import { storedFields } from '../testing/rows.ts';
import { dialects } from '../testing/server.ts';
import { createRegistry } from './registry.ts';
import { defineResource, type Operation, type Resource } from './resource.ts';
import { filtersOf } from './query.ts';
import { text } from './field.ts';

describe('declarations', () => {
  let bare: Bare;
  beforeAll(async () => {
    bare = await bareKernel('sqlite');
  });
  afterAll(() => bare.close());

  test('every resource says what it is, who may touch it, and which columns it shows', () => {
    const problems = bare.registry.resources.flatMap((resource: Resource) => {
      const columns = ['id', ...Object.keys(resource.fields), ...Object.keys(resource.relations ?? {})];
      const must = (condition: boolean, words: string) => (condition ? [] : [`${resource.type} ${words}`]);
      return [
        ...must(/^[a-z][a-z_]*$/.test(resource.type), 'has a type that is no snake_case word'),
        ...must(resource.path === null || /^[a-z][a-z_]*$/.test(resource.path), 'has a path that is no snake_case word'),
        ...must(resource.label.trim() !== '', 'has no label'),
        ...must(resource.fields['created']?.kind === 'datetime' && resource.fields['updated']?.kind === 'datetime', 'lacks created or updated'),
        ...must(resource.access !== undefined && ['server', 'project', 'parent'].includes(resource.access.scope), 'does not declare its access'),
        ...must(resource.access.owner === null || resource.fields[resource.access.owner] !== undefined, 'is owned by a column that it does not have'),
        ...must(
          resource.access.self === undefined || resource.access.self === 'id' || resource.fields[resource.access.self] !== undefined,
          'names itself by a column that it does not have',
        ),
        ...must(
          resource.access.scope !== 'project' || resource.access.project === 'id' || resource.fields[resource.access.project ?? 'project_id'] !== undefined,
          'lies in projects but has no column for it',
        ),
        ...must(
          resource.fields['private'] === undefined || resource.access.owner !== null || resource.access.also !== undefined,
          'can be private but has no owner who would still see it',
        ),
        ...must(
          resource.fields['private'] === undefined || (resource.access.parents ?? []).every((parent) => parent.unless_private === true),
          'can be private, yet its parent shows it',
        ),
        ...(resource.access.parents ?? []).flatMap((parent) => must(resource.fields[parent.by] !== undefined, `is judged through ${parent.by}, which it does not have`)),
        ...resource.show.flatMap((name) => must(columns.includes(name), `shows ${name}, which it does not have`)),
        ...Object.entries(resource.relations ?? {}).flatMap(([name, relation]) =>
          must(relation.kind !== 'one' || resource.fields[relation.by!] !== undefined, `joins ${name} by a column that it does not have`),
        ),
        ...(resource.unique ?? []).flat().flatMap((name) => must(columns.includes(name), `is unique by ${name}, which it does not have`)),
        ...Object.entries(resource.fields).flatMap(([name, field]) => [
          ...must(!field.secret || (field.tier === 'hidden' && !field.filter), `shows or filters by the secret ${name}`),
          ...must(field.needs === undefined || resource.actions.includes(field.needs), `asks for '${field.needs}' to see ${name}, which is no action of it`),
          ...must(
            field.tier !== 'hidden' ||
              field.create !== 'required' ||
              Object.values(resource.relations ?? {}).some((relation) => relation.by === name) ||
              Object.values(resource.fields).some((other) => other.value !== undefined),
            `asks for ${name} but shows nothing of it`,
          ),
        ]),
      ];
    });
    expect(problems).toEqual([]);
  });

  test('no secret is a filter or a sort key', () => {
    for (const resource of bare.registry.resources) {
      const secrets = Object.entries(resource.fields)
        .filter(([, field]) => field.secret)
        .map(([name]) => name);
      expect(
        Object.keys(filtersOf(resource)).filter((name) => secrets.includes(name)),
        resource.type,
      ).toEqual([]);
    }
  });

  test('every route says who may call it', () => {
    for (const route of routesOf(bare.registry)) {
      const kinds = Object.keys(route.needs);
      expect(kinds, `${route.method} ${route.path}`).toHaveLength(1);
      const [kind] = kinds as [string];
      expect(['row', 'create', 'permission', 'signed_in', 'open'], `${route.method} ${route.path}`).toContain(kind);
      const reason = (route.needs as Record<string, unknown>)[kind];
      if (kind === 'open' || kind === 'signed_in') expect(String(reason).length, `${route.method} ${route.path} gives a reason`).toBeGreaterThan(8);
    }
  });

  test('an operation or a resource without declared access stops the start', () => {
    const { resources, operations } = bare.registry;
    const doctored = (change: { resources?: readonly unknown[]; operations?: readonly unknown[] }) => () =>
      createRegistry(
        [...resources, ...(change.resources ?? [])] as Resource[],
        [...operations, ...(change.operations ?? [])] as Operation[],
        bare.registry.permissions.filter(({ name, group }) => group === 'server' || name === 'secret:backup_restore'),
      );
    expect(doctored({})).not.toThrow();
    const thing = defineResource({
      type: 'thing',
      path: 'things',
      table: 'thing',
      label: 'thing',
      group: 'ml',
      fields: { name: text() },
      access: { scope: 'server', owner: null, share: false },
      show: ['name'],
    });
    expect(doctored({ resources: [thing] })).not.toThrow();
    expect(doctored({ resources: [{ ...thing, access: undefined }] })).toThrow('thing does not declare its access');
    expect(doctored({ resources: [{ ...thing, access: { ...thing.access, scope: 'parent' } }] })).toThrow('thing is judged by nothing');
    expect(doctored({ resources: [{ ...thing, access: { ...thing.access, parents: [{ type: 'nothing', by: 'name' }] } }] })).toThrow("names the resource 'nothing'");
    expect(doctored({ resources: [{ ...thing, access: { ...thing.access, needs: { read: 'thing:dream' } } }] })).toThrow("asks for 'thing:dream', which does not exist");
    const operation = { name: 'x', method: 'POST', path: '/x', writes: true, description: '', run: async () => ({ body: null }) };
    expect(doctored({ operations: [operation] })).toThrow('POST /x does not declare who may call it');
    expect(doctored({ operations: [{ ...operation, needs: { permission: 'x:y' } }] })).toThrow("POST /x asks for 'x:y', which does not exist");
    expect(doctored({ operations: [{ ...operation, needs: { row: 'dream' }, resource: resources[0] }] })).toThrow("asks for 'dream' on a row");
    expect(
      doctored({
        operations: [
          { ...operation, needs: { open: 'for a test' } },
          { ...operation, needs: { open: 'for a test' } },
        ],
      }),
    ).toThrow('POST /x is declared twice');
  });
});

describe('tables', () => {
  const found = new Map<string, readonly Table[]>();
  let bare: Bare;
  beforeAll(async () => {
    for (const dialect of dialects) {
      const kernel = await bareKernel(dialect);
      found.set(dialect, await tablesOf(kernel.database));
      if (bare === undefined) bare = kernel;
      else await kernel.close();
    }
  });
  afterAll(() => bare.close());

  test.each(dialects)('on %s have exactly the columns that are declared, null where the declaration allows it', (dialect) => {
    const problems: string[] = [];
    for (const table of found.get(dialect)!) {
      const faces = bare.registry.resources.filter((resource) => resource.table === table.name);
      if (faces.length === 0) continue;
      const declared = new Map(faces.flatMap((resource) => [...Object.keys(resource.only ?? {}).map((name) => [name, null] as const), ...storedFields(resource)]));
      for (const column of table.columns) {
        if (column.name === 'id') continue;
        const field = declared.get(column.name);
        if (!declared.has(column.name)) {
          if (!column.nullable) problems.push(`${table.name}.${column.name} is in the table, never null, and nobody declares it`);
          continue;
        }
        if (field === null || field === undefined) continue;
        const everywhere = faces.every((resource) => resource.fields[column.name] !== undefined);
        if (everywhere && column.nullable !== field.nullable)
          problems.push(
            `${table.name}.${column.name} ${column.nullable ? 'may be null in the table but not in the declaration' : 'may be null in the declaration but not in the table'}`,
          );
        const kind = ['integer', 'boolean'].includes(field.kind) ? 'int' : field.kind === 'number' ? 'real' : 'text';
        if (column.type !== kind) problems.push(`${table.name}.${column.name} is ${column.type} in the table and ${field.kind} in the declaration`);
      }
      for (const name of declared.keys()) if (!table.columns.some((column) => column.name === name)) problems.push(`${table.name} lacks the declared column ${name}`);
    }
    for (const resource of bare.registry.resources)
      if (!found.get(dialect)!.some((table) => table.name === resource.table)) problems.push(`${resource.type} has no table`);
    expect(problems).toEqual([]);
  });

  test.runIf(dialects.length > 1)('are the same on both databases', () => {
    expect(found.get('postgres')).toEqual(found.get('sqlite'));
  });
});
