// What people read on the page, on a real node: one devnet for all of it, so the order is that of the imports.
import { after, afterEach, before } from 'node:test';
import { startWorld, stopWorld, tellFailure } from './harness.mjs';
import './network.mjs';
import './past.mjs';
import './slow.mjs';
import './how-it-works.mjs';
import './paper.mjs';
import './lighthouse.mjs';
import './everybody.mjs';
import './looks.mjs';
import './operators.mjs';
// time jumps in it
import './operators-later.mjs';

before(() => startWorld());
afterEach(tellFailure);
after(stopWorld);
