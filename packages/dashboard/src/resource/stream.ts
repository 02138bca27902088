import { useEffect, useState } from 'react';

type Listen = (data: unknown) => void;

/**
 * Server-sent events as long as the page is seen: a browser opens only few connections to one server, and pages in the
 * background would take them all. Answers whether it is connected; where it is not, one has to ask again by oneself.
 */
export const useStream = (path: string | null, on: Readonly<Record<string, Listen>>): boolean => {
  const [connected, setConnected] = useState(false);
  const [seen, setSeen] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (!path || !seen) return;
    const source = new EventSource(`/api/v1${path}`);
    const close = (): void => {
      source.close();
      setConnected(false);
    };
    source.addEventListener('open', () => setConnected(true));
    source.addEventListener('error', (event) => {
      // With data it is the server's own word that there is nothing more to come; without, the line broke.
      if ('data' in event || source.readyState === EventSource.CLOSED) close();
      else setConnected(false);
    });
    source.addEventListener('end', close);
    for (const [name, listen] of Object.entries(on))
      source.addEventListener(name, (event) => listen(JSON.parse((event as MessageEvent<string>).data)));
    return close;
    // Who listens changes with each look of the page; the connection must not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path, seen]);
  return connected;
};
