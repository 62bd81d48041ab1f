import { createRequire } from 'node:module';

// Under tsx a `.cts` entry goes through Node 20's ES module loader, whose `require` can not load the JSON files inside
// ajv; a `require` made here can.
createRequire(__filename)('./start.cts');
