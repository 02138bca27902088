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
];
