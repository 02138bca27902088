// What the access tester says, what the interface says, what the command line says, and what then happens: the same.
import { allOf, type Bars } from './bar.ts';
import { connected } from './command-line.ts';

interface Explained {
  readonly allowed: boolean;
  readonly reasons?: readonly unknown[];
}
interface Thing {
  readonly id: string;
  readonly name: string;
}

const types = [
  ['pipeline', 'pipelines'],
  ['model', 'models'],
  ['artifact', 'artifacts'],
  ['team', 'teams'],
] as const;
const people = ['ada', 'grace', 'guest', 'empty'];

export const sameAnswer: Bars = {
  numbers: [13],
  measure: async (world) => {
    const { run, end } = await connected(world);
    const { page } = await world.visit('ada');
    let [asked, agree, chains] = [0, 0, 0];
    for (const [type, path] of types) {
      const list = await world.api<{ items: Thing[] }>('GET', `/${path}?size=1`);
      const thing = list.items[0];
      if (!thing) continue;
      for (const person of people)
        for (const action of ['read', 'update']) {
          asked += 1;
          const query = new URLSearchParams({ principal: person, action, type, id: thing.id });
          const api = await world.api<Explained>('GET', `/access/explain?${query.toString()}`);
          const line = await run(['access', 'check', person, action, `${type}/${thing.id}`]);
          await page.goto(`/settings/workspace/access?${query.toString().replace('id=', 'thing=')}&id=${thing.id}`);
          const said = await page
            .getByText(new RegExp(`^(Yes|No), ${person} may`))
            .first()
            .textContent();
          const ui = said?.startsWith('Yes');
          if (api.allowed === (line.code === 0) && api.allowed === ui) agree += 1;
          else
            process.stderr.write(
              `  ${person} ${action} ${type}: interface ${api.allowed}, command line ${line.code}, page ${said}\n`,
            );
          if (!api.allowed || (api.reasons?.length ?? 0) > 0) chains += 1;
        }
    }
    end();
    await page.context().close();
    return [
      allOf(13, 'answers that are the same on the page, in the interface and on the command line', agree, asked),
      allOf(13, 'of them with the chain of reasons', chains, asked),
    ];
  },
};
