import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, temporary, type Run } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

describe('sharing through the command line', () => {
  let server: TestServer;
  const folders = [temporary(), temporary()] as const;
  const [boss, ada]: readonly Run[] = [cli(folders[0]), cli(folders[1])];

  const call = async (
    folder: string,
    path: string,
    body: object,
    method = 'POST',
  ): Promise<{ id: string; name: string; body: { private: boolean } }> => {
    const { token } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { token: string };
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return answer.json() as never;
  };
  let stack: { id: string; name: string };

  beforeAll(async () => {
    server = await startServer();
    await boss!(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
    const { out: link } = await boss!('invite create ada --role guest');
    await ada!(['invite', 'open', link.trim(), '--password-stdin'], { stdin: 'a long enough passphrase\n' });
    const part = (type: string) =>
      call(folders[0], '/components', { name: `own-${type}`, type, flavor: 'local', configuration: {}, private: true });
    const [orchestrator, store] = [await part('orchestrator'), await part('artifact_store')];
    stack = await call(folders[0], '/stacks', {
      name: 'prod',
      private: true,
      components: { orchestrator: [orchestrator.id], artifact_store: [store.id] },
    });
  });
  afterAll(async () => {
    await server?.stop();
    folders.forEach(discard);
  });

  test('a stack is shared at a level, its components along when asked for, and taken back', async () => {
    expect(await ada!('share list stack/prod')).toMatchObject({ code: 3, out: '' });
    const alone = await boss!('share stack/prod --user ada --level view');
    expect(alone).toMatchObject({ code: 0, out: '' });
    expect(alone.err).toContain('stack/prod shared with ada: view.');
    expect(alone.err).toContain('Hidden from ada, who cannot run with it:\n  stack component own-');
    expect(alone.err).toContain('--along');
    const along = await boss!('stack share prod --user ada --level use -r --expires 2d');
    expect(along.err).toContain('along with it: stack component own-orchestrator');
    expect(along.err).not.toContain('Hidden');
    expect((await boss!('share list stack/prod -o csv --columns with,kind,level')).out).toBe(
      'with,kind,level\nada,user,edit\n',
    );
    expect(JSON.parse((await ada!('share list stack/prod -o json')).out)).toMatchObject({
      mine: { level: 'edit' },
      may: { share: false },
    });
    const people = await boss!('share list stack/prod --people -o tsv --columns name,level,why');
    expect(people.out).toMatch(/boss\tmanage\tboss owns it\n/);
    expect(people.out).toMatch(/ada\tedit\tada → role developer on this very thing → stack:update\n/);
    expect(await ada!('share stack/prod --user boss')).toMatchObject({
      code: 5,
      err: expect.stringContaining('stack:share'),
    });
    expect(await boss!('unshare stack/prod --user ada')).toMatchObject({ code: 0 });
    expect((await ada!('share list stack/prod')).code).toBe(3);
    expect((await boss!('unshare stack/prod --user ada')).code).toBe(3);
  });

  test('in the words of the original: with nobody named it is shared as far as roles go, with -r its components too', async () => {
    expect((await ada!('stack describe prod')).code).toBe(3);
    for (const type of ['orchestrator', 'artifact-store'])
      expect((await boss!(`${type} unshare own-${type.replace('-', '_')} --user ada`)).code).toBe(0);
    const [alone, one] = [await boss!('stack share prod'), await boss!('artifact-store share own-artifact_store')];
    expect(alone).toMatchObject({ code: 0, out: '', err: 'stack/prod: shared, as far as roles go.\n' });
    expect(one.err).toBe('stack_component/own-artifact_store: shared, as far as roles go.\n');
    expect((await ada!('artifact-store describe own-artifact_store')).code).toBe(0);
    expect((await ada!('stack describe prod -o csv --columns components')).out).toContain(
      'artifact_store=own-artifact_store orchestrator=hidden',
    );
    expect((await boss!('stack share prod -r')).err).toContain('stack_component/own-orchestrator: shared');
    expect((await ada!('stack list -o name')).out).toContain('prod\n');
    expect((await ada!('orchestrator describe own-orchestrator')).code).toBe(0);
    expect((await ada!('stack share prod')).code).toBe(5);
    expect((await boss!('stack share prod --level edit')).code).toBe(2);
    for (const thing of ['stack/prod', 'orchestrator/own-orchestrator', 'artifact-store/own-artifact_store'])
      expect((await boss!(`share general ${thing} private -y`)).code).toBe(0);
    expect((await ada!('stack describe prod')).code).toBe(3);
  });

  test('--share and --private decide where the server would else', async () => {
    await call(folders[0], '/settings', { default_visibility: 'private' }, 'PUT');
    const seen = async (line: string): Promise<boolean> =>
      (JSON.parse((await boss!(`${line} --output json`)).out) as { body: { private: boolean } }).body.private;
    expect(await seen('artifact-store register a --flavor local')).toBe(true);
    expect(await seen('artifact-store register b --flavor local --share')).toBe(false);
    expect(await seen('stack register c --orchestrator default -a b')).toBe(true);
    expect(await seen('stack register d --orchestrator default -a b --share')).toBe(false);
    await call(folders[0], '/settings', { default_visibility: 'shared' }, 'PUT');
    expect(await seen('stack register e --orchestrator default -a b')).toBe(false);
    expect((await boss!('stack register f --orchestrator default -a b --share --private')).code).toBe(2);
  });

  test('everyone, and private again', async () => {
    expect((await boss!('share stack/prod --workspace --level view')).err).toContain('shared with everyone: view');
    expect((await ada!('share list stack/prod')).code).toBe(0);
    expect((await boss!('share general stack/prod private')).err).toContain('stack/prod: private.');
    expect((await ada!('share list stack/prod')).code).toBe(3);
  });

  test('a request is made by id, seen, granted at a lower level, and its outcome read', async () => {
    const asked = await ada!(['access', 'request', `stack/${stack.id}`, '--level', 'manage', '--note', 'on call']);
    expect(asked).toMatchObject({ code: 0, out: '' });
    const { out } = await boss!('access requests -o json');
    const [request] = (JSON.parse(out) as { items: { id: string; body: object }[] }).items;
    expect(request!.body).toMatchObject({ user_name: 'ada', target_name: 'prod', level: 'manage', note: 'on call' });
    expect((await ada!(`access grant ${request!.id}`)).code).toBe(3);
    expect((await boss!(['access', 'grant', request!.id, '--level', 'edit', '--note', 'welcome'])).err).toContain(
      'ada may now edit stack/prod',
    );
    expect((await ada!('access requests --mine -o csv --columns thing,state,answer')).out).toBe(
      'thing,state,answer\nstack/prod,granted,welcome\n',
    );
    expect((await boss!('access requests')).err).toContain('Nobody asks for anything.');
  });

  test('a thing is given away, and taken over with a reason', async () => {
    expect((await boss!('transfer stack/prod ada --keep view --no-input')).code).toBe(2);
    expect((await boss!('transfer stack/prod ada -y')).err).toContain('now belongs to ada');
    expect((await boss!('share list stack/prod')).code).toBe(3);
    expect((await boss!('access private -o csv --columns thing')).out).toContain(`stack/${stack.id}`);
    expect((await boss!(`take-over stack/${stack.id} -y`)).code).toBe(2);
    expect((await ada!(`take-over stack/${stack.id} -y --reason mine`)).code).toBe(5);
    expect((await boss!(['take-over', `stack/${stack.id}`, '-y', '--reason', 'she left'])).code).toBe(0);
    expect((await boss!('share list stack/prod')).code).toBe(0);
  });

  test('wrong words are wrong usage', async () => {
    for (const line of [
      'share prod --user ada',
      'share user/ada --user ada',
      'share stack/prod',
      'share stack/prod --user ada --level some',
    ])
      expect((await boss!(line)).code, line).toBe(2);
    expect((await boss!('share --help')).out).toContain('share COMMAND');
  });
});
