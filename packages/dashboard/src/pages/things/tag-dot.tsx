/** The colours that the interface knows, as they look on both grounds. */
const colors: Readonly<Record<string, string>> = {
  grey: '#8b8d98',
  purple: '#8b5cf6',
  red: '#e5484d',
  green: '#2f9e63',
  yellow: '#d9a500',
  orange: '#e8722a',
  lime: '#7fae1f',
  teal: '#12a594',
  turquoise: '#22a7c4',
  magenta: '#d6409f',
  blue: '#3e63dd',
};
export const tagColors = Object.keys(colors);

export const TagDot = ({ color }: { readonly color: string | undefined }) => (
  <span
    aria-hidden
    className="keep-colors size-2 shrink-0 rounded-full"
    style={{ background: colors[color ?? ''] ?? colors.grey }}
  />
);
