import '@fontsource-variable/inter/wght.css';
import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { takeLink } from './pages/auth/link.ts';
import { queryClient } from './resource/query.ts';
import { router } from './router.tsx';
import './shell/theme.ts';
import { Toaster } from './ui/toast.tsx';

takeLink();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toaster />
      </QueryClientProvider>
    </StrictMode>,
  );
}

// After an upgrade of the server an open page asks for parts that are gone: load it anew, once.
addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('zendo-reloaded') === location.pathname) return;
  sessionStorage.setItem('zendo-reloaded', location.pathname);
  location.reload();
});
