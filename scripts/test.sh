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

passed=0 failed=0 skipped=0
echo "Checking the format…"
if dotnet format whitespace StepFlow.sln --verify-no-changes --no-restore >"$logs/format.log" 2>&1; then
  passed=$((passed + 1))
else
  head -n 20 "$logs/format.log"
  echo "  Run: dotnet format whitespace StepFlow.sln"
  failed=$((failed + 1))
fi

# run_tests NAME ARGUMENTS...: one test project; adds its counts, and shows why tests were skipped.
run_tests() {
  local name=$1 log=$logs/$1.log status=0 good bad left
  shift
  echo "Testing $name…"
  dotnet test "$@" -v q --logger 'console;verbosity=normal' >"$log" 2>&1 || status=$?
  good=$(count_of Passed "$log") bad=$(count_of Failed "$log") left=$(count_of Skipped "$log")
  [ $status = 0 ] || grep -vE '^\s*$|^  (Passed|Skipped) ' "$log" | tail -n 120
  # A run without a test, or one that broke off after its last test, is no success.
  [ "$bad" -gt 0 ] || { [ "$good" -gt 0 ] && [ $status = 0 ]; } || bad=1
  echo "  $good passed, $bad failed, $left skipped"
  grep -A 1 -F '[SKIP]' "$log" | sed -nE 's/^\[xUnit[^]]*\] {7}/    skipped: /p' | sort | uniq -c | sort -rn | sed -E 's/^ *([0-9]+) +/    \1 /'
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# count_of WORD LOG: a number of the summary at a test run's end; 0 where it is not there.
count_of() {
  local count
  count=$(sed -nE "s/^ +$1: +([0-9]+)\$/\1/p" "$2" | tail -n 1)
  echo "${count:-0}"
}

wanted() {
  [ $# = 1 ] && return 0
  local name=$1 part
  shift
  for part in "$@"; do [[ $name == *"$part"* ]] && return 0; done
  return 1
}

matched=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  wanted "$name" "$@" || continue
  matched=$((matched + 1))
  run_tests "$name" "$project" -c Release --no-build
done
[ $matched -gt 0 ] || fail "No test project's name contains: $*"

if [ $# = 0 ] && ! git rev-parse --git-dir >/dev/null 2>&1; then
  echo "No copy without its neighbours is tested: git does not know these files."
  skipped=$((skipped + 1))
elif [ $# = 0 ]; then
  echo "Building and testing a copy without its neighbours…"
  if check_lone_copy "$root" "$logs/lone.log"; then
    passed=$((passed + 1))
  else
    tail -n 60 "$logs/lone.log"
    failed=$((failed + 1))
  fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
