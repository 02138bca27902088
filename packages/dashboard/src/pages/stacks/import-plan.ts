import { sameConfiguration, type FilePart, type StackFile } from '@zendo/client/stack-file';
import { ApiError, get, post, type Page } from '../../api.ts';
import type { Component, Flavor, Stack } from '../components/types.ts';
import { inText } from '../components/words.ts';

/** What becomes of one component of the file. */
export interface Step {
  readonly part: FilePart;
  /** The component that is there already and says the same. */
  readonly there: string | null;
  /** The name under which it will be made: another one where the name is taken by something different. */
  readonly name: string;
  readonly renamed: boolean;
  /** Why it cannot be made. */
  readonly problem: string | null;
}

const free = async (part: FilePart): Promise<string> => {
  for (let count = 2; count < 50; count++) {
    const name = `${part.name}-${count}`;
    const taken = await get<Page<Component>>('/components', { type: part.type, name: `equals:${name}`, size: 1 });
    if (taken.total === 0) return name;
  }
  return `${part.name}-${Date.now()}`;
};

const stepFor = async (part: FilePart): Promise<Step> => {
  const [found, flavors] = await Promise.all([
    get<Page<Component>>('/components', { type: part.type, name: `equals:${part.name}`, hydrate: true, size: 1 }),
    get<Page<Flavor>>('/flavors', { type: part.type, name: `equals:${part.flavor}`, size: 1 }),
  ]);
  const [there] = found.items;
  const same =
    there?.body?.flavor_name === part.flavor && sameConfiguration(there.metadata?.configuration, part.configuration);
  if (there && same) return { part, there: there.id, name: part.name, renamed: false, problem: null };
  return {
    part,
    there: null,
    name: there ? await free(part) : part.name,
    renamed: Boolean(there),
    problem: flavors.total ? null : `There is no ${inText(part.type)} flavor “${part.flavor}” that you can see.`,
  };
};

/** What importing would do: what is there already is used, what is different gets another name. */
export const planFor = (file: StackFile): Promise<Step[]> => Promise.all(file.parts.map(stepFor));

/** Makes the missing components, then the stack; nothing where the name is taken. */
export const carryOut = async (name: string, steps: readonly Step[]): Promise<Stack> => {
  const taken = await get<Page<Stack>>('/stacks', { name: `equals:${name}`, size: 1 });
  if (taken.total) throw new ApiError(409, 'EntityExistsError', `There is a stack “${name}” already.`);
  const components: Record<string, string[]> = {};
  for (const step of steps) {
    const { type, flavor, configuration } = step.part;
    const id =
      step.there ?? (await post<Component>('/components', { name: step.name, type, flavor, configuration })).id;
    components[type] = [...(components[type] ?? []), id];
  }
  return post<Stack>('/stacks', { name, components });
};
