import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, runProgram, temporary } from '../../testing/cli.ts';

describe('completion', () => {
  let folder = '';
  beforeAll(() => {
    folder = temporary();
  });
  afterAll(() => discard(folder));

  test.each(['zsh', 'fish', 'pwsh'])('%s gets a script that knows the commands', async (shell) => {
    const { code, out } = await cli(folder)(`completion ${shell}`);
    expect(code).toBe(0);
    for (const word of ['user', 'assignment', 'change-password']) expect(out).toContain(word);
  });

  test.each(['zendo', 'zenml'] as const)(
    'bash parses the script for %s and completes commands and options',
    async (program) => {
      const { out } = await cli(folder, program)('completion bash');
      const file = join(folder, `${program}.bash`);
      writeFileSync(file, out);
      expect(await runProgram('bash', ['-n', file], {})).toMatchObject({ code: 0, err: '' });
      const complete = async (...words: string[]) => {
        const script = `source ${file}; COMP_WORDS=(${[program, ...words].map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _${program}; echo "\${COMPREPLY[@]}"`;
        return (await runProgram('bash', ['-c', script], {})).out.trim().split(' ');
      };
      expect(await complete('us')).toEqual(['user']);
      expect(await complete('user', 'cr')).toEqual(['create']);
      expect(await complete('role', 'assignment', '')).toEqual(['list']);
      expect(await complete('project', 'mem')).toEqual(['members']);
      expect(await complete('user', 'create', '--ro')).toEqual(['--role']);
      expect(await complete('user', 'list', '-o', 'js')).toEqual(['json']);
    },
  );
});
