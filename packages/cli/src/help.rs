//! What stands below the arguments in `--help`: examples, and what an exit status means.

/// Below the list of commands.
pub const PROGRAM: &str = "\
Where to begin:
  defenders simulate                                what the vault does to a real chain
  defenders concentration --set cosmoshub-2022-10   how concentrated that chain is now
  defenders inspect proposal.json --vault ADDRESS   what a proposal would do to a vault
  defenders keys add alice                          a key to sign with
  defenders simulate --help                         every command explains itself

Exit status: 0 done; 1 something broke, or an invariant did not hold; 2 the arguments or a file are
wrong; 3 `inspect` warns. Files may be given as - for standard input. With --json, errors and warnings are JSON too.";

/// Below the arguments of `simulate`.
pub const SIMULATE: &str = "\
Examples:
  defenders simulate --set osmosis-2021-07 --days 90
  curl 'https://REST/cosmos/staking/v1beta1/validators?pagination.limit=500' \\
    | defenders simulate --validators - --denom ATOM:6
  defenders simulate --list my-list.csv --policy my-policy.json
  defenders simulate --scenario churn --days 90 --report page.html
  defenders simulate --scenario hosting --groups groups.csv
  defenders simulate --csv > days.csv
  defenders simulate --top 0 | grep NAME            what one validator gains
  defenders simulate --json | jq '.validators[] | select(.name == \"NAME\")'

A compact table of validators, the name may be left out:
  validator,status,jailed,tokens,commission_rate,name
  cosmosvaloper1...,bonded,false,14383887787897,0.05,Someone

