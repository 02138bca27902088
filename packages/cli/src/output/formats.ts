export const formats = ['table', 'json', 'yaml', 'csv', 'tsv', 'name'] as const;
export type Format = (typeof formats)[number];
