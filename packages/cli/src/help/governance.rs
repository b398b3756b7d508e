//! Of the multisig.

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