--list is CSV with the header `validator` and an operator address per line. --policy is a JSON object:
  {\"vault_share_cap\": \"0.10\", \"chain_share_cap\": \"0.03\", \"match_cap\": \"0.50\", \"floor\": \"0.05\"}

Exit status: 0 done; 1 something broke, or an invariant did not hold (the report is printed all the
same); 2 the arguments or a file are wrong.";

/// Below the arguments of `targets`.
pub const TARGETS: &str = "\
The smallest file; packages/cli/README.md has all fields, and an example with its arithmetic:
  {
    \"total\": \"1000\", \"total_bonded\": \"10000\",
    \"policy\": { \"vault_share_cap\": \"0.60\", \"floor\": \"0.25\" },
    \"validators\": [
      { \"validator\": \"a\", \"external\": \"700\", \"eligible\": true },
      { \"validator\": \"b\", \"external\": \"100\", \"eligible\": true }
    ]
  }
Amounts are strings in base units, shares strings such as \"0.25\".

Exit status: 0 done; 1 the result could not be written; 2 the arguments or the file are wrong.";

/// Below the arguments of `plan`.
pub const PLAN: &str = "\
Examples:
  defenders plan                                   what the vault's next tick would do, with reasons
  defenders plan --input plan.json

The smallest file; packages/cli/README.md has all fields, and an example with its reasons:
  {
    \"total\": \"1000\", \"total_bonded\": \"10000\",
    \"policy\": { \"vault_share_cap\": \"0.60\", \"floor\": \"0\" },
    \"validators\": [
      { \"validator\": \"a\", \"external\": \"700\", \"eligible\": true, \"held\": \"800\" },
      { \"validator\": \"b\", \"external\": \"100\", \"eligible\": true, \"held\": \"200\" }
    ],
    \"now\": 1700000000, \"max_moves\": 10,
    \"budgets\": { \"quality\": \"0.075\", \"emergency\": \"0.10\" }
  }
Amounts are strings in base units, shares strings such as \"0.25\", times and counts numbers.

Exit status: 0 done; 1 the result could not be written; 2 the arguments or the file are wrong.";

/// Below the arguments of `concentration`.
pub const CONCENTRATION: &str = "\
Examples:
  defenders concentration                          of the chain of defenders.toml, with the vault and without it
  defenders concentration --deposit 1000000000     and with a deposit, or with as much at the top validator
  defenders concentration --set cosmoshub-2022-10 --deposit 10000000000000
  curl 'https://REST/cosmos/staking/v1beta1/validators?pagination.limit=500' \\
    | defenders concentration --validators - --denom ATOM:6
  defenders concentration --validators set.json --book book.csv --groups groups.csv

--book is CSV with the header `validator,tokens`, --groups with `validator,group`, a line each:
  validator,tokens
  cosmosvaloper1...,25000000000

Exit status: 0 done; 1 the result could not be written; 2 the arguments or a file are wrong.";

/// Below the arguments of `propose`.
pub const PROPOSE: &str = "\
The smallest file; packages/cli/README.md has all acts:
  {
    \"vault\": \"cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu\",
    \"title\": \"Lower the cap\", \"description\": \"As agreed.\",
    \"acts\": [ { \"act\": \"settings\", \"set\": { \"vault_share_cap\": \"0.08\" } } ]
  }
Every message gets a valid_until, 30 days from now unless the file says `valid_days` or `valid_until`.
Shares are strings such as \"0.25\", amounts strings in base units, times and counts numbers.

Where the settings name a node, what is known of the vault is read from the chain:
  defenders propose lower.json --send --from op-1

Exit status: 0 done; 1 the result could not be written, or the chain failed it; 2 the arguments or a file are
wrong, or it would fail: nothing was sent.";

/// Below the arguments of `inspect`.
pub const INSPECT: &str = "\
Examples:
  defenders inspect 7                               of the chain that the settings name, votes counted
  defenders inspect lower.cw3.json --vault cosmos1... --config config.json --changes changes.json
  wasmd query wasm contract-state smart MULTISIG '{\"proposal\": {\"proposal_id\": 7}}' --output json \\
    | defenders inspect - --vault cosmos1...

Exit status: 0 no warnings; 1 the result could not be written; 2 the arguments or a file are wrong;
3 there are warnings.";

/// Below the arguments of `keys`.
pub const KEYS: &str = "\
Examples:
  defenders keys add alice                          a new mnemonic, shown once
  defenders keys add alice --mnemonic-file words.txt --dry-run
  defenders keys list
  defenders keys show alice --prefix osmo --json | jq -r .address

Exit status: 0 done; 1 the result could not be written; 2 the arguments, a key or a file are wrong.";

/// Below the arguments of `keys add`.
pub const KEYS_ADD: &str = "\
Examples:
  defenders keys add alice                          a new mnemonic, shown once
  defenders keys add alice --mnemonic-file words.txt --index 1
  defenders keys add keeper --mnemonic-file - --passphrase-file passphrase < words.txt
  defenders keys add devnet --private-key-file key.hex --test --keyring test-keys

A mnemonic or passphrase is never an argument: others on the machine see arguments. Path, key type and
address are shown before anything is saved.";

/// Below the arguments of `keys show`.
pub const KEYS_SHOW: &str = "\
Example:
  defenders keys show alice --prefix osmo --json | jq -r .address";

/// Below the arguments of `keys list`.
pub const KEYS_LIST: &str = "\
Example:
  defenders keys list --full";

/// Below the arguments of `keys delete`.
pub const KEYS_DELETE: &str = "\
Example:
  defenders keys delete alice --yes";

/// Below the arguments of `pending`.
pub const PENDING: &str = "\
Examples:
  defenders pending                                what was signed and not told yet, of all accounts
  defenders pending --node https://archive.example a node that has the blocks that another lacks
  defenders pending --forget HASH                  when no node can tell, and you have looked elsewhere

What is under way is forgotten by itself once its end was told. Nothing is sent here.

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong, or the transaction may still get into a block.";

/// Below the arguments of `config`.
pub const CONFIG: &str = "\
defenders.toml, in the working folder or above it; every line may be left out:
  chain_id = \"cosmoshub-4\"
  nodes = [\"https://rpc.one.example\", \"https://rpc.two.example\"]
  address_prefix = \"cosmos\"
  vault = \"cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s\"
  multisig = \"cosmos1q5zs2pg9q5zs2pg9q5zs2pg9q5zs2pg9r8q7pk\"
  gas_price = \"0.025uatom\"
  max_gas_price = \"0.1uatom\"
  upload_gas_price = \"0.2uatom\"
  gas_factor = 1.5
  daily_fee_limit = \"5000000uatom\"
  from = \"alice\"
  keyring = \"keys\"
  passphrase_file = \"passphrase\"
  state = \"state\"
  [denom]
  base = \"uatom\"
  symbol = \"ATOM\"
  decimals = 6

An argument is stronger than a variable, a variable than the file: DEFENDERS_NODE (a comma between two),
DEFENDERS_CHAIN_ID, DEFENDERS_VAULT, DEFENDERS_MULTISIG, DEFENDERS_GAS_PRICE, DEFENDERS_FROM,
DEFENDERS_KEYRING, DEFENDERS_PASSPHRASE_FILE, DEFENDERS_STATE.

Example:
  defenders config --node http://127.0.0.1:26657 --json

Exit status: 0 done; 1 the result could not be written; 2 an argument, a variable or the file is wrong.";

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

/// Below the arguments of `proposals`.
pub const PROPOSALS: &str = "\
Examples:
  defenders proposals                               what is open, or waits to be carried out
  defenders proposals --all --json | jq '.proposals[] | select(.status == \"passed\")'

Exit status: 0 done; 1 no node answers; 2 the arguments are wrong.";

/// Below the arguments of `vote`.
pub const VOTE: &str = "\
Example:
  defenders vote 7 yes --from op-2

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent.";

/// Below the arguments of `execute`.
pub const EXECUTE: &str = "\
Examples:
  defenders execute 7 --from op-1 --dry-run
  defenders execute 7 --from op-1 --yes --yes-old   although it passed long ago

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the arguments are wrong, or it would fail: nothing
was sent.";

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

/// Below the arguments of `broadcast`.
pub const BROADCAST: &str = "\
Example:
  defenders deposit 25ATOM --from alice --generate-only deposit.json
  gaiad tx sign deposit.json --from ledger --chain-id cosmoshub-4 > signed.json
  defenders broadcast signed.json

Exit status: 0 done; 1 the chain failed it, or no node answers; 2 the file is wrong, or was signed for another moment
or chain: nothing was sent.";
