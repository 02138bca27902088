import { MoreHorizontal } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuProps } from '../ui/menu.tsx';

/** What one can do with one row of a list, behind three dots. */
export const RowMenu = ({ name, entries }: { readonly name: string } & Pick<MenuProps, 'entries'>) => (
  <Menu
    label={`Actions for ${name}`}
    trigger={
      <IconButton label={`Actions for ${name}`} tip={false}>
        <MoreHorizontal aria-hidden />
      </IconButton>
    }
    entries={entries}
  />
);
