import { useState } from 'react';
import { Command } from '../../ui/copy.tsx';
import { cx } from '../../ui/cx.ts';

const ways = (url: string, user: string) => [
  {
    label: 'Python client',
    text: 'The log-in opens this dashboard once and asks you to approve the computer.',
    commands: ['pip install zenml==0.98.0', `zenml login ${url}`],
  },
  {
    label: 'Environment variables',
    text: 'For notebooks, containers and CI. Better than a password there: a token from Personal settings, or a service account’s API key.',
    commands: [
      `export ZENML_STORE_URL=${url}\nexport ZENML_STORE_USERNAME=${user}\nexport ZENML_STORE_PASSWORD='<your password>'`,
    ],
  },
  {
    label: 'Zendo command line',
    text: 'For people, teams and roles from the terminal. It asks for the password.',
    commands: [`zendo connect --url ${url} --username ${user}`, 'zendo status'],
  },
];

export const ConnectCommands = ({ url, user }: { readonly url: string; readonly user: string }) => {
  const [chosen, setChosen] = useState(0);
  const all = ways(url, user);
  const way = all[chosen] ?? all[0];
  return (
    <div>
      <div className="flex flex-wrap gap-1" role="group" aria-label="Way to connect">
        {all.map((one, index) => (
          <button
            key={one.label}
            type="button"
            aria-pressed={index === chosen}
            onClick={() => setChosen(index)}
            className={cx(
              'h-8 rounded-md px-2.5 text-sm font-medium',
              index === chosen ? 'bg-accent-wash text-accent-text' : 'text-soft hover:bg-hover',
            )}
          >
            {one.label}
          </button>
        ))}
      </div>
      <p className="mt-3 mb-2 text-sm text-soft">{way?.text}</p>
      <div className="grid gap-2">
        {way?.commands.map((command) => (
          <Command key={command} text={command} />
        ))}
      </div>
    </div>
  );
};
