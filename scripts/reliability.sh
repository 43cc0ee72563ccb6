#!/usr/bin/env bash
# Runs the built server as a process under load and faults, then checks everything that was acknowledged.
#   scripts/reliability.sh [--minutes N] [--seed S] [--kinds A,B] [--faults A,B] [--rate N] [--between SECONDS] [--artifacts DIR]
#   scripts/reliability.sh --proof short-waits|inline-maps|spinning|large-maps|lists|disk-full [--minutes N]
#   scripts/reliability.sh --proof azure-kills [--kills N] [--seed S]   two instances on Durable's Azure Storage back end: 50 kills
#   scripts/reliability.sh --proof azure-outage   the same back end, whose storage is away for some 20 s: two to five minutes
# The seed is printed; with it the run starts the same executions and faults again. Ends with 0 when everything held.
# Logs and the histories of wrong executions: .artifacts/reliability, or DIR.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
if [ "${1:-} ${2:-}" = "--proof azure-kills" ]; then
  export STEPFLOW_KILLS=50
  shift 2
  while [ $# -gt 1 ]; do
    case "$1" in
      --kills) export STEPFLOW_KILLS=$2 ;;
      --seed) export STEPFLOW_SEED=$2 ;;
      *) echo "unknown option $1: see the head of this script" >&2; exit 2 ;;
    esac
    shift 2
  done
  exec dotnet test tests/StepFlow.Functions.Tests -c Release --filter FullyQualifiedName~KilledInstanceTests --logger "console;verbosity=detailed"
fi
if [ "${1:-} ${2:-}" = "--proof azure-outage" ]; then
  STEPFLOW_STORAGE_OUTAGE=1 exec dotnet test tests/StepFlow.Functions.Tests -c Release --filter FullyQualifiedName~StorageOutageTests --logger "console;verbosity=detailed"
fi
ensure_faketime
dotnet build tests/StepFlow.Reliability -c Release -v q -nologo -clp:ErrorsOnly >&2
exec tests/StepFlow.Reliability/bin/Release/net10.0/StepFlow.Reliability --artifacts "$root/.artifacts/reliability" "$@"
