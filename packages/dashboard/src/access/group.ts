/** `["stack:read","stack:update"]` → `[["stack", ["read","update"]]]`, both in alphabetical order. */
export const byType = (permissions: readonly string[]): [string, string[]][] => {
  const groups = new Map<string, string[]>();
  for (const permission of [...permissions].sort()) {
    const [type = permission, action = permission] = permission.split(':');
    groups.set(type, [...(groups.get(type) ?? []), action]);
  }
  return [...groups];
};
