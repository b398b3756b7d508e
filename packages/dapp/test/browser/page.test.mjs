// The page as people use it, on a real node: one devnet for all, so the order is that of the imports.
import { after, before } from 'node:test';
import { startWorld, stopWorld } from './harness.mjs';
import './network.mjs';
import './past.mjs';
import './how-it-works.mjs';
import './paper.mjs';
import './lighthouse.mjs';
import './deposit.mjs';
import './failures.mjs';
import './governance.mjs';
import './everybody.mjs';
import './operators.mjs';
import './spread.mjs';
import './demo.mjs';
import './nodes.mjs';
// time jumps in it
import './exit.mjs';
import './position.mjs';
import './operators-later.mjs';
// its last test puts the brake on
import './doors.mjs';

before(startWorld);
after(stopWorld);
