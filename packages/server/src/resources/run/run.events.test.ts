import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endStep, makePipeline, makeRun, makeSnapshot, makeStep, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

interface Event {
  readonly id?: string;
  readonly event: string;
  readonly data: any;
}
interface Listening {
  readonly status: number;
  readonly text: string;
  readonly events: Event[];
  /** Waits until an event comes that is as wanted. */
  readonly until: (wanted: (event: Event) => boolean) => Promise<Event>;
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

describe.each(dialects)('event streams on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let address: string;
  const open: Listening[] = [];
  beforeEach(async () => {
    server = await testServer(dialect, { streams_per_person: 3 });
    place = await placeOf(server.admin);
    address = await server.server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    for (const one of open.splice(0)) one.stop();
    await server.close();
  });

  const listen = async (person: Person, path: string, headers: Record<string, string> = {}): Promise<Listening> => {
    const controller = new AbortController();
    const response = await fetch(`${address}/api/v1${path}`, {
      headers: { authorization: `Bearer ${person.token}`, accept: 'text/event-stream', ...headers },
      signal: controller.signal,
    });
    const events: Event[] = [];
    const waiting: (() => void)[] = [];
    if (response.status !== 200)
      return { status: response.status, text: await response.text(), events, until: () => Promise.reject(), ended: Promise.resolve(), stop: () => undefined };
    const read = async (): Promise<void> => {
      let rest = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
        rest += chunk;
        const frames = rest.split('\n\n');
        rest = frames.pop()!;
        for (const text of frames.filter((one) => !one.startsWith(':'))) {
          const part = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
          events.push({ ...(part('id') === undefined ? {} : { id: part('id')! }), event: part('event')!, data: JSON.parse(part('data')!) });
        }
        for (const wake of waiting.splice(0)) wake();
      }
    };
    const ended = read().catch(() => undefined);
    const one: Listening = {
      status: 200,
      text: '',
      events,
      ended,
      stop: () => controller.abort(),
      until: async (wanted) => {
        for (;;) {
          const found = events.find(wanted);
          if (found !== undefined) return found;
          await Promise.race([
            new Promise<void>((resolve) => waiting.push(resolve)),
            ended.then(() => Promise.reject(new Error(`the stream ended: ${JSON.stringify(events)}`))),
          ]);
        }
      },
    };
    open.push(one);
    return one;
  };

