import { describe, expect, test } from 'vitest';
import { columns } from './columns.ts';
import type { Format } from './formats.ts';
import { createOutput } from './output.ts';
import { createStyle, cut, plain, wantsColor, width } from './style.ts';
import { toYaml } from './yaml.ts';

type Thing = {
  readonly id: string;
  readonly name: string;
  readonly body: { readonly note: string; readonly size: number };
};
const things: readonly Thing[] = [
  { id: '1', name: 'ada', body: { note: 'says "hi", twice', size: 1 } },
  { id: '2', name: 'grace', body: { note: 'tab\there', size: 20 } },
];
const shown = columns<Thing>({ name: (one) => one.name, note: (one) => one.body.note, 'id?': (one) => one.id });

const write = async (format: Format | undefined, names?: readonly string[], room?: number): Promise<string> => {
  let text = '';
  const out = createOutput({
    format,
    columns: names,
    style: createStyle(false),
    room,
    write: (more) => (text += more),
  });
  await out.list({ items: things }, things, shown);
  return text;
};

describe('a list', () => {
  test('as a table has aligned columns and no spaces at the ends', async () => {
    expect(await write(undefined)).toBe('NAME   NOTE\nada    says "hi", twice\ngrace  tab here\n');
  });
  test('is cut to the width of a terminal, never off a terminal', async () => {
    const lines = (await write('table', undefined, 16)).trimEnd().split('\n');
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(16);
    expect(lines[1]).toContain('…');
    expect(await write('table')).not.toContain('…');
  });
  test('as CSV quotes what needs it, as TSV has one line a thing', async () => {
    expect(await write('csv')).toBe('name,note\nada,"says ""hi"", twice"\ngrace,tab here\n');
    expect(await write('tsv')).toBe('name\tnote\nada\tsays "hi", twice\ngrace\ttab here\n');
  });
  test('as names has nothing else', async () => expect(await write('name')).toBe('ada\ngrace\n'));
  test('as JSON is what the interface answered', async () =>
    expect(JSON.parse(await write('json'))).toEqual({ items: things }));
  test('shows the columns that were asked for, also fields that have no column', async () => {
    expect(await write('csv', ['id', 'size'])).toBe('id,size\n1,1\n2,20\n');
    await expect(write('csv', ['nme'])).rejects.toThrow('--columns nme');
  });
});

describe('YAML', () => {
  test('keeps text text', () => {
    const words = ['', 'no', '1.0', '2026-11-23', 'a: b', '- x', ' lead', 'plain', 'it is #1', 'null', "it's", 'über'];
    expect(toYaml({ words })).toBe(
      'words:\n  - ""\n  - "no"\n  - "1.0"\n  - "2026-11-23"\n  - "a: b"\n  - "- x"\n  - " lead"\n  - plain\n  - "it is #1"\n  - "null"\n  - "it\'s"\n  - über\n',
    );
  });
  test('nests', () => {
    expect(toYaml({ a: { b: [{ c: 1, d: [] }, null] }, e: {} })).toBe(
      'a:\n  b:\n    - c: 1\n      d: []\n    - null\ne: {}\n',
    );
  });
});

describe('a terminal', () => {
  test('is not steered by what others typed', () => {
    expect(plain('a\u001b[31mb\u202ec\u0007\nd')).toBe('a[31mbc d');
  });
  test('knows how wide a text is', () => {
    expect([width('ada'), width('名前'), width('e\u0301'), width('👩‍🔬')]).toEqual([3, 4, 1, 4]);
    expect(cut('abcdef', 4)).toBe('abc…');
  });
  test('has colour only where it is wanted', () => {
    expect(wantsColor({}, true)).toBe(true);
    expect(wantsColor({}, false)).toBe(false);
    expect(wantsColor({ NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
    expect(wantsColor({ FORCE_COLOR: '1' }, false)).toBe(true);
    expect(wantsColor({ TERM: 'dumb' }, true)).toBe(false);
  });
});
