#!/usr/bin/env bash
# Replays the recorded cases and prints one line a suite; what failed goes to .artifacts/conformance.
# usage: conformance.sh [DIR [TEXT]]
#   DIR   the corpus: a folder with asl, definitions and jsonata, or some of them;
#         default: $STEPFLOW_CORPUS, else ../shared/conformance beside the repository
#   TEXT  only the asl cases whose id contains it
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=${1:-${STEPFLOW_CORPUS:-$root/../shared/conformance}}
[ -d "$corpus" ] || { echo "conformance.sh: no such folder: $corpus" >&2; exit 2; }
corpus=$(cd "$corpus" && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_dotnet
project=tests/StepFlow.Conformance.Tests
dotnet build "$project" -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" >&2
exec dotnet "$project/bin/Release/net10.0/StepFlow.Conformance.Tests.dll" suites "$corpus" .artifacts/conformance "${@:2}"
