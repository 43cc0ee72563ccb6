#!/usr/bin/env bash
# Writes the reference in src/docs/reference anew, from the code. A test holds it to the code.
set -euo pipefail
cd "$(dirname "$0")/.."
STEPFLOW_WRITE_DOCS=1 dotnet test tests/StepFlow.Local.Tests -c Release --filter FullyQualifiedName~ReferenceTests -v q
