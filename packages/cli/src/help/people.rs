//! Of delegators and operators.

/// Below the arguments of `deposit`.
pub const DEPOSIT: &str = "\
Examples:
  defenders deposit 25ATOM --from alice
  defenders deposit 25ATOM --from alice --recipient cosmos1... --tolerance 0.1
  defenders deposit 25000000 --dry-run             what it costs and gives, sending nothing

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent.";

/// Below the arguments of `withdraw`.
pub const WITHDRAW: &str = "\
Examples:
  defenders withdraw all --from alice
  defenders withdraw 1500000 --from alice --recipient cosmos1...

Shares go into the open batch, are served piece by piece, and pay after the chain's unbonding time: `defenders
position` says when. Until a batch closes, `defenders cancel` takes them back.

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent.";

/// Below the arguments of `claim`.
pub const CLAIM: &str = "\
Examples:
  defenders claim --from alice                     all that pays now
  defenders claim 3 --from keeper --recipient cosmos1...

When nothing pays, nothing is sent, and the exit status is 0. Of more than 20 batches, 20 are claimed at once.

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent.";

/// Below the arguments of `cancel`.
pub const CANCEL: &str = "\
Example:
  defenders cancel 3 --from alice

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the batch is closed, or has nothing of this account:
nothing was sent.";

/// Below the arguments of `position`.
pub const POSITION: &str = "\
Examples:
  defenders position cosmos1...
  defenders position alice --json | jq -r .worth

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong.";

/// Below the arguments of `status`.
pub const STATUS: &str = "\
Examples:
  defenders status
  defenders status cosmos1... --node https://rpc.example --json | jq '.troubles'

Exit status: 0 done, well or not; 1 no node answers; 2 the arguments are wrong.";

/// Below the arguments of `explain`.
pub const EXPLAIN: &str = "\
Examples:
  defenders explain cosmosvaloper1...
  defenders explain 'Small & Sons' --commission 0.05 --self-bond 1000ATOM

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong.";

/// Below the arguments of `export`.
pub const EXPORT: &str = "\
Examples:
  defenders export cosmos1... --csv > 2026.csv
  defenders export alice --json | jq '.rows[] | select(.kind == \"claim\")'

Exit status: 0 done; 1 no node answers, or its history is gone; 2 the arguments are wrong.";

/// Below the arguments of `spread`.
pub const SPREAD: &str = "\
Examples:
  defenders spread --amount 100ATOM --from alice --dry-run
  defenders spread --amount all --redelegate --list my-list.csv --from alice
  defenders spread --redelegate --from alice --generate-only tx.json

--list is the address of a vault, or CSV with the header `validator` and an operator address per line.

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent. What is broken off between two transactions goes on where it was when the same is asked for again.";

/// Below the arguments of `pending`.
pub const PENDING: &str = "\
Examples:
  defenders pending                                what was signed and not told yet, of all accounts
  defenders pending --node https://archive.example a node that has the blocks that another lacks
  defenders pending --forget HASH                  when no node can tell, and you have looked elsewhere

What is under way is forgotten by itself once its end was told. Nothing is sent here.

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong, or the transaction may still get into a block.";

/// Below the arguments of `broadcast`.
pub const BROADCAST: &str = "\
Example:
  defenders deposit 25ATOM --from alice --generate-only deposit.json
  gaiad tx sign deposit.json --from ledger --chain-id cosmoshub-4 > signed.json
  defenders broadcast signed.json

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the file is wrong, or was signed for another moment
or chain: nothing was sent.";
