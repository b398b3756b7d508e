#!/usr/bin/env bash
# Builds target/wasm/{vault,reward_pot}.wasm and checksums.txt: with the compiler of the official
# optimizer, driven by the newer cargo through RUSTC, then made smaller by Binaryen. Every VM from
# CosmWasm 2.0 on takes the result, because Rust 1.81 emits neither reference types nor bulk
# memory. The bytes depend on source, lock file, compiler and Binaryen alone.
set -euo pipefail
cd "$(dirname "$0")/.."

RUST=1.81.0
BINARYEN=132.0.0
LIMIT=819200 # what chains take by default: 800 KiB

tools=$PWD/target/tools
out=$PWD/target/wasm
if [ "$(cat "$tools/node_modules/binaryen/package.json" 2>/dev/null | jq -r .version)" != "$BINARYEN" ]; then
  mkdir -p "$tools"
  npm install --silent --no-save --no-audit --no-fund --prefix "$tools" "binaryen@$BINARYEN"
fi
mkdir -p "$out"

RUSTC="$(rustup which --toolchain "$RUST" rustc)"
RUSTFLAGS="-C link-arg=-s --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/src"
export RUSTC RUSTFLAGS CARGO_PROFILE_RELEASE_OPT_LEVEL=z
# one call per contract: together they would unify features
for contract in vault reward_pot; do
  cargo build --release --lib --locked --target wasm32-unknown-unknown \
    --target-dir target/contracts -p "defenders-${contract//_/-}"
  # a VM takes at most 100 locals per function: no inlining of large single callees
  "$tools/node_modules/.bin/wasm-opt" --enable-sign-ext --enable-mutable-globals \
    -Oz --merge-similar-functions -Oz --one-caller-inline-max-function-size=50 \
    "target/contracts/wasm32-unknown-unknown/release/defenders_$contract.wasm" \
    -o "$out/$contract.wasm"
done
cd "$out"
sha256sum reward_pot.wasm vault.wasm | sed "s/\$/  rustc $RUST, binaryen $BINARYEN/" >checksums.txt
cat checksums.txt
for contract in vault reward_pot; do
  size=$(stat -c %s "$contract.wasm")
  echo "$contract.wasm: $size bytes, chains take $LIMIT"
  [ "$size" -le "$LIMIT" ]
done
