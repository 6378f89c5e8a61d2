# Sourced by the checks that run Python programs: `venv NAME REQUIREMENTS [MORE…]` makes a virtual environment once
# for each version of the files and sets $venv to it. MORE may fail to install, and is tried again by the next run.
# Without a Python for it the check ends with a message.
venv() {
  local name=$1 version more
  shift
  if ! command -v python3 >/dev/null || ! python3 -c 'import venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "skipped: Python 3.11 or later with venv is not installed"
    exit 0
  fi
  version=$(cat "$@" <(python3 --version) | sha256sum | cut -c1-16)
  venv="${XDG_CACHE_HOME:-$HOME/.cache}/temoin-ci/$name-$version"
  if [ -e "$venv/complete" ]; then return; fi
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1"
  shift
  for more in "$@"; do
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$more" || return 0
  done
  touch "$venv/complete"
}
