#!/usr/bin/env bash
# Imports every template with a state machine in a folder, such as a clone of github.com/aws-samples/step-functions-workflows-collection,
# and says which share can be imported as it is, and why others cannot.
#   scripts/samples.sh FOLDER [STEPFLOW]     STEPFLOW is the command; by default the one that was built here
# A template counts as imported where 'stepflow import' ends well: each of its definitions is valid.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:?"usage: scripts/samples.sh FOLDER [STEPFLOW]"}
stepflow=${2:-$root/src/StepFlow.Local/bin/Release/net10.0/stepflow}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0
good=0
while IFS= read -r template; do
  count=$((count + 1))
  if "$stepflow" import "$template" --output "$work/$count" >"$work/said" 2>&1; then
    good=$((good + 1))
  else
    echo "${template#"$folder"/}: $(grep -m 1 -E 'error|stepflow:' "$work/said" || head -1 "$work/said")"
  fi
done < <(grep -rlE 'Type"?: *.?AWS::(Serverless|StepFunctions)::StateMachine' "$folder" --include='*.yaml' --include='*.yml' --include='*.json' --include='*.template' --exclude-dir=node_modules | LC_ALL=C sort)
echo "$good of $count templates are imported as they are."
