#!/usr/bin/env bash
# Builds everything and runs every test, on a machine that has git, the .NET SDK and Node.
# Installs what else the tests need. Ends with one line: N passed, N failed, N skipped.
#   scripts/test.sh            all
#   scripts/test.sh NAME...    only the test projects whose names contain NAME
# Recorded cases (README, 'Recorded cases') are replayed where they are: STEPFLOW_CORPUS, else ../shared/conformance.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
. scripts/lib/lone.sh

# Programs that are started here, such as the .NET SDK, leave temporary files. All of them are deleted at the end. Tests
# start a program as another user, who must reach it.
TMPDIR=$(mktemp -d)
chmod 711 "$TMPDIR"
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
logs=$root/.artifacts/test-logs
rm -rf "$logs"
mkdir -p "$logs"

fail() {
  echo "$1"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

ensure_dotnet || fail "The .NET SDK is missing or too old."
ensure_ffmpeg || fail "ffmpeg could not be installed: apt-get install ffmpeg"
ensure_faketime || fail "libfaketime could not be installed: apt-get install faketime"
ensure_chromium || fail "Chromium could not be installed: apt-get install chromium"
ensure_aws "$root" || fail "aws-cli could not be installed: pip install awscli boto3"
while read -r lock; do
  ensure_npm "$(dirname "$lock")" || fail "npm ci failed in $(dirname "$lock")"
done < <(find scripts src tests/*.Tests -name package-lock.json -not -path '*/node_modules/*')

echo "Building…"
dotnet build StepFlow.sln -c Release -v q -clp:ErrorsOnly || fail "The build failed."

results=$(mktemp -d)

# job NAME COMMAND...: runs a command whose output is shown as a whole when it ends. It calls 'report' for its counts.
# Two jobs run at once, the longest first: most tests wait for a process or for a time more than they compute. The job
# 'waiting' runs beside them.
waiting=none
job() {
  local name=$1
  shift
  while [ "$(jobs -rp | grep -cvx "$waiting")" -ge 2 ]; do wait -n || true; done
  {
    "$@" >"$results/$name.out" 2>&1
    # A job that broke off without counts is no success.
    [ -s "$results/$name.counts" ] || echo "0 1 0" >"$results/$name.counts"
    cat "$results/$name.out"
  } &
}

# report NAME PASSED FAILED SKIPPED
report() {
  echo "$2 $3 $4" >"$results/$1.counts"
}

check_format() {
  echo "Checked the format."
  if dotnet format whitespace StepFlow.sln --verify-no-changes --no-restore >"$logs/format.log" 2>&1; then
    report format 1 0 0
  else
    head -n 20 "$logs/format.log"
    echo "  Run: dotnet format whitespace StepFlow.sln"
    report format 0 1 0
  fi
}

# check_tests NAME PROJECT: one test project; shows why tests were skipped.
check_tests() {
  local name=$1 log=$logs/$1.log status=0 good bad left
  dotnet test "$2" -c Release --no-build -v q --logger 'console;verbosity=normal' >"$log" 2>&1 || status=$?
  good=$(count_of Passed "$log") bad=$(count_of Failed "$log") left=$(count_of Skipped "$log")
  echo "Tested $name: $good passed, $bad failed, $left skipped"
  [ $status = 0 ] || sed '/\[SKIP\]$/{N;d}' "$log" | grep -vE '^\s*$|^  (Passed|Skipped) ' | tail -n 120
  # A run without a test, or one that broke off after its last test, is no success.
  [ "$bad" -gt 0 ] || { [ "$good" -gt 0 ] && [ $status = 0 ]; } || bad=1
  grep -A 1 -F '[SKIP]' "$log" | sed -nE 's/^\[xUnit[^]]*\] {7}/    skipped: /p' | sort | uniq -c | sort -rn | sed -E 's/^ *([0-9]+) +/    \1 /'
  report "$name" "$good" "$bad" "$left"
}

# count_of WORD LOG: a number of the summary at a test run's end; 0 where it is not there.
count_of() {
  local count
  count=$(sed -nE "s/^ +$1: +([0-9]+)\$/\1/p" "$2" | tail -n 1)
  echo "${count:-0}"
}

check_lone() {
  if ! git rev-parse --git-dir >/dev/null 2>&1; then
    echo "No copy without its neighbours is tested: git does not know these files."
    report lone 0 0 1
  elif check_lone_copy "$root" "$logs/lone.log"; then
    echo "Built and tested a copy without its neighbours."
    report lone 1 0 0
  else
    tail -n 60 "$logs/lone.log"
    report lone 0 1 0
  fi
}

wanted() {
  [ $# = 1 ] && return 0
  local name=$1 part
  shift
  for part in "$@"; do [[ $name == *"$part"* ]] && return 0; done
  return 1
}

matched=()
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  wanted "$name" "$@" && matched+=("$name")
done
[ ${#matched[@]} -gt 0 ] || fail "No test project's name contains: $*"

echo "Testing…"
long=(Functions Packaging Console)
for part in "${long[@]}"; do
  for name in "${matched[@]}"; do
    [ "$name" != "StepFlow.$part.Tests" ] || job "$name" check_tests "$name" "tests/$name"
  done
  # The tests of the Azure app wait for the timers and queues of a real back end, and use little of the processor.
  [ "$part" != Functions ] || waiting=${!:-none}
done
[ $# -gt 0 ] || job lone check_lone
for name in "${matched[@]}"; do
  [[ " ${long[*]/%/.Tests} " == *" ${name#StepFlow.} "* ]] || job "$name" check_tests "$name" "tests/$name"
done
job format check_format
wait

passed=0 failed=0 skipped=0
for counts in "$results"/*.counts; do
  read -r good bad left <"$counts"
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
