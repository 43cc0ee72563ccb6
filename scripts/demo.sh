#!/usr/bin/env bash
# The video pipeline from an upload to the finished renditions, on this machine and with real tools.
#   scripts/demo.sh            a video goes through
#   scripts/demo.sh --broken   a file that is no video, and one whose transcoding fails
#   scripts/demo.sh --kill     the server is killed (kill -9) in the middle of transcoding, and started again
# Needs git, the .NET SDK and Node; installs ffmpeg and the storage emulator. Leaves nothing running.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/install.sh"
. "$root/scripts/lib/azurite.sh"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

case ${1:-} in
  '' | --broken | --kill) mode=${1:-} ;;
  *)
    echo "usage: scripts/demo.sh [--broken | --kill]" >&2
    exit 2
    ;;
esac

azurite_pid='' server_pid=''
work=$(mktemp -d)
clean_up() {
  local status=$?
  set +e
  stop_process "$server_pid"
  stop_process "$azurite_pid"
  if [ $status != 0 ] && [ -f "$work/server.log" ]; then tail -n 20 "$work/server.log" >&2; fi
  rm -rf "$work"
  return $status
}
trap clean_up EXIT
trap 'exit 130' INT TERM

title() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
storage() { STORAGE=$azurite_connection node "$root/scripts/demo/storage.mjs" "$@"; }
follow() { node "$root/scripts/demo/follow.mjs" "$@"; }

# make_video FILE SIZE SECONDS: a moving test picture and a tone.
make_video() {
  ffmpeg -v error -y -f lavfi -i "testsrc2=size=$2:rate=25:duration=$3" -f lavfi -i "sine=frequency=440:duration=$3" \
    -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags +faststart -f mp4 "$1"
}

# damage FILE: leaves the description and every picture whole and turns the sound into noise: validation and thumbnails
# succeed, transcoding cannot.
damage() {
  ffprobe -v error -select_streams a:0 -show_entries packet=pos,size -of csv=p=0 "$1" | node -e "
    const fs = require('fs'), bytes = fs.readFileSync(process.argv[1]);
    let noise = 1;
    for (const line of fs.readFileSync(0, 'utf8').trim().split('\n')) {
      const [size, at] = line.split(',').map(Number);
      for (let i = at; i < at + size; i++) bytes[i] = (noise = (Math.imul(noise, 1103515245) + 12345) >>> 0) >>> 16;
    }
    fs.writeFileSync(process.argv[1], bytes);" "$1"
}

start_server() {
  cat >"$work/stepflow.json" <<JSON
{
  "Storage": { "ConnectionString": "$azurite_connection" },
  "Messages": { "CreateMissing": true },
  "StateMachines": { "Folder": "$root/scripts/demo/machines" },
  "Video": { "WatchSeconds": 0.5, "TempFolder": "$work" }
}
JSON
  "$root/src/StepFlow.Local/bin/Release/net10.0/stepflow" serve --config "$work/stepflow.json" --data "$work/data" --port 0 \
    >"$work/server.log" 2>&1 &
  server_pid=$!
  wait_for_line "$work/server.log" "$server_pid" 'Listening on '
  server=$(sed -n 's/.*Listening on \(http[^,]*\),.*/\1/p' "$work/server.log")
}

# upload FILE BLOB: retried while the server makes the container.
upload() {
  local tries=0
  until storage put videos "$2" "$1" 2>"$work/upload.log"; do
    tries=$((tries + 1))
    if [ $tries -gt 20 ]; then
      cat "$work/upload.log" >&2
      return 1
    fi
    sleep 0.5
  done
}

show_renditions() {
  local line name
  for name in 1080p 720p 480p 240p; do
    storage get renditions "$1/$name.mp4" "$work/$name.mp4" 2>/dev/null || continue
    line=$(ffprobe -v error -select_streams v:0 -show_entries stream=codec_name,width,height -show_entries format=duration,size -of default=noprint_wrappers=1 "$work/$name.mp4" | sort | tr '\n' ' ')
    echo "$name.mp4  $line"
  done
  for name in poster sprite; do
    storage get renditions "$1/$name.jpg" "$work/$name.jpg"
    line=$(ffprobe -v error -show_entries stream=codec_name,width,height -of default=noprint_wrappers=1 "$work/$name.jpg" | tr '\n' ' ')
    echo "$name.jpg  $line size=$(stat -c %s "$work/$name.jpg")"
  done
}

# show_item ID: by an execution of a small state machine of its own.
show_item() {
  "$root/src/StepFlow.Local/bin/Release/net10.0/stepflow" start show-video --server "$server" --name show --input "{\"id\": \"$1\"}" >/dev/null
  follow output "$server" show-video show | node -e "
    const item = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    for (const [name, value] of Object.entries(item)) console.log(name.padEnd(16) + value);"
}

title "Preparing"
ensure_dotnet
ensure_ffmpeg
if ! dotnet build "$root/src/StepFlow.Local" -c Release -v q >"$work/build.log" 2>&1; then
  cat "$work/build.log" >&2
  exit 1
fi
start_azurite "$root" "$work/azurite.log"
start_server
echo "Storage emulator and server run; the server listens on $server."

if [ "$mode" = --broken ]; then
  title "A file that is not a video"
  echo "These are not the pictures you are looking for." >"$work/notes.mp4"
  upload "$work/notes.mp4" notes.mp4
  follow live "$server" notes- "$work/server.log"

  title "A video that cannot be transcoded"
  make_video "$work/damaged.mp4" 854x480 4
  damage "$work/damaged.mp4"
  upload "$work/damaged.mp4" damaged.mp4
  follow live "$server" damaged- "$work/server.log"

  title "Error notifications (queue video-notifications)"
  storage receive video-notifications

  title "Executions"
  "$root/src/StepFlow.Local/bin/Release/net10.0/stepflow" list video-pipeline --server "$server"
  exit 0
fi

seconds=8
[ "$mode" = --kill ] && seconds=30
title "Making and uploading a video: 1280 x 720, $seconds seconds, with sound"
make_video "$work/demo.mp4" 1280x720 "$seconds"
upload "$work/demo.mp4" demo.mp4
ls -l "$work/demo.mp4" | awk '{print $5 " bytes uploaded as videos/demo.mp4"}'

if [ "$mode" = --kill ]; then
  title "The pipeline, until the first rendition is done"
  follow live "$server" demo- "$work/server.log" >"$work/before.txt" 2>/dev/null &
  wait_for_line "$work/before.txt" "$server_pid" '✓ Transcode'
  kill -9 "$server_pid"
  wait "$server_pid" 2>/dev/null || true
  cat "$work/before.txt"
  title "The server was killed. It starts again with the same data"
  start_server
fi

title "The pipeline"
follow live "$server" demo- "$work/server.log" | tee "$work/live.txt"
id=$(sed -n 's/^Execution //p' "$work/live.txt")

title "Renditions and thumbnails, as ffprobe sees them"
show_renditions "$id"

title "The metadata item (table videos)"
show_item "$id"

title "The notification (queue video-notifications)"
storage receive video-notifications

title "The execution's history in short"
follow short "$server" "$id"
grep -q 'execution SUCCEEDED' "$work/live.txt"
