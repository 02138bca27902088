import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const text = /\.(js|css|html|svg|json)$/;

/** Writes a `.br` next to every text asset; the server sends it as it is, so nothing is compressed at run time. */
const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle(options) {
    const root = options.dir;
    if (!root) return;
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!text.test(file)) continue;
      const path = join(root, file);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
    }
  },
});

const early = [
  'src/(api|main|router)',
  'src/routes/',
  'src/resource/(query|form|list-state)',
  'src/access/(me|project|words)',
  'src/pages/auth/(link|frame|gone)',
  'src/shell/(theme|mark)',
  'src/ui/(bits|button-class|cx|field|light-button|notice|page|password|time|toast)',
  'lucide-react/dist/esm/(?!icons/|lucide)',
  'lucide-react/dist/esm/icons/(eye|eye-off|circle-alert|circle-check|info|lock|triangle-alert|x)[.]',
];

/** Few files rather than many small ones: what log-in needs, what every page behind it needs, and each area's own. */
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler|@tanstack)\//, priority: 3 },
  { name: 'early', test: new RegExp(early.join('|')), priority: 2 },
  {
    name: 'parts',
    test: /lucide-react|@base-ui|@floating-ui|src\/(ui|access|resource|shell|pages\/ml|pages\/things)\//,
    minShareCount: 2,
    priority: 1,
  },
];

const server = process.env.ZENDO_URL ?? 'http://127.0.0.1:8237';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind(), precompress()],
  // A data: URL would need img-src and font-src to be widened in the content policy.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': { target: server, changeOrigin: true } } },
});
