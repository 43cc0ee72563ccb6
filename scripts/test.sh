#!/usr/bin/env bash
# Builds everything and runs every test, on a machine that has git, the .NET SDK and Node.
# Installs what else the tests need. Ends with one line: N passed, N failed, N skipped.
#   scripts/test.sh            all
#   scripts/test.sh NAME...    only the test projects whose names contain NAME
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export STEPFLOW_CORPUS=${STEPFLOW_CORPUS:-$root/../shared/conformance}
contracts=${AZURE_CONTRACTS:-$root/../shared/azure-contracts/AzureContracts.csproj}
logs=$root/.artifacts/test-logs
rm -rf "$logs"
mkdir -p "$logs"

fail() {
  echo "$1"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

ensure_ffmpeg || fail "ffmpeg could not be installed: apt-get install ffmpeg"
ensure_chromium || fail "Chromium could not be installed: apt-get install chromium"
ensure_aws "$root" || fail "aws-cli could not be installed: pip install awscli boto3"
while read -r lock; do
  ensure_npm "$(dirname "$lock")" || fail "npm ci failed in $(dirname "$lock")"
done < <(git ls-files 'scripts/*package-lock.json' 'tests/*.Tests/*package-lock.json' 'src/*package-lock.json')

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

# run_tests NAME ARGUMENTS...: one test project; adds its counts.
run_tests() {
  local name=$1 log=$logs/$1.log line
  shift
  echo "Testing $name…"
  dotnet test "$@" >"$log" 2>&1
  local status=$?
  line=$(grep -E '(Passed|Failed|Skipped)! +- Failed:' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    tail -n 40 "$log"
    failed=$((failed + 1))
    return
  fi
  [ $status = 0 ] || grep -vE '^\s*$' "$log" | tail -n 120
  echo "  $line"
  passed=$((passed + $(sed -E 's/.*Passed: +([0-9]+).*/\1/' <<<"$line")))
  failed=$((failed + $(sed -E 's/.*Failed: +([0-9]+).*/\1/' <<<"$line")))
  skipped=$((skipped + $(sed -E 's/.*Skipped: +([0-9]+).*/\1/' <<<"$line")))
}

wanted() {
  [ $# = 1 ] && return 0
  local name=$1 part
  shift
  for part in "$@"; do [[ $name == *"$part"* ]] && return 0; done
  return 1
}

# test_azure_app NAME PROJECT: compiles the Azure app against the signatures of its packages, and runs its tests on the
# packages themselves; on the signatures where the feed lacks the packages. One package has a stand-in of its own
# (ServiceBusContract). With an empty AZURE_CONTRACTS only the packages count.
test_azure_app() {
  local name=$1 project=$2
  local signatures=(-p:AzureContracts="$contracts") packages=(-p:Configuration=Azure)
  if [ -n "$contracts" ]; then
    export AzureContractsArtifacts=$root/.artifacts/azure-contracts
    packages+=(-p:ServiceBusContract="$(dirname "$contracts")/Microsoft.Azure.Functions.Worker.ServiceBus.cs")
    if ! dotnet restore "$project" "${packages[@]}" -v q >"$logs/$name.restore.log" 2>&1; then
      echo "  The feed lacks the Azure Functions packages: testing against their signatures."
      run_tests "$name" "$project" -c Release "${signatures[@]}" -v q
      return
    fi
    if dotnet build "$project" -c Release "${signatures[@]}" -v q -clp:ErrorsOnly; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  fi
  run_tests "$name" "$project" "${packages[@]}" -v q
}

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  wanted "$name" "$@" || continue
  if [ "$name" = StepFlow.Functions.Tests ]; then
    test_azure_app "$name" "$project"
  else
    run_tests "$name" "$project" -c Release --no-build -v q
  fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
