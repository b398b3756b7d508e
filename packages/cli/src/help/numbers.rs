//! Of commands that compute on sets and files.

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
