type Kind = 'word' | 'text' | 'note' | 'plain';
export type Part = readonly [Kind, string];

const words =
  'and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|None|nonlocal|not|or|pass|raise|return|True|False|try|while|with|yield';
const token = new RegExp(
  String.raw`(?<note>#[^\n]*)|(?<text>[rbfu]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<word>@[\w.]+|\b(?:${words})\b)`,
  'gi',
);

/** Python by lines, each in parts with what they are: enough to read it by, without a parser. */
export const coloured = (code: string): readonly (readonly Part[])[] => {
  const parts: Part[] = [];
  let at = 0;
  for (const found of code.matchAll(token)) {
    const { note, text } = found.groups ?? {};
    if (found.index > at) parts.push(['plain', code.slice(at, found.index)]);
    parts.push([note !== undefined ? 'note' : text !== undefined ? 'text' : 'word', found[0]]);
    at = found.index + found[0].length;
  }
  parts.push(['plain', code.slice(at)]);
  const lines: Part[][] = [[]];
  for (const [kind, text] of parts) {
    const [first = '', ...more] = text.split('\n');
    lines.at(-1)?.push([kind, first]);
    for (const line of more) lines.push([[kind, line]]);
  }
  return lines;
};
