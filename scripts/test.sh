#!/usr/bin/env bash
# All tests, on a fresh Debian machine with rustup, Go and Node: installs what it needs, prints a
# line per stage with its time, fails when a stage failed or was skipped, and ends with a count.
set -uo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never RUST_BACKTRACE=0

# Every stage that has to run; a stage missing at the end is a failure.
STAGES=(
  tools format lints fences unit properties worked-examples staking-model flows invariants program
  targets main-job schema wasm same-bytes chain flows-on-chain histories-on-chain gas-table
  differential licences documents
)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
done_stages=()

# sum LOG WORD: adds up the closing lines of cargo's test runners.
sum() {
  grep -E '^test result: ' "$1" | grep -oE "[0-9]+ $2" | awk '{s+=$1} END {print s+0}'
}

# stage NAME COMMAND…: a stage whose command prints test results is counted by them; any other
# is one check.
stage() {
  local name=$1 log="$work/$1.log" start=$SECONDS status
  shift
  printf '%-20s ' "$name"
  "$@" >"$log" 2>&1
  status=$?
  done_stages+=("$name")
  local ok=0 bad=0
  if grep -qE '^test result: ' "$log"; then
    ok=$(sum "$log" passed)
    bad=$(sum "$log" failed)
    # a test program that could not be built or died closes no line of its own
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  elif [ "$status" -eq 0 ]; then
    ok=1
  else
    bad=1
  fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  printf '%5ss  %s passed, %s failed\n' "$((SECONDS - start))" "$ok" "$bad"
  if [ "$status" -ne 0 ]; then
    sed 's/^/    /' "$log" | tail -n 60
  fi
}

targets() {
  cargo build --locked -p defenders-cli && node scripts/check-targets.mjs
}

main_job() {
  cargo build --release --locked -p defenders-cli &&
    scripts/check-simulation.sh cosmoshub-2022-10 osmosis-2021-07
}

schema() {
  scripts/make-schema.sh && git diff --exit-code -- schema &&
    [ -z "$(git status --porcelain -- schema)" ]
}

wasm() {
  scripts/build-wasm.sh && scripts/check-wasm.sh
}

stage tools scripts/setup.sh
stage format cargo fmt --all -- --check
stage lints cargo clippy --workspace --all-targets --locked -- -D warnings
stage fences scripts/try-fences.sh
stage unit cargo test --locked --lib --bins -p defenders-reward-pot -p defenders-vault \
  -p staking-sim -p defenders-suite -p defenders-cli -p defenders-tests
stage properties cargo test --locked -p defenders-accounting -p defenders-allocation --tests
stage worked-examples cargo test --locked --doc -p defenders-accounting -p defenders-allocation \
  -p defenders-types -p staking-sim -p defenders-suite
stage staking-model cargo test --locked -p staking-sim --test '*' --examples
stage flows cargo test --locked -p defenders-tests --test flows
stage invariants cargo test --locked -p defenders-tests --test invariants
stage program cargo test --locked -p defenders-cli --test '*'
stage targets targets
stage main-job main_job
stage schema schema
stage wasm wasm
stage same-bytes scripts/check-reproducible.sh
stage chain scripts/test-chain.sh
stage flows-on-chain env DEFENDERS_CHAIN=wasmd cargo test --locked -p defenders-tests --test flows \
  --test on_chain
stage histories-on-chain env DEFENDERS_CHAIN=wasmd cargo test --locked -p defenders-tests \
  --test invariants -- history:: regression:: fairness::
stage gas-table scripts/gas-table.sh --sizes 10
stage differential cargo test --locked -p defenders-tests --test differential
stage licences cargo deny --locked check licenses bans sources
stage documents scripts/check-documents.sh

for name in "${STAGES[@]}"; do
  case " ${done_stages[*]} " in
    *" $name "*) ;;
    *)
      echo "stage $name was skipped"
      failed=$((failed + 1))
      ;;
  esac
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
