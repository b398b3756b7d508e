#!/usr/bin/env bash
# Crosses each fence once, in a copy: a fence that lets its offender through fails the build.
set -uo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/fences"
status=0

# cross CRATE FOLDER LINT CODE: adds CODE to the crate and wants clippy to name LINT.
cross() {
  local crate=$1 file="$copy/$2/src/lib.rs" lint=$3 code=$4 said
  cp "$file" "$copy/kept"
  printf '\n/// Crosses a fence.\n%s\n' "$code" >>"$file"
  said=$(cd "$copy" && cargo clippy --locked --lib -p "$crate" -- -D warnings 2>&1)
  if [ $? -ne 0 ] && grep -q "$lint" <<<"$said"; then
    echo "test result: ok. 1 passed; 0 failed; $crate: $lint holds"
  else
    echo "test result: FAILED. 0 passed; 1 failed; $crate: $lint lets this through: $code"
    tail -n 20 <<<"$said"
    status=1
  fi
  cp "$copy/kept" "$file"
}

for pair in defenders-allocation=packages/allocation defenders-accounting=packages/accounting \
  defenders-json=packages/json defenders-settings=packages/settings defenders-client=packages/client \
  defenders-types=packages/types defenders-vault=contracts/vault \
  defenders-reward-pot=contracts/reward-pot; do
  crate=${pair%%=*} folder=${pair##*=}
  cross "$crate" "$folder" unwrap_used 'pub fn f(x: Option<u8>) -> u8 { x.unwrap() }'
  cross "$crate" "$folder" expect_used 'pub fn f(x: Option<u8>) -> u8 { x.expect("is there") }'
  cross "$crate" "$folder" 'clippy::panic' 'pub fn f(x: u8) -> u8 { if x > 1 { panic!("no") } else { x } }'
  cross "$crate" "$folder" disallowed_types 'pub type F = std::collections::HashMap<u8, u8>;'
  cross "$crate" "$folder" disallowed_types 'pub fn f(x: f64) -> f64 { x }'
done
for pair in defenders-allocation=packages/allocation defenders-accounting=packages/accounting \
  defenders-json=packages/json defenders-settings=packages/settings defenders-client=packages/client defenders-vault=contracts/vault; do
  crate=${pair%%=*} folder=${pair##*=}
  cross "$crate" "$folder" arithmetic_side_effects 'pub fn f(x: u128) -> u128 { x + x }'
done
for pair in defenders-allocation=packages/allocation defenders-accounting=packages/accounting \
  defenders-json=packages/json defenders-settings=packages/settings defenders-client=packages/client; do
  crate=${pair%%=*} folder=${pair##*=}
  cross "$crate" "$folder" disallowed_types 'pub fn f(deps: cosmwasm_std::Deps) -> bool { deps.storage.get(b"x").is_some() }'
done
for pair in staking-sim=packages/staking-sim token-factory-sim=packages/token-factory-sim \
  wasmd-chain=packages/wasmd-chain; do
  cross "${pair%%=*}" "${pair##*=}" unwrap_used 'pub fn f(x: Option<u8>) -> u8 { x.unwrap() }'
  cross "${pair%%=*}" "${pair##*=}" float_arithmetic 'pub fn f(x: f64) -> f64 { x * 2.0 }'
done
exit "$status"
