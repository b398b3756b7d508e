#!/usr/bin/env bash
# All tests, on a fresh Debian machine with rustup, Go and Node: installs what it needs, prints a line per
# stage with its time, fails when a stage failed or was skipped, and ends with a count.
#
#   scripts/test.sh [--same-bytes] [--only STAGE,STAGE…] [--list]
#
# --same-bytes adds the stage of that name: it builds the contracts again, elsewhere, and compares. --only
# runs these stages, with what earlier runs have built; --list names all and runs none.
set -uo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never RUST_BACKTRACE=0

# Every stage that has to run; a stage missing at the end is a failure.
STAGES=(
  tools format circles build lints fences unit properties worked-examples staking-model token-factory-model flows
  flows-of-coins invariants program targets main-job schema wasm same-bytes chain chain-client strangers
  flows-on-chain coins-on-chain
  histories-on-chain node ops page gas-table differential licences documents
)
# The longest that a stage stays silent, seconds.
SILENCE=30
# Packages whose tests are run by name: those of a package that is not here would be forgotten.
TESTED=(
  defenders-accounting defenders-allocation defenders-json defenders-settings defenders-vault staking-sim
  token-factory-sim wasmd-chain defenders-cli defenders-tests
)

. scripts/test-stages.sh
read_arguments "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
done_stages=() times=()

# The tests of the workspace are built once, with the features of the whole workspace: with -p cargo would
# choose others, and build the dependencies again for each stage.
rust() { cargo test --locked --workspace "$@"; }

# tests_of PACKAGE [EXCEPT]: --test NAME for each of its test programs, but for one.
tests_of() {
  cargo metadata --no-deps --locked --format-version 1 | jq -r --arg package "$1" --arg except "${2:-}" \
    '.packages[] | select(.name == $package) | .targets[] | select(.kind == ["test"] and .name != $except)
      | "--test", .name'
}

build() {
  local untested
  untested=$(cargo metadata --no-deps --locked --format-version 1 | jq -r \
    '.packages[] | select(any(.targets[]; .kind == ["test"])) | .name' | grep -vxF "$(printf '%s\n' "${TESTED[@]}")")
  [ -z "$untested" ] || { echo "no stage runs the tests of $untested"; return 1; }
  rust --no-run && scripts/build-programs.sh
}

# The real chain's program is Go's: it is built beside the first cargo build, and waited for later.
start_go_build() {
  tests/wasmd/build.sh >"$work/go-build.log" 2>&1 &
  go_build=$!
}

chain() {
  if [ -n "${go_build:-}" ] && ! wait "$go_build"; then
    cat "$work/go-build.log"
    return 1
  fi
  scripts/test-chain.sh
}

schema() {
  scripts/make-schema.sh && git diff --exit-code -- schema &&
    [ -z "$(git status --porcelain -- schema)" ]
}

chain_client() {
  tests_in wasmd-chain && cargo test --locked -p wasmd-chain --doc &&
    cargo run --locked -p wasmd-chain --example group
}

wasm() {
  scripts/build-wasm.sh && scripts/check-wasm.sh
}

# tests_in PACKAGE …: its test programs, and nobody else's: names of programs differ.
tests_in() { rust $(tests_of "$1") "${@:2}"; }

stage tools scripts/setup.sh
stage format cargo fmt --all -- --check
stage circles node scripts/check-circles.mjs
if is_wanted chain; then start_go_build; fi
stage build build
stage lints cargo clippy --workspace --all-targets --locked -- -D warnings
stage fences scripts/try-fences.sh
stage unit rust --lib --bins
stage properties rust $(tests_of defenders-accounting) $(tests_of defenders-allocation) \
  $(tests_of defenders-json) $(tests_of defenders-settings) $(tests_of defenders-vault)
stage worked-examples rust --doc --exclude wasmd-chain # its examples need the real chain
stage staking-model tests_in staking-sim --examples
stage token-factory-model tests_in token-factory-sim
stage flows rust --test flows
stage flows-of-coins env DEFENDERS_SHARES=denom cargo test --locked --workspace --test flows
stage invariants rust --test invariants
stage program rust $(tests_of defenders-cli node) # those against a node need the real chain
stage targets node scripts/check-targets.mjs
stage main-job scripts/check-simulation.sh cosmoshub-2022-10 osmosis-2021-07
stage schema schema
stage wasm wasm
stage same-bytes scripts/check-reproducible.sh
stage chain chain
stage chain-client chain_client
stage strangers scripts/check-stranger.sh
stage flows-on-chain env DEFENDERS_CHAIN=wasmd cargo test --locked --workspace --test flows --test on_chain
stage coins-on-chain env DEFENDERS_CHAIN=wasmd DEFENDERS_SHARES=denom cargo test --locked --workspace \
  --test flows -- deposit:: withdrawal:: submission:: token:: --skip dust_requests
stage histories-on-chain env DEFENDERS_CHAIN=wasmd cargo test --locked --workspace \
  --test invariants -- history:: regression:: fairness::
stage node rust --test node
stage ops scripts/check-ops.sh # by what the stage before has scraped
stage page scripts/test-page.sh
stage gas-table scripts/gas-table.sh --sizes 10
stage differential rust --test differential
stage licences cargo deny --locked check licenses bans sources
stage documents scripts/check-documents.sh

report
