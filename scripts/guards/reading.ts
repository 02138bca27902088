// The guards that a third, hostile reading added: around triggers, webhooks, waiting runs and what a request names beside its own.
import type { Guard } from './list.ts';

const THIRD = ['testing/third_reading.test.ts'];
const guard = (name: string, file: string, from: string, to: string, only: string): Guard => ({ name, edits: [{ file, from, to }], tests: THIRD, only });

export const readingGuards: readonly Guard[] = [
  guard(
    'what a request cannot say judges nothing',
    'kernel/verbs/create.ts',
    "(resource.fields[column]!.create === 'never' ? undefined : given?.[inputName(column, resource.fields[column]!)])",
    'given?.[inputName(column, resource.fields[column]!)]',
    'opens no snapshot of another pipeline',
  ),
  guard(
    'an event is kept as it was read',
    'resources/webhook/intake.ts',
    'event_type, body: text }',
    "event_type, body: body.toString('utf8') }",
    'only looks like JSON',
  ),
  guard('one event that goes wrong keeps no other waiting', 'jobs/triggers.ts', '        errors.push(error);\n', '        throw error;\n', 'only looks like JSON'),
  guard(
    'what nobody signed is not always counted',
    'resources/webhook/keeping.ts',
    'known.written < DOUBTS_A_SECOND',
    'known.written >= 0',
    'does not occupy the one who writes',
  ),
  guard(
    'a schema has an end',
    'resources/run_wait_condition/answer.ts',
    'if (before === null) throw new Invalid(',
    'if (before === null) return 1;\n    if (before === -1) throw new Invalid(',
    'refers to itself',
  ),
  guard(
    'a trigger hears what its owner may',
    'jobs/triggers.ts',
    "if (await hears(ctx, trigger['user_id'], sources(trigger))) found.push",
    'found.push',
    'a trigger hears of what',
  ),
  guard(
    'the state of a trigger tells of readable snapshots',
    'resources/trigger/related.ts',
    ' && things.get(link.source_id)?.permission_denied === false',
    '',
    'tells them nothing of a snapshot',
  ),
  guard(
    'the log does not tell the words of an error',
    'resources/trigger/dispatch.ts',
    '{ error: result.error.needs ?? result.error.type }',
    '{ error: result.error.message }',
    'tells them nothing of a snapshot',
  ),
  guard(
    'a limited token arranges nothing',
    'resources/trigger/trigger.actions.ts',
    'if (ctx.actor.limit !== null)',
    'if (false as boolean)',
    'a token that is limited sets nothing going',
  ),
  guard('a token of a deployment ends with it', 'auth/sessions.ts', 'if (deployment_id !== undefined)', 'if (false as boolean)', 'the token of a deployment'),
  guard('what is changed stays in its project', 'kernel/verbs/update.ts', "'update', given, before)", "'update', given)", 'names nothing of another one'),
  guard(
    'a link joins things of one project',
    'kernel/validate.ts',
    "    project ??= row?.['project_id'];\n",
    '    if (project === undefined) continue;\n',
    'names nothing of another one',
  ),
  guard(
    'a log is hung on a hook by whoever may change its run',
    'resources/logs/logs.ts',
    ", hook_invocation_id: 'hook_invocation' }",
    ' }',
    'a log hangs on the call of a hook',
  ),
  guard(
    'a download that never began is not counted',
    'services/stores/archive.ts',
    '      release();\n      await inner',
    '      await inner',
    'is not counted among those',
  ),
  guard('a listener who is gone holds no stream', 'services/streams.ts', '  if (live.closed.aborted) watch.end();\n', '', 'holds no event stream'),
  guard(
    'credentials go out for who may use them',
    'resources/service_connector/opened.ts',
    '&& !ready.may_use)',
    '&& (false as boolean))',
    'credentials of a connector go out',
  ),
  guard('conditions in a body have a limit', 'resources/run/statistics.ts', '.length > MOST_CONDITIONS)', '.length < 0)', 'no database can answer'),
  guard('choices have a limit', 'kernel/filter.ts', 'list.length > MOST_CHOICES)', 'list.length < 0)', 'no database can answer'),
  {
    name: 'an answer that drips is given up',
    edits: [{ file: 'services/outgoing.ts', from: 'signal: AbortSignal.timeout(milliseconds), ', to: 'timeout: milliseconds, ' }],
    tests: ['services/outgoing.test.ts'],
  },
];
