#!/usr/bin/env node
// npm links programs that lie inside a package; the launcher lies beside `npm start`.
import '../../bin/zendo.mjs';
