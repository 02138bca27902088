// Counts what Vitest's JSON report says, and what it leaves unsaid: files that never got as far as a test.
export type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};
export type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number };

export function totals(report: Report): Totals {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of report.testResults) {
    const before = failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') passed += 1;
      else if (status === 'failed') failed += 1;
      else skipped += 1;
    }
    if (file.status === 'failed' && failed === before) failed += 1;
  }
  return { passed, failed, skipped };
}

/** A project without a single test is a broken glob, not a success. */
export function emptyProjects(report: Report, root: string, projects: readonly string[]): string[] {
  const found = new Set(
    report.testResults.filter((file) => file.assertionResults.length > 0).map((file) => projectOf(file.name, root)),
  );
  return projects.filter((project) => !found.has(project));
}

function projectOf(file: string, root: string): string {
  const path = file.slice(root.length).replaceAll('\\', '/').replace(/^\//, '');
  if (path.startsWith('compat/')) return 'compat';
  return path.startsWith('packages/dashboard/e2e/') ? 'e2e' : 'unit';
}
