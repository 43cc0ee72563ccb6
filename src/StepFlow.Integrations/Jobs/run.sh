# Runs one job: sh -c SCRIPT sh FOLDER PROGRAM ARGUMENT...
# It belongs to nobody: it goes on when the server ends, and what it leaves in the folder tells a later server how it went.
folder=$1
shift
exec </dev/null >/dev/null 2>&1
umask 077

# Only one can make this file: a job runs once, whoever starts it, however often.
( set -C; : >"$folder/started" ) || exit 0

# The process, and when it began: a later process of the same number is another one.
if [ -r "/proc/$$/stat" ]; then
  begun=$( set -- $(cat "/proc/$$/stat"); shift 21; printf '%s' "$1" )
else
  begun=$( ps -o lstart= -p $$ )
fi
printf '%s %s' "$$" "$begun" >"$folder/process.new"
mv "$folder/process.new" "$folder/process"

# A signal to the whole group is for the program; this waits for it, and records how it ended.
trap : HUP INT TERM
"$@" <"$folder/input.json" >>"$folder/log" 2>&1
printf '%s' "$?" >"$folder/exit.new"
mv "$folder/exit.new" "$folder/exit"
