#!/usr/bin/env bash
# Builds the program that drives the real chain, and runs its own tests; closes with a line that
# counts them as cargo's runners do.
set -euo pipefail
cd "$(dirname "$0")/../tests/wasmd"
./build.sh
[ -z "$(gofmt -l .)" ] || { gofmt -l .; exit 1; }
go vet -tags netgo ./...
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
WASMD_CHAIN_KILLS=${WASMD_CHAIN_KILLS:-50} go test -tags netgo -count=1 -json ./... >"$log" || status=$?
of() { jq -rs --arg action "$1" '[.[] | select(.Test != null and (.Test | contains("/") | not) and .Action == $action)] | length' "$log"; }
passed=$(of pass) failed=$(of fail) skipped=$(of skip)
jq -r 'select(.Action == "output" and (.Output | test("FAIL|panic|_test.go"))) | .Output' "$log" | tail -n 40
verdict=ok
if [ "$status" -ne 0 ] || [ "$skipped" -ne 0 ]; then verdict=FAILED; fi
echo "test result: $verdict. $passed passed; $((failed + skipped)) failed"
[ "$verdict" = ok ]
