#!/usr/bin/env bash
# What the vault costs on the real chain, beside native transactions of the same run:
#   scripts/gas-table.sh [--sizes 10,30,100,200] [--json FILE] [--readme] [--beside FILE]
# --readme writes a short table between two comments of tests/gas/README.md. --beside compares with
# what an earlier run wrote with --json, and fails when a row is worse by more than 1 % or gone.
# Builds what is missing or older than its sources. A benchmark: without --beside no figure fails it;
# what cannot be measured does.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export RUST_BACKTRACE=0

arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --json) arguments+=(--json "$(realpath -m "${2:?--json needs a file}")"); shift ;;
    --sizes) arguments+=(--sizes "${2:?--sizes needs numbers}"); shift ;;
    --readme) arguments+=(--readme "$root/tests/gas/README.md") ;;
    --beside) arguments+=(--beside "$(realpath -e "${2:?--beside needs a file}")"); shift ;;
    *) echo "$1 is unknown: [--sizes 10,30,100,200] [--json FILE] [--readme] [--beside FILE]" >&2; exit 2 ;;
  esac
  shift
done
cd "$root"

# is_stale FILE PATH…: the file is missing, or a source under the paths is newer
is_stale() {
  local file=$1
  shift
  [ ! -e "$file" ] || [ -n "$(find "$@" -newer "$file" -type f ! -name '*.md' -print -quit)" ]
}

if is_stale target/wasmd/wasmd-chain tests/wasmd; then
  tests/wasmd/build.sh >&2
fi
if is_stale target/wasm/vault.wasm Cargo.toml Cargo.lock contracts packages/types packages/accounting \
  packages/allocation packages/json packages/settings scripts/{build-wasm.sh,contract-compiler.sh,empty-backtraces.mjs}; then
  scripts/build-wasm.sh >&2
fi
# a contract that passes a query on to the chain, so that the query's own cost can be told
wasmd=$(cd tests/wasmd && go list -m -f '{{.Dir}}' github.com/CosmWasm/wasmd)
scripts/build-programs.sh >&2
"${CARGO_TARGET_DIR:-target}/debug/gas-table" \
  --reflect "$wasmd/x/wasm/keeper/testdata/reflect_2_0.wasm" "${arguments[@]}"
