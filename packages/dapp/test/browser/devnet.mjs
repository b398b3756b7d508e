// A devnet of the program's, in a folder of its own, and the program run on it.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { devnetConfig } from '../../tools/devnet-config.mjs';

const PROGRAM = process.env.DEFENDERS ?? fileURLToPath(new URL('../../../../target/debug/defenders', import.meta.url));

export class Devnet {
  /** `options` of its first start. */
  constructor(...options) {
    this.home = mkdtempSync(join(tmpdir(), 'page-devnet-'));
    this.run('devnet', 'start', '--home', '.', '--most', '20', '--block-time', '400ms', ...options);
    this.config = devnetConfig(this.home, PROGRAM);
  }

  run(...args) {
    return execFileSync(PROGRAM, args, { cwd: this.home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Beside what else runs. */
  runAside(...args) {
    return promisify(execFile)(PROGRAM, args, { cwd: this.home, encoding: 'utf8' });
  }

  json(...args) {
    return JSON.parse(this.run(...args, '--json'));
  }

  position(name) {
    return this.json('position', name);
  }

  advance(time) {
    this.run('devnet', 'advance', time, '--home', '.');
  }

  /** All that is due is done. */
  keep() {
    this.run('keep', '--once', '--from', 'keeper', '--yes', '--spread', '0', '--daily-fee-limit', '50000000ustake');
  }

  stop() {
    this.run('devnet', 'stop', '--home', '.');
    rmSync(this.home, { recursive: true, force: true });
  }
}
