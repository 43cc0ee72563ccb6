#!/usr/bin/env bash
# Changes the code in many small ways and sees whether the tests notice (dotnet-stryker). Tries what is committed.
# usage: mutation.sh [access|host-policy|journal|execution]...   (default: all, which takes an hour or two)
# Prints one line each; ends with an error where a score is under 80 %. Reports and logs: .artifacts/mutation/NAME.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_dotnet
version=5.1.0
least=80
artifacts=$root/.artifacts/mutation
source=$artifacts/source
tool=$artifacts/tool-$version
[ -x "$tool/dotnet-stryker" ] || dotnet tool install dotnet-stryker --version "$version" --tool-path "$tool" >&2

# Stryker leaves changed programs among the built ones: it works on a copy.
rm -rf "$source"
git clone -q "$root" "$source"

# try NAME PROJECT TESTS FILES: changes the FILES of a project, and runs the TESTS of its test project (both globs).
try() {
  local name=$1 project=$2 tests=$3 files=$4 log=$artifacts/$1/log.txt status=0
  rm -rf "${artifacts:?}/$name"
  mkdir -p "$artifacts/$name"
  (cd "$source/tests/$project.Tests" && MutationTests=$tests nice -n 15 "$tool/dotnet-stryker" \
    --project "$project.csproj" --configuration Release --mutate "$files" --concurrency 1 --test-runner mtp \
    --threshold-high 90 --threshold-low "$least" --break-at "$least" --skip-version-check \
    --reporter Json --reporter Html --output "$artifacts/$name") >"$log" 2>&1 || status=$?
  echo "$name: $(grep -o 'final mutation score is .*' "$log" || echo "no score (see $log)")"
  return "$status"
}

failed=0
for name in "${@:-access host-policy journal execution}"; do
  for part in $name; do
    case $part in
      access) try access StepFlow.Service 'Access/**/*Tests.cs' '**/Access/*.cs' || failed=1 ;;
      host-policy) try host-policy StepFlow.Integrations 'Http/HostPolicyTests.cs' '**/Http/HostPolicy.cs' || failed=1 ;;
      journal) try journal StepFlow.Local 'Journal/**/*Tests.cs' '**/Journal/*.cs' || failed=1 ;;
      execution) try execution StepFlow.Execution '**/*Tests.cs' '**/*.cs' || failed=1 ;;
      *) echo "mutation.sh: $part is not known; there are access, host-policy, journal and execution" >&2; exit 2 ;;
    esac
  done
done
exit "$failed"
