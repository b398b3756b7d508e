#!/usr/bin/env bash
# Alert rules, their tests, the dashboard's queries and the metrics themselves, by promtool of Debian's `prometheus`.
# Where promtool is missing, its package is fetched and unpacked below target/, and nothing is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${CARGO_TARGET_DIR:-target}/ops
mkdir -p "$folder"

find_promtool() {
  if command -v promtool; then return; fi
  if [ ! -x "$folder/usr/bin/promtool" ]; then
    echo "fetching Debian's prometheus for promtool" >&2
    (cd "$folder" && { apt-get download prometheus || { apt-get update && apt-get download prometheus; }; } \
      && dpkg-deb --extract prometheus_*.deb . && rm prometheus_*.deb) >&2
  fi
  echo "$folder/usr/bin/promtool"
}
promtool=$(find_promtool)

"$promtool" check rules ops/alerts.yml
"$promtool" test rules ops/alerts.test.yml
"$promtool" check config ops/prometheus.yml

# every alert says what to do
alerts=$(grep -c -- '- alert:' ops/alerts.yml)
answers=$(grep -c 'what_to_do:' ops/alerts.yml)
[ "$alerts" = "$answers" ] || { echo "ops/alerts.yml: $alerts alerts, $answers say what to do"; exit 1; }

# each query of the dashboard, as a rule of its own
jq -r '"groups: [{name: dashboard, rules: [",
  ([.panels[].targets[].expr] | to_entries[]
   | "  {record: \"query_\(.key)\", expr: \(.value | tojson)},"),
  "]}]"' ops/dashboard.json > "$folder/dashboard.yml"
"$promtool" check rules "$folder/dashboard.yml"

# what /metrics answers; a test of defenders-cli keeps the file true
"$promtool" check metrics < ops/example.metrics
echo "ops: all well"
