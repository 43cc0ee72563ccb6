#!/usr/bin/env bash
# Calls every operation of the service with random ARNs, paths, expressions and definitions.
#   scripts/fuzz.sh [MINUTES [SEED]]
# Checks every response against the API model, and that no call takes more than one second of processor time. Prints the seed; with it the
# run makes the same calls again. Ends with 0 if all checks passed.
#
# Or searches for inputs that a parser, or the HTTP endpoints, neither accept nor reject, guided by code coverage (AFL++, SharpFuzz):
#   scripts/fuzz.sh parsers [MINUTES [TARGET...]]
# The minutes are shared by the targets. Ends with 0 when nothing was found; else names the inputs. Put each into tests/StepFlow.Fuzzing.Tests/Cases/TARGET.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/lib/install.sh
ensure_dotnet

if [ "${1:-}" != parsers ]; then
  dotnet build tests/StepFlow.Service.Tests -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" >&2
  exec nice dotnet tests/StepFlow.Service.Tests/bin/Release/net10.0/StepFlow.Service.Tests.dll fuzz "${1:-1}" "${@:2}"
fi

minutes=${2:-10}
shift "$(($# < 2 ? $# : 2))"
ensure_afl || { echo "AFL++ could not be installed: apt-get install afl++" >&2; exit 2; }
dotnet build tests/StepFlow.Fuzzing.Tests -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" >&2
built=tests/StepFlow.Fuzzing.Tests/bin/Release/net10.0
work=$root/.artifacts/fuzz
rm -rf "$work"
mkdir -p "$work/out"
cp -r "$built" "$work/program"
dotnet "$built/StepFlow.Fuzzing.Tests.dll" instrument "$work/program" >/dev/null
[ $# -gt 0 ] || mapfile -t targets < <(dotnet "$built/StepFlow.Fuzzing.Tests.dll" targets)
[ $# -eq 0 ] || targets=("$@")
seconds=$((minutes * 60 / ${#targets[@]}))
export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_FORKSRV_INIT_TMOUT=120000
found=0
for target in "${targets[@]}"; do
  dotnet "$built/StepFlow.Fuzzing.Tests.dll" seeds "$target" "$work/seeds/$target"
  if ! nice -n 19 afl-fuzz -V "$seconds" -t 20000 -m none -i "$work/seeds/$target" -o "$work/out/$target" -- \
    dotnet "$work/program/StepFlow.Fuzzing.Tests.dll" run "$target" >"$work/$target.log" 2>&1; then
    echo "$target: AFL++ did not run; see $work/$target.log" >&2
    exit 2
  fi
  stats=$work/out/$target/default/fuzzer_stats
  bad=$(find "$work/out/$target/default/crashes" "$work/out/$target/default/hangs" -type f -name 'id*' 2>/dev/null | sort)
  echo "$target: $(sed -nE 's/^execs_done *: //p' "$stats") inputs, $(sed -nE 's/^corpus_count *: //p' "$stats") in the corpus, $(printf '%s' "$bad" | grep -c . || true) found"
  [ -z "$bad" ] || { found=1; printf '%s\n' "$bad"; }
done
exit $found
