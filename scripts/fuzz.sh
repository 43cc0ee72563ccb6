#!/usr/bin/env bash
# Calls every operation of the service with random ARNs, paths, expressions and definitions.
#   scripts/fuzz.sh [MINUTES [SEED]]
# Every answer is held to the API model, and every call to one second of processor time. The seed is printed; with it the run makes the same
# calls again. Ends with 0 when all were answered so.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_dotnet
dotnet build tests/StepFlow.Service.Tests -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" >&2
exec nice dotnet tests/StepFlow.Service.Tests/bin/Release/net10.0/StepFlow.Service.Tests.dll fuzz "${1:-1}" "${@:2}"
