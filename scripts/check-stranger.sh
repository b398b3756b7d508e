#!/usr/bin/env bash
# Crates outside the workspace, made of what the READMEs of staking-sim and wasmd-chain show: the
# stranger's contract of tests/stranger with its tests on both chains, and every Rust block of the two
# READMEs as a test. Needs the program of the real chain and target/wasm.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
# as in the workspace, so that what it has compiled is used again
export CARGO_PROFILE_DEV_OPT_LEVEL=1 CARGO_PROFILE_DEV_DEBUG=false

# shown README: the development dependencies that it shows
shown() {
  awk '$0 == "```toml" {inside = 1; next} /^```/ {inside = 0} inside && !/^\[/' \
    "packages/$1/README.md" | sed "s|\.\./defenders|$root|"
}

# manifest NAME EDITION PACKAGE…: of a crate with what the packages' READMEs show
manifest() {
  printf '[package]\nname = "%s"\nversion = "0.1.0"\nedition = "%s"\n[workspace]\n[dev-dependencies]\n' "$1" "$2"
  for package in "${@:3}"; do shown "$package"; done
}

# blocks README FOLDER: a test file of each Rust block
blocks() {
  awk -v folder="$2" '
    $0 == "```rust" {inside = 1; file = folder "/block_" ++count ".rs"
      print "#[test]\nfn holds() -> Result<(), Box<dyn std::error::Error>> {" >file; next}
    /^```/ && inside {inside = 0; print "Ok(())\n}" >file; close(file)}
    inside && !/^# / {print >file}' "packages/$1/README.md"
}

rustfmt --check --edition 2021 tests/stranger/src/lib.rs tests/stranger/tests/*.rs
crate=$work/crates/stranger
mkdir -p "$work/crates"
cp -r tests/stranger "$crate"
{
  manifest stranger 2021 staking-sim wasmd-chain
  printf '[lib]\ncrate-type = ["cdylib", "rlib"]\n[dependencies]\ncosmwasm-schema = "2"\n'
  printf 'cosmwasm-std = { version = "2", features = ["staking", "cosmwasm_2_0"] }\n'
} >"$crate/Cargo.toml"
cp Cargo.lock "$crate"
(
  . scripts/contract-compiler.sh
  cd "$crate"
  CARGO_PROFILE_RELEASE_LTO=true CARGO_PROFILE_RELEASE_PANIC=abort CARGO_PROFILE_RELEASE_STRIP=true \
    cargo build --offline --release --lib "${CARGO_FLAGS[@]}" --target wasm32-unknown-unknown \
    --target-dir "$root/target/stranger"
)
cp target/stranger/wasm32-unknown-unknown/release/stranger.wasm "$crate"
(cd "$crate" && cargo test --offline --tests)

# the blocks name wasm by its path from a crate in a folder of the checkout
ln -s "$root/target" "$work/target"
for package in staking-sim wasmd-chain; do
  crate=$work/crates/$package-blocks
  mkdir -p "$crate/src" "$crate/tests"
  : >"$crate/src/lib.rs"
  manifest "$package-blocks" 2024 "$package" >"$crate/Cargo.toml"
  blocks "$package" "$crate/tests"
  cp Cargo.lock "$crate"
  (cd "$crate" && cargo test --offline --tests)
done
