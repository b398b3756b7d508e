#!/usr/bin/env bash
# Builds vault.wasm, reward_pot.wasm and checksums.txt in target/wasm, or in the folder given:
# compiled as contract-compiler.sh says, then made smaller by Binaryen. Every VM from CosmWasm 2.0 on
# takes the result: it uses neither reference types nor bulk memory. The bytes depend on source,
# lock file, compiler and Binaryen alone.
set -euo pipefail
cd "$(dirname "$0")/.."

BINARYEN=132.0.0
declare -A BUDGET=([vault]=700000 [reward_pot]=250000) # bytes; chains take 800 KiB by default

tools=$PWD/target/tools
out=${1:-target/wasm}
if [ "$(cat "$tools/node_modules/binaryen/package.json" 2>/dev/null | jq -r .version)" != "$BINARYEN" ]; then
  mkdir -p "$tools"
  npm install --silent --no-save --no-audit --no-fund --prefix "$tools" "binaryen@$BINARYEN"
fi
mkdir -p "$out"

. scripts/contract-compiler.sh
target=target/contracts-${COMPILER// /-}
# one call per contract: together they would unify features
for contract in vault reward_pot; do
  cargo build --release --lib --locked "${CARGO_FLAGS[@]}" --target wasm32-unknown-unknown \
    --target-dir "$target" -p "defenders-${contract//_/-}"
  # a VM takes at most 100 locals per function: no inlining of large single callees
  "$tools/node_modules/.bin/wasm-opt" "${WASM_FEATURES[@]}" \
    -Oz --merge-similar-functions -Oz --one-caller-inline-max-function-size=50 \
    "$target/wasm32-unknown-unknown/release/defenders_$contract.wasm" \
    -o "$out/$contract.wasm"
done
cd "$out"
sha256sum reward_pot.wasm vault.wasm | sed "s/\$/  $COMPILER, binaryen $BINARYEN/" >checksums.txt
cat checksums.txt
for contract in vault reward_pot; do
  size=$(stat -c %s "$contract.wasm")
  echo "$contract.wasm: $size bytes, budget ${BUDGET[$contract]}"
  [ "$size" -le "${BUDGET[$contract]}" ]
done
