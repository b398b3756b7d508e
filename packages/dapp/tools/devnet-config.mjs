// What the page has to know of a devnet that runs.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** config.json of the devnet in a folder. */
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
    checksums: 'checksums.txt',
    owner: status.multisig,
  };
}
