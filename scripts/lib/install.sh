# Installs what a script needs and this machine lacks. Sourced, never run by itself.
# Each function does nothing where its tool is already there.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# ensure_packages COMMAND PACKAGE...: installs Debian packages unless COMMAND exists.
ensure_packages() {
  local command=$1
  shift
  command -v "$command" >/dev/null 2>&1 && return 0
  echo "Installing $* (for $command)…" >&2
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# ensure_dotnet: whether there is an SDK that builds this; says what to do where there is none.
ensure_dotnet() {
  local version
  version=$(dotnet --version 2>/dev/null) || version=none
  [[ ${version%%.*} =~ ^[0-9]+$ && ${version%%.*} -ge 10 ]] && return 0
  echo "StepFlow needs the .NET SDK 10 or later; here is: $version. Install it from https://dotnet.microsoft.com/download." >&2
  return 1
}

ensure_ffmpeg() {
  ensure_packages ffmpeg ffmpeg
}

ensure_chromium() {
  ensure_packages chromium chromium
}

# Lets the reliability run step the server's clock.
ensure_faketime() {
  ensure_packages faketime faketime
}

# Leads the fuzzing of parsers.
ensure_afl() {
  ensure_packages afl-fuzz afl++
}

# PostgreSQL's programs are in no PATH on Debian.
ensure_postgres() {
  ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || ensure_packages postgres-server-is-missing postgresql
}

# ensure_npm FOLDER: installs a folder's locked npm packages unless they are there.
ensure_npm() {
  local folder=$1
  [ -f "$folder/node_modules/.package-lock.json" ] && [ ! "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ] && return 0
  (cd "$folder" && npm ci --silent --no-audit --no-fund >&2)
}

# ensure_aws ROOT: an aws-cli and boto3 that know every operation; in a folder of the project's own unless the machine has them.
ensure_aws() {
  local venv=$1/.artifacts/aws
  if aws --version 2>&1 | grep -qE 'aws-cli/1\.(4[5-9]|[5-9][0-9])' && python3 -c 'import boto3' 2>/dev/null; then
    return 0
  fi
  if [ ! -x "$venv/bin/aws" ]; then
    ensure_packages pip3 python3-venv python3-pip
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet 'awscli==1.45.11' boto3 >&2
  fi
  export PATH="$venv/bin:$PATH"
}
