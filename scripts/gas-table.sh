#!/usr/bin/env bash
# What the vault costs on the real chain, beside native transactions of the same run:
#   scripts/gas-table.sh [--sizes 10,30,100,200] [--json FILE]
# Builds what is missing or older than its sources. A benchmark: no figure fails it; what cannot be
# measured does.
set -euo pipefail
cd "$(dirname "$0")/.."
export RUST_BACKTRACE=0

# newer FILE PATH…: whether a source under the paths is newer than the file, or the file missing
newer() {
  local file=$1
  shift
  [ ! -e "$file" ] || [ -n "$(find "$@" -newer "$file" -type f ! -name '*.md' -print -quit)" ]
}

if newer target/wasmd/wasmd-chain tests/wasmd; then
  tests/wasmd/build.sh >&2
fi
if newer target/wasm/vault.wasm Cargo.lock Cargo.toml contracts packages/types packages/accounting \
  packages/allocation scripts/build-wasm.sh; then
  scripts/build-wasm.sh >&2
fi
# passes a query on to the chain, so that the query's own cost can be told
reflect=$(cd tests/wasmd && go list -m -f '{{.Dir}}' github.com/CosmWasm/wasmd)/x/wasm/keeper/testdata/reflect_2_0.wasm
cargo build --quiet --locked -p defenders-tests --bin gas-table
target/debug/gas-table --reflect "$reflect" "$@"
