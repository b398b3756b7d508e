// What people do who trust nobody: they look at who can change what, keep to their own keys and nodes, and get shares that
// are coins. One devnet for all of it, so the order is that of the imports.
import { after, afterEach, before } from 'node:test';
import { startWorld, stopWorld, tellFailure } from './harness.mjs';
import './governance.mjs';
import './strangers.mjs';
import './spread.mjs';
import './demo.mjs';
import './nodes.mjs';
// time jumps in it
import './coins.mjs';

before(() => startWorld('--shares', 'coins'));
afterEach(tellFailure);
after(stopWorld);
