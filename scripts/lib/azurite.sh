# Starts and stops the storage emulator. Sourced, never run by itself; needs ensure_npm of install.sh.

# start_azurite ROOT LOG: in memory, on free ports of the loopback. Sets azurite_pid and azurite_connection.
start_azurite() {
  local root=$1 log=$2 service port
  local account=devstoreaccount1
  # The emulator's documented key, the same on every machine.
  local key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
  ensure_npm "$root/scripts/azurite" || return 1
  node "$root/scripts/azurite/node_modules/azurite/dist/src/azurite.js" \
    --silent --disableTelemetry --inMemoryPersistence --skipApiVersionCheck \
    --blobHost 127.0.0.1 --blobPort 0 --queueHost 127.0.0.1 --queuePort 0 --tableHost 127.0.0.1 --tablePort 0 \
    >"$log" 2>&1 &
  azurite_pid=$!
  azurite_connection="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key;"
  for service in Blob Queue Table; do
    wait_for_line "$log" "$azurite_pid" "Azurite $service service is successfully listening" || return 1
    port=$(sed -n "s|.*Azurite $service service is successfully listening at http://127.0.0.1:\([0-9]*\).*|\1|p" "$log")
    azurite_connection+="${service}Endpoint=http://127.0.0.1:$port/$account;"
  done
}

# wait_for_line FILE PID TEXT: until a process has written a line; fails when it ends before, or after a minute.
wait_for_line() {
  local file=$1 pid=$2 text=$3 tries=0
  until grep -q "$text" "$file" 2>/dev/null; do
    tries=$((tries + 1))
    if ! kill -0 "$pid" 2>/dev/null || [ $tries -gt 600 ]; then
      cat "$file" >&2
      return 1
    fi
    sleep 0.1
  done
}

# stop_process PID: asks a process to end, and makes it after ten seconds.
stop_process() {
  local pid=$1 tries=0
  [ -n "$pid" ] || return 0
  kill "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}
