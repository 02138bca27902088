/** The line by which a file is known to be ours: only such a file is overwritten or removed. */
export const mark = '# zendo-shim 1';

/** What goes to Zendo; everything else belongs to the Python client. */
export const ours = [
  'user',
  'invite',
  'team',
  'role',
  'permission',
  'workspace',
  'access',
  'share',
  'unshare',
  'transfer',
  'take-over',
  'token',
  'session',
  'audit',
  'connect',
  'disconnect',
  'whoami',
  'shim',
];

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The `zenml` script. In: the Node and the launcher that run Zendo. It compares each `zenml` on PATH with itself, so
 * that it never calls itself, however it was reached.
 */
export const script = (node: string, launcher: string): string => `#!/bin/sh
${mark}: sends the people side to Zendo, everything else to the Python client.
node=${quote(node)}
[ -x "$node" ] || node=node
zendo() { ZENDO_PROGRAM=zenml exec "$node" ${quote(launcher)} "$@"; }

case "$1" in
  ${ours.join('|')}) zendo "$@" ;;
  project) [ "$2" = members ] && zendo "$@" ;;
esac

IFS=:
for folder in $PATH; do
  candidate="\${folder:-.}/zenml"
  if [ -f "$candidate" ] && [ -x "$candidate" ] && ! grep -q '^${mark}' "$candidate" 2>/dev/null; then
    unset IFS
    exec "$candidate" "$@"
  fi
done
echo "Error: zenml $1 belongs to the Python client, which is not on PATH." >&2
echo "  Next: pip install zenml" >&2
exit 127
`;
