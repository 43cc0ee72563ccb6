#!/usr/bin/env bash
# Times each way of installing: from nothing (an empty home, an empty folder) to a running execution that the console shows.
#   scripts/first-run.sh [PACKAGES] [WAY...]
# PACKAGES is what scripts/package.sh made, .artifacts/packages by default; WAY is tool, program or npm, all by default.
# The packages come from that folder, so that downloads are not in the figures: the tool has 24 MB, the others 57 MB.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
packages=$(cd "${1:-$root/.artifacts/packages}" && pwd)
shift || true
ways=("$@")
[ ${#ways[@]} -gt 0 ] || ways=(program tool npm)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -- "-$server" 2>/dev/null || true; rm -rf "$work"' EXIT

one() {
  [ $# -eq 1 ] && [ -f "$1" ] || { echo "first-run.sh: $packages holds no ${1##*/}; scripts/package.sh makes it." >&2; exit 1; }
  echo "$1"
}

# What a person types, after these three lines of a definition.
definition() {
  cat <<'YAML'
StartAt: Wait
States:
  Wait: {Type: Wait, Seconds: 3600, End: true}
YAML
}

install_program() {
  tar -xzf "$(one "$packages"/stepflow-*-linux-x64.tar.gz)"
  stepflow=(./stepflow)
}

install_tool() {
  printf '<configuration><packageSources><clear /><add key="made" value="%s" /></packageSources></configuration>' "$packages" >nuget.config
  dotnet tool install StepFlow --tool-path tools --configfile nuget.config >/dev/null
  stepflow=(./tools/stepflow)
}

install_npm() {
  echo '{}' >package.json
  npm install --offline --no-audit --no-fund --silent "$(one "$packages"/npm/stepflow-linux-x64-*.tgz)" "$(one "$packages"/npm/stepflow-[0-9]*.tgz)"
  stepflow=(npx --no-install stepflow)
}

# A page that is there and holds a text.
page() {
  node -e 'fetch(process.argv[1]).then(async page => { if (!page.ok || !(await page.text()).includes(process.argv[2])) { throw new Error(`${page.url}: ${page.status}`); } })' "$@"
}

seconds() {
  awk -v from="$1" -v to="$2" 'BEGIN { printf "%.1f", to - from }'
}

run() {
  local way=$1 folder=$work/$1 begin installed shown url
  mkdir -p "$folder/home"
  cd "$folder"
  export HOME=$folder/home DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  begin=$EPOCHREALTIME
  "install_$way"
  installed=$EPOCHREALTIME
  definition >hello.asl.yaml
  : >server.log
  # A process group of its own: npx does not pass signals on.
  set -m
  "${stepflow[@]}" serve --port 0 >server.log 2>errors.log &
  server=$!
  set +m
  until grep -q '^Listening on ' server.log; do
    kill -0 "$server" || { cat server.log errors.log >&2; exit 1; }
    read -rt 0.02 <> <(:) || true
  done
  url=$(sed -n 's/^Listening on \([^,]*\),.*/\1/p' server.log)
  export STEPFLOW_SERVER=$url
  "${stepflow[@]}" deploy hello.asl.yaml >/dev/null
  "${stepflow[@]}" start hello --name first >/dev/null
  page "$url/console/executions/arn:aws:states:us-east-1:123456789012:execution:hello:first" '<script'
  page "$url/api/statemachines/hello/executions/first" '"status":"RUNNING"'
  shown=$EPOCHREALTIME
  echo "$way: installed in $(seconds "$begin" "$installed") s, an execution running in the console after $(seconds "$begin" "$shown") s"
  kill -- "-$server"
  wait "$server" 2>/dev/null || true
  server=
  cd "$root"
}

for way in "${ways[@]}"; do
  run "$way"
done
