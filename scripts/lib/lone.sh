# Checks that the repository needs nothing beside it. Sourced, never run by itself.

# check_lone_copy ROOT LOG: builds a copy of the tracked files, alone in a folder of its own and with an empty home, and
# runs the tests there that read what is not in the repository. Packages that this machine has are not fetched again.
check_lone_copy() {
  local root=$1 log=$2 folder status=0
  folder=$(mktemp -d)
  mkdir -p "$folder/repo" "$folder/home"
  (
    set -e
    cd "$root"
    git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
      if [ -e "$file" ]; then printf '%s\0' "$file"; fi
    done | xargs -0 cp --parents -t "$folder/repo"
    export NUGET_PACKAGES=${NUGET_PACKAGES:-$HOME/.nuget/packages} npm_config_cache=${npm_config_cache:-$HOME/.npm}
    export HOME=$folder/home
    unset STEPFLOW_CORPUS
    cd "$folder/repo"
    # The analyzers have run on the same files before.
    dotnet build StepFlow.sln -c Release -v q -nologo -clp:ErrorsOnly -p:RunAnalyzers=false
    dotnet test tests/StepFlow.Architecture.Tests -c Release --no-build -v q
    dotnet test tests/StepFlow.Conformance.Tests -c Release --no-build -v q
    dotnet test tests/StepFlow.Integrations.Tests -c Release --no-build -v q --filter FullyQualifiedName~Recorded
  ) >"$log" 2>&1 || status=1
  rm -rf "$folder"
  return $status
}
