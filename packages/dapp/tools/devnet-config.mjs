// config.json of a devnet that runs: node tools/devnet-config.mjs FOLDER-OF-THE-DEVNET [FILE]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the page has to know of the devnet in a folder. */
export function devnetConfig(home, program = fileURLToPath(new URL('../../../target/debug/defenders', import.meta.url))) {
  const run = (args) => JSON.parse(execFileSync(program, args, { cwd: home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  const status = run(['devnet', 'status', '--home', '.', '--json']);
  return {
    chainId: status.chain_id,
    chainName: 'Defenders devnet',
    rest: [status.rest],
    rpc: status.rpc,
    vault: status.vault,
    bech32Prefix: 'wasm',
    denom: { base: 'ustake', symbol: 'STAKE', decimals: 6 },
    gasPrice: '0.025',
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [home = 'devnet', file = fileURLToPath(new URL('../dist/config.json', import.meta.url))] = process.argv.slice(2);
  writeFileSync(file, `${JSON.stringify(devnetConfig(home), null, 2)}\n`);
  console.log(`${file} tells of the devnet in ${home}`);
}
