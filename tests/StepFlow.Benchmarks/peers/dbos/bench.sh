#!/usr/bin/env bash
# usage: bench.sh SCRIPT ARGUMENT...
# Runs a script on a PostgreSQL of its own in a temporary folder, with PostgreSQL's own (durable) defaults.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
script=$1
shift
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
folder=$(mktemp -d)
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U bench -A trust >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200" start >/dev/null
"${as[@]}" "$bin/createdb" -h "$folder" -U bench bench
node "$here/$script" "postgresql://bench@localhost/bench?host=$folder" "$@"
