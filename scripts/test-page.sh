#!/usr/bin/env bash
# The web page: built, its size measured, its units tested, then used in a real browser on a devnet. Needs what
# scripts/setup.sh installs, and the program; installs Debian's Chromium. Ends with lines that test.sh counts.
set -uo pipefail
cd "$(dirname "$0")/.."
export DEFENDERS="${CARGO_TARGET_DIR:-$PWD/target}/debug/defenders"
# Bytes after gzip at a first visit: without the module, and with it.
MOST_WITHOUT=122880 MOST_WITH=307200
# Of the module that only two screens load.
MOST_CLIENT=307200

# stop_with WORDS: one test that failed
stop_with() {
  echo "$1"
  echo "test result: FAILED. 0 passed; 1 failed"
  exit 1
}

if ! command -v chromium >/dev/null; then
  echo "page: Chromium"
  apt-get install -y --no-install-recommends chromium fonts-dejavu-core ||
    { apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } ||
    stop_with "Chromium cannot be installed"
fi
[ -x "$DEFENDERS" ] || scripts/build-programs.sh || stop_with "the program cannot be built"
scripts/build-page.sh || stop_with "the page cannot be built"

failed=0
# run NAME COMMAND…: a check that counts as one test
run() {
  local name=$1
  shift
  echo "page: $name"
  if "$@"; then
    echo "test result: ok. 1 passed; 0 failed"
  else
    echo "test result: FAILED. 0 passed; 1 failed"
    failed=1
  fi
}

types_are_those_of_the_schema() {
  cp src/vault/types.ts "$work/types.ts" && node tools/make-types.mjs && cmp "$work/types.ts" src/vault/types.ts
}
sizes_are_within_bounds() {
  local without module client scripts
  # the demo wallet is loaded on devnets only
  mapfile -t scripts < <(find dist/assets -name '*.js' ! -name 'demo-*')
  without=$(cat dist/index.html dist/icon.svg "${scripts[@]}" dist/assets/*.css | gzip -9c | wc -c)
  module=$(gzip -9c dist/assets/allocation_bg-*.wasm | wc -c)
  client=$(gzip -9c dist/assets/client_bg-*.wasm | wc -c)
  echo "first visit: $without bytes, and $module for the module that computes, after gzip; $client for spread and governance"
  [ "$without" -le "$MOST_WITHOUT" ] && [ $((without + module)) -le "$MOST_WITH" ] && [ "$client" -le "$MOST_CLIENT" ]
}
# What visitors load has a permissive licence; so have the tools, but for those that are named: none of them is shipped.
licences_are_allowed() {
  local wrong
  wrong=$(jq -r --argjson allowed '["Apache-2.0","MIT","BSD-2-Clause","BSD-3-Clause","ISC","0BSD"]' \
    --argjson tools '["axe-core","lightningcss","graceful-fs","argparse","parse-cache-control"]' '
    .packages | to_entries[] | select(.key != "") | (.key | split("node_modules/") | last) as $name
    | select([.value.license] | inside($allowed) | not)
    | select((.value.dev or .value.devOptional | not) or ($tools | any(. as $tool | $name | startswith($tool)) | not))
    | "\($name): \(.value.license)"' package-lock.json) || return 1
  [ -z "$wrong" ] || { echo "$wrong"; return 1; }
}
names_no_registry() { ! grep -nE '"resolved"|https?://[^"]*registry' package-lock.json; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd packages/dapp
run "types are those of the schema" types_are_those_of_the_schema
run "sizes" sizes_are_within_bounds
run "the lock file names no registry" names_no_registry
run "licences" licences_are_allowed
run "types of the tests" npx tsc --noEmit -p test

echo "page: units"
npx vitest run --reporter=default --reporter=json --outputFile.json="$work/units.json" || failed=1
jq -r '"test result: \(if .success then "ok" else "FAILED" end). \(.numPassedTests) passed; \(.numFailedTests + .numFailedTestSuites) failed"' \
  "$work/units.json" || stop_with "the units were not run"

# people mostly wait for blocks: three browsers, each with a devnet, take less than half as long as one
echo "page: in three browsers, each on a devnet"
node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap \
  --test-reporter-destination="$work/browser.tap" --test-concurrency=3 \
  test/browser/reading.test.mjs test/browser/acting.test.mjs test/browser/doubting.test.mjs || failed=1
# what was cancelled did not pass
awk '$2 == "pass" {passed = $3} $2 == "fail" || $2 == "cancelled" {failed += $3}
  END {if (passed + failed == 0) failed = 1
    printf "test result: %s. %d passed; %d failed\n", failed ? "FAILED" : "ok", passed, failed}' "$work/browser.tap"
exit "$failed"
