#!/usr/bin/env bash
# A stranger's crate, outside the workspace, made of nothing but what the READMEs of staking-sim and
# wasmd-chain show: their manifests and their Rust blocks; each block is a test. Needs the program of the real
# chain and target/wasm.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# blocks LANGUAGE README: the fenced blocks of a language, each line of one after the other
blocks() {
  awk -v fence="\`\`\`$1" '$0 == fence {inside = 1; next} /^```/ {inside = 0} inside' "$2"
}

# stranger NAME: a crate of the README's manifest, with its Rust blocks as a test each
stranger() {
  local name=$1 readme="$root/packages/$1/README.md" crate="$work/crates/$1-stranger"
  mkdir -p "$crate/src" "$crate/tests"
  : >"$crate/src/lib.rs"
  # as in the workspace, so that what it has compiled is used again
  {
    printf '[package]\nname = "%s-stranger"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n' "$name"
    blocks toml "$readme" | sed "s|\.\./defenders|$root|"
    printf '[profile.dev]\nopt-level = 1\ndebug = "line-tables-only"\n'
  } >"$crate/Cargo.toml"
  awk -v folder="$crate/tests" '
    $0 == "```rust" {inside = 1; file = folder "/block_" ++count ".rs"
      print "#[test]\nfn holds() -> Result<(), Box<dyn std::error::Error>> {" >file; next}
    /^```/ && inside {inside = 0; if (!given) print "Ok(())" >file; given = 0; print "}" >file; close(file)}
    inside && /^# Ok::/ {next}
    inside {print >file}' "$readme"
  cp "$root/Cargo.lock" "$crate/Cargo.lock"
  (cd "$crate" && cargo test --offline --tests)
}

# the examples name wasm by its path from a crate in a folder of the checkout
ln -s "$root/target" "$work/target"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
stranger staking-sim
stranger wasmd-chain
