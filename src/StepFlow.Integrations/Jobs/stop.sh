# Stops one job: sh -c SCRIPT sh FOLDER PROCESS. First it may clean up, after ten seconds it is killed.
folder=$1
group=$2
exec </dev/null >/dev/null 2>&1
umask 077
kill -s TERM -- "-$group" || kill -s TERM "$group"
tries=0
while [ $tries -lt 100 ] && [ ! -e "$folder/exit" ]; do
  sleep 0.1
  tries=$((tries + 1))
done
kill -s KILL -- "-$group" || [ -e "$folder/exit" ] || kill -s KILL "$group"
[ -e "$folder/exit" ] || { printf 137 >"$folder/exit.new"; mv "$folder/exit.new" "$folder/exit"; }
