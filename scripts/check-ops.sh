#!/usr/bin/env bash
# Alert rules, their tests, the dashboard's queries, and what keeper and watch answer to a scrape, by promtool.
# Ends with a line that scripts/test.sh counts.
#
# The scrapes are those of the stage `node`; where they are older than the program, its two tests that scrape run here.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
promtool=$(scripts/promtool.sh)
passed=0 failed=0

# check NAME COMMAND…: one check, whose output is shown when it fails
check() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $name"
  else
    failed=$((failed + 1))
    echo "failed  $name"
    sed 's/^/        /' "$work/log"
  fi
}

# names FILE…: the metrics that a text speaks of
names() { grep -ohE '\bdefenders_[a-z0-9_]+' "$@" | sort -u; }

every_alert_says_what_to_do() {
  local alerts answers
  alerts=$(grep -c -- '- alert:' ops/alerts.yml)
  answers=$(grep -c 'what_to_do:' ops/alerts.yml)
  [ "$alerts" = "$answers" ] || { echo "$alerts alerts, $answers say what to do"; return 1; }
}

every_panel_has_title_unit_and_query() {
  jq -e '[.panels[] | select((.title // "") == "" or (.fieldConfig.defaults.unit // "") == ""
    or ([.targets[].expr] | length) == 0) | .id] | if . == [] then true else error("panels \(.)") end' ops/dashboard.json
}

# each query of the dashboard, as a rule of its own
dashboard_queries() {
  jq -r '"groups: [{name: dashboard, rules: [",
    ([.panels[].targets[].expr] | to_entries[]
     | "  {record: \"query_\(.key)\", expr: \(.value | tojson)},"),
    "]}]"' ops/dashboard.json >"$work/dashboard.yml"
  "$promtool" check rules "$work/dashboard.yml"
}

metrics() { "$promtool" check metrics <"$1"; }

# scraped: what of the dashboard and the rules no keeper and no watch has answered
scraped() {
  local missing
  # a sample, not a line of help alone
  missing=$(comm -23 <(names "$1") <(grep -vh '^#' "$target"/tmp/*.metrics | names -))
  [ -z "$missing" ] || { echo "answered by no scrape:" $missing; return 1; }
}

is_fresh() { [ -s "$1" ] && [ "$1" -nt "$target/debug/defenders" ]; }
if ! is_fresh "$target/tmp/keep.metrics" || ! is_fresh "$target/tmp/watch.metrics"; then
  echo "no fresh scrapes: the tests that scrape run first"
  cargo test --locked --workspace --test node -- scraped | grep -v '^test result'
fi

check "alert rules" "$promtool" check rules ops/alerts.yml
check "what becomes an alert" "$promtool" test rules ops/alerts.test.yml
check "Prometheus' settings" "$promtool" check config ops/prometheus.yml
check "every alert says what to do" every_alert_says_what_to_do
check "every panel has title, unit and query" every_panel_has_title_unit_and_query
check "the dashboard's queries" dashboard_queries
check "the example of all metrics" metrics ops/example.metrics
check "what a keeper answers" metrics "$target/tmp/keep.metrics"
check "what a watch answers" metrics "$target/tmp/watch.metrics"
check "the dashboard asks for what is answered" scraped ops/dashboard.json
check "alerts ask for what is answered" scraped ops/alerts.yml

word=ok
[ "$failed" = 0 ] || word=FAILED
echo "test result: $word. $passed passed; $failed failed"
[ "$failed" = 0 ]
