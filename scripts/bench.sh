#!/usr/bin/env bash
# Measures StepFlow, each figure against a peer in the same run where there is one.
#   scripts/bench.sh [--short] [NAME...]
# Prints one plain line a figure: bench NAME ours=V peer=V ratio=R unit=U
# Names: in-memory-states in-memory-map bytes-per-state durable-steps-1 durable-steps-100 durable-steps-1000
#        waiting-100000-rss waiting-100000-recovery jsonata-median ...
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_dotnet
for peer in tests/StepFlow.Benchmarks/peers/*/; do
  ensure_npm "$peer"
done
ensure_postgres
dotnet build tests/StepFlow.Benchmarks -c Release -v q -nologo -clp:ErrorsOnly >&2
exec tests/StepFlow.Benchmarks/bin/Release/net10.0/StepFlow.Benchmarks "$@"
