import { redirect } from '@tanstack/react-router';
import type { Me } from '../access/me.ts';
import { isStatus } from '../api.ts';
import { queryClient, read } from '../resource/query.ts';
import type { Info } from '../resource/types.ts';

/** Nobody sees a page of the shell without a session; afterwards they are back where they wanted to be. */
export const enter = async (href: string): Promise<void> => {
  try {
    await queryClient.ensureQueryData(read<Me>('/access/me'));
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
    const info = await queryClient.ensureQueryData(read<Info>('/info')).catch(() => null);
    if (info?.zendo?.setup_required) throw redirect({ to: '/setup' });
    throw redirect({ to: '/login', search: href === '/' ? {} : { next: href } });
  }
};
