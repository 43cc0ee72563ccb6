#!/usr/bin/env bash
# Runs the built server as a process under load and faults, then checks everything that was acknowledged.
#   scripts/reliability.sh [--minutes N] [--seed S] [--kinds A,B] [--faults A,B] [--rate N] [--between SECONDS] [--artifacts DIR]
#   scripts/reliability.sh --proof short-waits|inline-maps|spinning|lists|disk-full [--minutes N]
# The seed is printed; with it the run starts the same executions and faults again. Ends with 0 when everything held.
# Logs and the histories of wrong executions: .artifacts/reliability, or DIR.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_faketime
dotnet build tests/StepFlow.Reliability -c Release -v q -nologo -clp:ErrorsOnly >&2
exec tests/StepFlow.Reliability/bin/Release/net10.0/StepFlow.Reliability --artifacts "$root/.artifacts/reliability" "$@"
