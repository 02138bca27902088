import pg from 'pg';
import { expect, inject, test } from 'vitest';

const url = inject('postgresUrl');

test.runIf(url)('a test file makes a database of its own in the shared cluster', async () => {
  const admin = new pg.Client(url ?? '');
  await admin.connect();
  const name = `cluster_test_${process.pid}`;
  await admin.query(`create database ${name}`);
  const own = new URL(url ?? '');
  own.pathname = `/${name}`;
  const client = new pg.Client(own.href);
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding, datcollate
     from pg_database where datname = current_database()`,
  );
  await client.end();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  expect(rows[0]).toMatchObject({ encoding: 'UTF8', datcollate: 'C' });
  expect(rows[0].version).toBeGreaterThanOrEqual(180000);
});

test('the URL is in the environment too, for processes that a test starts', () => {
  expect(process.env['ZENDO_TEST_POSTGRES_URL'] ?? null).toBe(url);
});
