import type { Place } from './tree.ts';

const words = (place: Place): string => place.next.map(({ word }) => word).join(' ');
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const cases = (places: readonly Place[], line: (place: Place) => string, indent: string): string =>
  places.map((place) => `${indent}${line(place)}`).join('\n');

const bash = (program: string, places: readonly Place[]): string => `# bash completion for ${program}
_${program}_words() {
  case "$1" in
${cases(places, (place) => `${quote(place.words)}) echo ${quote(words(place))} ;;`, '    ')}
  esac
}
_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word i next
  if [ "\${COMP_WORDS[COMP_CWORD-1]}" = "-o" ] || [ "\${COMP_WORDS[COMP_CWORD-1]}" = "--output" ]; then
    COMPREPLY=($(compgen -W "table json yaml csv tsv name" -- "$current"))
    return
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    next="\${path:+$path }$word"
    if [ -n "$(_${program}_words "$next")" ]; then path="$next"; fi
  done
  COMPREPLY=($(compgen -W "$(_${program}_words "$path")" -- "$current"))
}
complete -o default -F _${program} ${program}
`;

const zsh = (program: string, places: readonly Place[]): string => `#compdef ${program}
# zsh completion for ${program}
_${program}() {
  local key="" next i
  local -a found
  local -A known
  known=(
${cases(places, (place) => `${quote(place.words || '-')} ${quote(place.next.map(({ word, summary }) => `${word}:${summary.replaceAll(':', ' -')}`).join('\n'))}`, '    ')}
  )
  for ((i = 2; i < CURRENT; i++)); do
    next="\${key:+$key }\${words[i]}"
    if (( \${+known[$next]} )); then key="$next"; fi
  done
  found=("\${(f)known[\${key:--}]}")
  _describe -t commands ${quote(program)} found || _files
}
if [ "\${funcstack[1]}" = "_${program}" ]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;

const fish = (program: string, places: readonly Place[]): string => `# fish completion for ${program}
function __${program}_at
  set -l key
  for word in (commandline -opc)[2..-1]
    set -l next (string trim "$key $word")
    if contains -- "$next" ${places
      .filter((place) => place.words)
      .map((place) => quote(place.words))
      .join(' ')}
      set key $next
    end
  end
  test "$key" = "$argv[1]"
end
complete -c ${program} -f
${places
  .flatMap((place) =>
    place.next.map(({ word, summary }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${quote(word)}`;
      return `complete -c ${program} -n ${quote(`__${program}_at ${JSON.stringify(place.words)}`)} ${what} -d ${quote(summary)}`;
    }),
  )
  .join('\n')}
`;

const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const pwsh = (program: string, places: readonly Place[]): string => `# PowerShell completion for ${program}
Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${cases(places, (place) => `${single(place.words)} = ${single(words(place))}`, '    ')}
  }
  $key = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    $next = "$key $element".Trim()
    if ($known.ContainsKey($next)) { $key = $next }
  }
  $known[$key].Split(' ') | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

/** The completion script of each shell: program name and places in, source text out. */
export const scripts = { bash, zsh, fish, pwsh } as const;
