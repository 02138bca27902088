import { Link } from '@tanstack/react-router';
import { seg } from '../../../api.ts';
import { intoView } from '../../../ui/into-view.ts';

const runTabs = {
  graph: 'Graph',
  timeline: 'Timeline',
  logs: 'Logs',
  artifacts: 'Artifacts',
  metrics: 'Metrics',
  configuration: 'Configuration',
  code: 'Code',
  access: 'Access',
} as const;
export type RunTab = keyof typeof runTabs;

/** Addresses of older dashboards say `dag`, and anything may be typed: what is no tab shows the graph. */
export const tabOf = (word: string | undefined): RunTab => (word && word in runTabs ? (word as RunTab) : 'graph');

export const RunTabs = ({ project, run }: { readonly project: string; readonly run: string }) => (
  <nav ref={intoView} aria-label="Run" className="mb-4 flex gap-1 overflow-x-auto border-b">
    {Object.entries(runTabs).map(([tab, label]) => (
      <Link
        key={tab}
        to={`/projects/${seg(project)}/runs/${run}/${tab}`}
        search={(before: Record<string, string>) => ({ step: before.step })}
        activeOptions={{ includeSearch: false }}
        className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent-text aria-[current=page]:text-ink"
      >
        {label}
      </Link>
    ))}
  </nav>
);