  test('tell how a run and its steps stand, as they change, and end with it', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {}, b: { after: ['a'] } });
    const stream = await listen(admin, `/runs/${run.id}/events/stream`);
    const state = await stream.until(({ event }) => event === 'system');
    expect(state.data).toMatchObject({ kind: 'state', run: { id: run.id, status: 'running', in_progress: true }, steps: [] });
    const a = await makeStep(admin, place, run, 'a');
    await stream.until(({ data }) => data.kind === 'step' && data.step.name === 'a' && data.step.status === 'running');
    await endStep(admin, a);
    await stream.until(({ data }) => data.kind === 'step' && data.step.name === 'a' && data.step.status === 'completed');
    await endStep(admin, await makeStep(admin, place, run, 'b'));
    await stream.until(({ data }) => data.kind === 'run' && data.run.status === 'completed');
    await stream.until(({ event }) => event === 'end');
    await stream.ended;
  });

  test('carry what the client publishes, filtered, and go on where they broke off', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const event = (kind: string, more: object = {}) => ({ pipeline_run_id: run.id, kind, payload: { text: 'ab' }, ...more });
    const published = await admin.post(`/runs/${run.id}/events`, { events: [event('token'), event('chunk', { step_name: 'a' })] });
    expect(published.body).toEqual({ count: 2, last_id: '2' });
    expect((await admin.post(`/runs/${run.id}/events`, { events: [] })).body).toEqual({ count: 0, last_id: null });
    expect((await admin.post(`/runs/${run.id}/events`, { events: [event('end')] })).status).toBe(422);
    expect((await admin.post(`/runs/${run.id}/events`, { events: [{ ...event('x'), pipeline_run_id: crypto.randomUUID() }] })).status).toBe(422);
    expect((await admin.post(`/runs/${run.id}/events`, { events: [event('x', { payload: { long: 'x'.repeat(70_000) } })] })).status).toBe(400);
    const stream = await listen(admin, `/runs/${run.id}/events/stream?kinds=token&kinds=late`, { 'last-event-id': '1' });
    expect(await stream.until(({ id }) => id === '2')).toEqual({ id: '2', event: 'cursor', data: {} });
    await admin.post(`/runs/${run.id}/events`, { events: [event('late', { index: 7 })] });
    expect(await stream.until(({ event: name }) => name === 'late')).toMatchObject({ id: '3', data: { kind: 'late', index: 7, payload: { text: 'ab' } } });
    expect((await admin.get(`/runs/${run.id}/events/stream?since=nonsense`)).status).toBe(422);
    const once = await admin.get(`/runs/${run.id}/events/stream`);
    expect(once.text).toContain('event: token');
    expect(once.text.endsWith('event: end\ndata: {}\n\n')).toBe(true);
  });

  test('are for those who may read the run, publishing for those who may change it', async () => {
    const { admin } = server;
    const stranger = await server.person(unused('stranger'));
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const run = await makeRun(admin, place);
    expect((await listen(stranger, `/runs/${run.id}/events/stream`)).status).toBe(404);
    expect((await listen(server.anonymous, `/runs/${run.id}/events/stream`)).status).toBe(401);
    expect((await guest.post(`/runs/${run.id}/events`, { events: [] })).status).toBe(403);
  });

  test('end within seconds where the right is taken, the session is over, or the account is off', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const [demoted, signedOut, off] = await Promise.all(['demoted', 'signed_out', 'off'].map((name) => server.person(unused(name), { roles: ['guest'] })));
    const streams = await Promise.all([demoted!, signedOut!, off!].map((person) => listen(person, `/runs/${run.id}/events/stream`)));
    await Promise.all(streams.map((stream) => stream.until(({ event }) => event === 'system')));
    const held = await admin.get(`/role_assignments?size=100&hydrate=true`);
    const assignment = held.body.items.find((item: any) => item.body.principal_name === demoted!.name);
    expect((await admin.del(`/role_assignments/${assignment.id}`)).status).toBe(200);
    expect((await signedOut!.get('/logout')).status).toBe(200);
    expect((await admin.put(`/users/${off!.name}/deactivate`)).status).toBe(200);
    await Promise.all(streams.map((stream) => stream.ended));
    expect(streams.map((stream) => stream.events.find(({ event }) => event === 'error')?.data)).toEqual([
      { reason: 'gone' },
      { reason: 'signed_out' },
      { reason: 'signed_out' },
    ]);
    await makeStep(admin, place, run, 'a');
    expect(streams.every((stream) => stream.events.every(({ data }) => data.kind !== 'step'))).toBe(true);
  }, 20_000);

  test('of a project tell of the runs in it that one may read', async () => {
    const { admin } = server;
    const ada = await server.person(unused('ada'), { roles: ['guest'] });
    const stream = await listen(ada, '/projects/default/events/stream');
    await stream.until(({ event }) => event === 'open');
    const pipeline = await makePipeline(admin, place, { private: true });
    const hidden = (await postRun(admin, place, await makeSnapshot(admin, place, pipeline))).body[0];
    const run = await makeRun(admin, place);
    await stream.until(({ event, data }) => event === 'run' && data.id === run.id && data.status === 'running');
    await endStep(admin, await makeStep(admin, place, run, 'a'), 'failed');
    await stream.until(({ data }) => data.id === run.id && data.status === 'failed');
    await admin.del(`/runs/${run.id}`);
    await stream.until(({ event, data }) => event === 'gone' && data.id === run.id);
    expect(JSON.stringify(stream.events)).not.toContain(hidden.id);
  });

  test('are so many for one person, and the place of one that was left is free again', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const path = `/runs/${run.id}/events/stream`;
    const streams = [await listen(admin, path), await listen(admin, path), await listen(admin, '/projects/default/events/stream')];
    const refused = await listen(admin, path);
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('3 event streams')]);
    streams[0]!.stop();
    await expect.poll(async () => (await listen(admin, path)).status).toBe(200);
  });
});
