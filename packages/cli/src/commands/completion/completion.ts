import { command, group } from '../../core/command.ts';
import { scripts } from './scripts.ts';
import { places } from './tree.ts';

const install = {
  bash: 'source <(zendo completion bash)',
  zsh: 'zendo completion zsh > "${fpath[1]}/_zendo"',
  fish: 'zendo completion fish > ~/.config/fish/completions/zendo.fish',
  pwsh: 'zendo completion pwsh | Out-String | Invoke-Expression',
} as const;

const shell = (name: keyof typeof scripts) =>
  command({
    name,
    summary: `Print the script for ${name}`,
    notes: `To use it: ${install[name]}`,
    run: async (ctx) => ctx.out.lines(scripts[name](ctx.program, await places()).trimEnd()),
  });

export const completion = group({
  name: 'completion',
  summary: 'Completion for bash, zsh, fish and PowerShell',
  commands: [shell('bash'), shell('zsh'), shell('fish'), shell('pwsh')],
});
