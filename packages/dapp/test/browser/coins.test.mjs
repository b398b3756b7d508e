// What people do with their own keys and nodes, and with a vault whose shares are coins: one devnet for all of it, so the
// order is that of the imports.
import { after, afterEach, before } from 'node:test';
import { startWorld, stopWorld, tellFailure } from './harness.mjs';
import './spread.mjs';
import './demo.mjs';
import './nodes.mjs';
// time jumps in it
import './coins.mjs';

before(() => startWorld('--shares', 'coins'));
afterEach(tellFailure);
after(stopWorld);
