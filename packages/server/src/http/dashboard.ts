// Serves the built dashboard: hashed files for ever, compressed ones where they lie beside; every other page is the app itself.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FOLDER = fileURLToPath(new URL('../../../dashboard/dist', import.meta.url));
const MISSING =
  '<!doctype html><title>Zendo</title><p>The dashboard has not been built. Run <code>npm run build -w @zendo/dashboard</code>; the API is at <code>/api/v1</code>.';

/** Mounts the dashboard; the server works without it. `methods` tells which methods a path of the API knows. */
export const serveDashboard = async (server: FastifyInstance, methods: (path: string) => readonly string[]): Promise<void> => {
  const built = existsSync(join(FOLDER, 'index.html'));
  if (built) {
    await server.register(fastifyStatic, {
      root: join(FOLDER, 'assets'),
      prefix: '/assets/',
      preCompressed: true,
      wildcard: true,
      immutable: true,
      maxAge: 31_536_000_000,
    });
  }
  const page = built ? await readFile(join(FOLDER, 'index.html'), 'utf8') : MISSING;
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!;
    if (path.startsWith('/api/') || path === '/api') {
      const known = methods(path);
      if (known.length === 0) return reply.code(404).send({ detail: 'Not Found' });
      return reply.code(405).header('allow', known.join(', ')).send({ detail: 'Method Not Allowed' });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply.code(405).header('allow', 'GET').send({ detail: 'Method Not Allowed' });
    const file = /^\/(favicon\.(?:svg|ico)|robots\.txt|logo\.svg)$/.exec(path)?.[1];
    if (file !== undefined) {
      if (!built || !existsSync(join(FOLDER, file))) return reply.code(404).type('text/plain').send('Not Found');
      return reply.type(file.endsWith('.svg') ? 'image/svg+xml' : file.endsWith('.txt') ? 'text/plain' : 'image/x-icon').send(await readFile(join(FOLDER, file)));
    }
    if (path.startsWith('/assets/')) return reply.code(404).type('text/plain').send('Not Found');
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
};
