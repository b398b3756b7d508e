# Sourced by test.sh: its arguments, how a stage is run and counted, and the report at the end.

read_arguments() {
  with_same_bytes=false only=
  while [ $# -gt 0 ]; do
    case $1 in
      --same-bytes) with_same_bytes=true ;;
      --only) only=${2:?--only needs names of stages}; shift ;;
      --list) printf '%s\n' "${STAGES[@]}"; exit 0 ;;
      *) echo "$1 is unknown: [--same-bytes] [--only STAGE,STAGE…] [--list]" >&2; exit 2 ;;
    esac
    shift
  done
  local name
  for name in ${only//,/ }; do
    [[ " ${STAGES[*]} " == *" $name "* ]] || { echo "there is no stage $name: see --list" >&2; exit 2; }
  done
}

# is_wanted STAGE: whether this run has to have it
is_wanted() {
  if [ -n "$only" ]; then
    [[ ",$only," == *",$1,"* ]]
  else
    [ "$1" != same-bytes ] || "$with_same_bytes"
  fi
}

# sum LOG WORD: adds up the closing lines of cargo's test runners.
sum() {
  grep -E '^test result: ' "$1" | grep -oE "[0-9]+ $2" | awk '{s+=$1} END {print s+0}'
}

# say_alive NAME LOG: a line now and then, until it is ended, or the run itself has gone
say_alive() {
  local waited=0
  while kill -0 "$$" 2>/dev/null; do
    # its output would keep a reader of ours waiting when this is ended
    sleep "$SILENCE" >/dev/null 2>&1
    waited=$((waited + SILENCE))
    printf '  %s, %ss: %s\n' "$1" "$waited" "$(tail -n 1 "$2" | cut -c 1-100)"
  done
}

# stage NAME COMMAND…: a stage whose command prints test results is counted by them; any other
# is one check.
stage() {
  local name=$1 log="$work/$1.log" start=$SECONDS status alive
  is_wanted "$name" || return 0
  shift
  : >"$log"
  say_alive "$name" "$log" &
  alive=$!
  "$@" >"$log" 2>&1
  status=$?
  { kill "$alive" && wait "$alive"; } 2>/dev/null
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
  times+=("$((SECONDS - start)) $name")
  printf '%-20s %5ss  %s passed, %s failed\n' "$name" "$((SECONDS - start))" "$ok" "$bad"
  if [ "$status" -ne 0 ]; then
    sed 's/^/    /' "$log" | tail -n 60
  fi
}

# What took how long, the longest first, and the count.
report() {
  local name
  for name in "${STAGES[@]}"; do
    if is_wanted "$name" && [[ " ${done_stages[*]} " != *" $name "* ]]; then
      echo "stage $name was skipped"
      failed=$((failed + 1))
    fi
  done
  printf '\nseconds  stage\n'
  printf '%s\n' "${times[@]}" | sort -rn | while read -r seconds name; do
    printf '%7s  %s\n' "$seconds" "$name"
  done
  printf '%7s  all\n\n' "$SECONDS"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
