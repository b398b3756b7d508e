// The page as people use it, on a real node: one devnet for all, so the order is that of the imports.
import { after, before } from 'node:test';
import { startWorld, stopWorld } from './harness.mjs';
import './network.mjs';
import './deposit.mjs';
import './failures.mjs';
import './governance.mjs';
import './everybody.mjs';
// time jumps in it
import './exit.mjs';

before(startWorld);
after(stopWorld);
