// Reads one list over there and sends it here in batches. Whoever runs it again goes on where it stopped.
import type { Api } from '../../core/connection.ts';
import type { List } from './lists.ts';
import type { Page, Source, Thing } from './source.ts';

export type Counts = { made: number; changed: number; kept: number; left: number };
export type Left = { readonly label: string; readonly name: string; readonly why: string };
type Result = { readonly outcome: keyof Counts; readonly foreign_id: string; readonly why?: string };
export type Progress = (done: number, total: number) => void;

const SIZE = 100;
/** Filters take whole seconds; what falls into the same one comes twice, and the second time changes nothing. */
const second = (thing: Thing): string =>
  String(thing.body?.['updated'] ?? '')
    .slice(0, 19)
    .replace('T', ' ');

/** Takes one list over, from where an earlier attempt came to. Errors: those of either server. */
export const transfer = async (
  source: Source,
  api: Api,
  list: List,
  project: string | undefined,
  from: string | undefined,
  progress: Progress,
): Promise<{ counts: Counts; left: readonly Left[] }> => {
  const counts: Counts = { made: 0, changed: 0, kept: 0, left: 0 };
  const left: Left[] = [];
  const name = project === undefined ? list.type : `${list.type} ${project}`;
  let cursor = from;
  let page = 1;
  let read = 0;
  let total: number | undefined;
  const seen = new Set<string>();
  for (;;) {
    const answer = await source.get<Page>(list.path, {
      size: String(SIZE),
      page: String(page),
      sort_by: 'asc:updated',
      hydrate: list.singly === undefined ? 'true' : 'false',
      ...(cursor === undefined ? {} : { updated: `gte:${cursor}` }),
      ...(project === undefined ? {} : { project }),
    });
    total ??= answer.total;
    const fresh = answer.items.filter((thing) => !seen.has(`${thing.id} ${String(thing.body?.['updated'])}`));
    for (const thing of fresh) seen.add(`${thing.id} ${String(thing.body?.['updated'])}`);
    const items: Thing[] = [];
    for (const thing of fresh)
      items.push(list.singly === undefined ? thing : await source.get<Thing>(`${list.path}/${thing.id}`, list.singly));
    const last = answer.items.at(-1);
    const reached = last === undefined ? '' : second(last);
    if (items.length > 0 || reached !== '') {
      const { results } = await api.post<{ results: readonly Result[] }>('/import', {
        source: source.id,
        type: list.type,
        items,
        ...(reached === '' ? {} : { list: name, at: reached }),
      });
      for (const [i, result] of results.entries()) {
        counts[result.outcome] += 1;
        if (result.outcome === 'left')
          left.push({ label: list.label, name: items[i]!.name ?? items[i]!.id, why: result.why ?? '' });
      }
    }
    read += fresh.length;
    progress(read, Math.max(total, read));
    if (answer.items.length < SIZE) return { counts, left };
    // A whole page of the same second: the next page of it. Otherwise on from the last second that was seen.
    if (reached === cursor) page += 1;
    else [cursor, page] = [reached, 1];
  }
};
