// npm test: brings what the tests need and runs all of them. --only unit|compat|e2e|check runs a part.
import { onNode24 } from './lib/node24.mjs';

await onNode24();
await import('./lib/test.ts');
