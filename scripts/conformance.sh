#!/usr/bin/env bash
# Replays the recorded cases and prints one line a suite; what failed goes to .artifacts/conformance.
# usage: conformance.sh [DIR]   DIR is the corpus; default: $STEPFLOW_CORPUS, else ../shared/conformance
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
corpus=${1:-${STEPFLOW_CORPUS:-../shared/conformance}}
[ -d "$corpus" ] || { echo "conformance.sh: no such folder: $corpus" >&2; exit 2; }
corpus=$(cd "$corpus" && pwd)
project=tests/StepFlow.Conformance.Tests
dotnet build "$project" -c Release -v q -nologo -clp:ErrorsOnly
exec dotnet "$project/bin/Release/net10.0/StepFlow.Conformance.Tests.dll" suites "$corpus" .artifacts/conformance "${@:2}"
