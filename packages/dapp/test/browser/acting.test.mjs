// What people do on the page, on a real node: one devnet for all of it, so the order is that of the imports.
import { after, afterEach, before } from 'node:test';
import { startWorld, stopWorld, tellFailure } from './harness.mjs';
import './deposit.mjs';
import './failures.mjs';
import './money.mjs';
import './between.mjs';
// time jumps in it
import './exit.mjs';
import './position.mjs';
// its last test puts the brake on
import './doors.mjs';

before(() => startWorld());
afterEach(tellFailure);
after(stopWorld);
