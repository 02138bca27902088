import type { ReactNode } from 'react';
import { Mark } from '../../shell/mark.tsx';
import { useTitle } from '../../ui/page.tsx';

interface FrameProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** The pages outside the shell: one column, one thing to do. */
export const Frame = ({ title, intro, children, wide }: FrameProps) => {
  useTitle(title);
  return (
    <main className="grid min-h-dvh content-start justify-items-center bg-side px-4 py-10 sm:pt-[11vh]">
      <div className={wide ? 'w-full max-w-2xl' : 'w-full max-w-md'}>
        <Mark className="mb-5 size-9" />
        <h1 className="text-2xl font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
        {intro && <div className="mt-1.5 text-base text-pretty text-soft">{intro}</div>}
        <div className="mt-6 rounded-xl border border-line bg-panel p-5 shadow-sm sm:p-6">{children}</div>
      </div>
    </main>
  );
};
