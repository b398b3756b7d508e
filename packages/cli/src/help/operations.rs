//! Of those who run a chain, a vault, a keeper.

/// Below the arguments of `keep`.
pub const KEEP: &str = "\
Examples:
  defenders keep --from keeper --daily-fee-limit 5000000uatom --serve 127.0.0.1:9477
  defenders keep --once                             for cron: do what is due, and end
  defenders keep --dry-run                          what it would send first

Standard output has a JSON object a line. What it may spend in a day is kept on disk and never passed. It ends when
its account cannot pay the next fee.

Exit status: 0 done; 1 the chain failed it, no node answers, or with --once something is left; 2 the arguments are
wrong, or the account cannot pay: nothing was sent.";

/// Below the arguments of `watch`.
pub const WATCH: &str = "\
Examples:
  defenders watch --validator cosmosvaloper1... --webhook https://example.org/hook
  defenders watch --validator cosmosvaloper1... --once | jq 'select(.event == \"alert\")'
  defenders watch --validator cosmosvaloper1... --serve 127.0.0.1:9478

Standard output has a JSON object a line: `alert` (firing, repeated, resolved) and `change`. What holds is kept on
disk, so that a restart forgets nothing. With a vault in the settings its stake is watched as well.

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong.";

/// Below the arguments of `deploy`.
pub const DEPLOY: &str = "\
Examples:
  defenders deploy --config deploy.toml --from op-1 --dry-run    what it would do, and cost
  defenders deploy --config deploy.toml --from op-1
Broken off anywhere, the same command goes on: what stands is noted in deploy.state.json, and looked up on the chain.

Exit status: 0 done, or only votes of others are missing; 1 the chain failed a step, or no node answers; 2 the
arguments or a file are wrong, or a step would fail: nothing of it was sent.";

/// Below the arguments of `devnet`.
pub const DEVNET: &str = "\
Examples:
  defenders devnet start            from nothing to a chain with a vault, in ./devnet
  defenders devnet --page           the same, and the web page with a demo wallet
  cd devnet && defenders deposit 25STAKE --from alice
  defenders devnet advance 21d      to where withdrawals are paid
  defenders devnet jail NAME

No consensus runs: one program makes the blocks and signs every validator's vote. All else is real.

Exit status: 0 done; 1 the node or a step of the deployment failed; 2 the arguments are wrong, or something that is
needed is missing.";

/// Below the arguments of `verify`.
pub const VERIFY: &str = "\
Example:
  defenders verify cosmos1... --node https://RPC:443 --checksums checksums.txt --owner cosmos1...

Exit status: 0 all is ok; 1 something is not ok or (without --allow-unknown) cannot be told, or no node answers; 2 the
arguments or a file are wrong.";
