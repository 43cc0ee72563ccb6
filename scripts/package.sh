#!/usr/bin/env bash
# Makes what StepFlow is installed from. Needs the .NET SDK 10, Node and their feeds.
#   scripts/package.sh [--output FOLDER] [RID...]
# RID: linux-x64, linux-arm64, osx-arm64, win-x64; all of them where none is named. Into FOLDER, .artifacts/packages by
# default:
#   StepFlow.VERSION.nupkg              dotnet tool install --global StepFlow
#   stepflow-VERSION-RID.tar.gz         the program alone; needs no runtime beside it
#   npm/stepflow-VERSION.tgz            npx stepflow; brings the program of its platform:
#   npm/stepflow-OS-CPU-VERSION.tgz
#   SHA256SUMS
# The same commit gives the same bytes. The container image is built from infra/local/Dockerfile, with the same settings.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/install.sh"

usage() {
  sed -n '2,12s/^# \{0,1\}//p' "$0"
}

output=$root/.artifacts/packages
rids=()
while [ $# -gt 0 ]; do
  case $1 in
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    linux-x64 | linux-arm64 | osx-arm64 | win-x64) rids+=("$1"); shift ;;
    *) echo "package.sh: $1 is neither an option nor a platform." >&2; usage >&2; exit 2 ;;
  esac
done
[ ${#rids[@]} -gt 0 ] || rids=(linux-x64 linux-arm64 osx-arm64 win-x64)

ensure_dotnet
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
project=$root/src/StepFlow.Local
# Its own folder for what is built on the way: packages for a platform need a restore of their own.
work=$root/.artifacts/package
version=$(dotnet msbuild "$project" -getProperty:Version)
# Files carry the commit's time, so that they do not differ from run to run.
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=946684800
export SOURCE_DATE_EPOCH
common=(-c Release -v q -nologo -clp:ErrorsOnly --artifacts-path "$work/build" -p:ContinuousIntegrationBuild=true)

mkdir -p "$output"
rm -rf "$work"/program-*
find "$output" -maxdepth 2 \( -name '*.nupkg' -o -name '*.tar.gz' -o -name '*.tgz' -o -name SHA256SUMS \) -delete

echo "Packing the .NET tool…"
dotnet pack "$project" "${common[@]}" -o "$output"

programs=()
for rid in "${rids[@]}"; do
  echo "Publishing the program for $rid…"
  folder=$work/program-$rid
  dotnet publish "$project" "${common[@]}" -r "$rid" -o "$folder"
  program=stepflow
  [[ $rid == win-* ]] && program=stepflow.exe
  cp "$root/src/LICENSE" "$folder/LICENSE"
  tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mode=755 --mtime="@$SOURCE_DATE_EPOCH" -cf - "$program" LICENSE \
    | gzip -9n >"$output/stepflow-$version-$rid.tar.gz"
  programs+=("$rid=$folder/$program")
done

echo "Packing for npm…"
node "$root/scripts/npm/pack.js" "$version" "$project/package.md" "$root/src/LICENSE" "$output/npm" "${programs[@]}"

(cd "$output" && find . -type f \( -name '*.nupkg' -o -name '*.tar.gz' -o -name '*.tgz' \) -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
(cd "$output" && find . -type f -printf '%10s  %P\n' | LC_ALL=C sort -k2)
