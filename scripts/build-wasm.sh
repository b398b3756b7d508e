#!/usr/bin/env bash
# Builds vault.wasm, reward_pot.wasm, the governor's cw3_flex_multisig.wasm and cw4_group.wasm, the
# tests' share_sink.wasm, plan_bench.wasm, factory.wasm and next_vault.wasm, and checksums.txt in target/wasm, or in the folder given:
# compiled as contract-compiler.sh says, then made smaller by Binaryen. Every VM from CosmWasm 2.0 on
# takes the result: it uses neither reference types nor bulk memory, and carries no names. The bytes
# depend on source, lock file, compiler and Binaryen alone. check-wasm.sh says how large they may be.
# The first line of checksums.txt is a remark that tells the commit of the source, where git knows it:
# whoever checks a contract builds that commit.
set -euo pipefail
cd "$(dirname "$0")/.."

BINARYEN=132.0.0
CONTRACTS=(cw3_flex_multisig cw4_group factory next_vault plan_bench reward_pot share_sink vault)
# What is built with each contract. The governor's are the published packages themselves. The member
# named beside them depends on nothing else: without it they would get the features of the whole
# workspace. It needs both, and a package that is only needed gets no entry points.
declare -A PACKAGES=(
  [cw3_flex_multisig]="cw3-flex-multisig cw4-group defenders-governor"
  [cw4_group]="cw4-group cw3-flex-multisig defenders-governor"
  [factory]=defenders-factory [next_vault]=defenders-next-vault
  [plan_bench]=defenders-plan-bench
  [reward_pot]=defenders-reward-pot [share_sink]=defenders-share-sink [vault]=defenders-vault
)

tools=$PWD/target/tools
out=${1:-target/wasm}
if [ "$(cat "$tools/node_modules/binaryen/package.json" 2>/dev/null | jq -r .version)" != "$BINARYEN" ]; then
  mkdir -p "$tools"
  npm install --silent --no-save --no-audit --no-fund --prefix "$tools" "binaryen@$BINARYEN"
fi
mkdir -p "$out"

source=unknown
if commit=$(git rev-parse --verify HEAD 2>/dev/null); then
  source=$commit$([ -z "$(git status --porcelain 2>/dev/null)" ] || echo +changes)
fi

. scripts/contract-compiler.sh
target=target/contracts-${COMPILER// /-}
# finish CONTRACT FILE: takes out of FILE what no chain needs, and makes it smaller
finish() {
  # all of them, since all have cosmwasm-std's errors; the names are gone afterwards
  node scripts/empty-backtraces.mjs "$tools/node_modules/binaryen" "$2" "$target/$1.wasm"
  # A VM takes at most 100 locals per function: no inlining of large single callees. The lowest KB of
  # memory, said to be unused, is the far end of the stack: a call that gets there may trap, a KB
  # before it had to.
  "$tools/node_modules/.bin/wasm-opt" "${WASM_FEATURES[@]}" --low-memory-unused \
    -Oz --merge-similar-functions -Oz --const-hoisting --one-caller-inline-max-function-size=200 \
    --strip-debug --strip-producers --strip-target-features \
    "$target/$1.wasm" -o "$out/$1.wasm"
}

# One call per contract: together they would unify features. Compiler and finish take a core each, so that one contract
# is finished while the next is compiled.
finishing=
for contract in "${CONTRACTS[@]}"; do
  read -ra packages <<<"${PACKAGES[$contract]}"
  cargo build --release --lib --locked "${CARGO_FLAGS[@]}" --target wasm32-unknown-unknown \
    --target-dir "$target" "${packages[@]/#/-p}"
  [ -z "$finishing" ] || wait "$finishing"
  finish "$contract" "$target/wasm32-unknown-unknown/release/${packages[0]//-/_}.wasm" &
  finishing=$!
done
wait "$finishing"
cd "$out"
{
  echo "# source: $source"
  sha256sum "${CONTRACTS[@]/%/.wasm}" | sed "s/\$/  $COMPILER, binaryen $BINARYEN/"
} >checksums.txt
cat checksums.txt
