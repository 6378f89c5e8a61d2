#!/usr/bin/env bash
# Every export, read by the program that it is for (tests/exports/check.py says which). The programs
# are kept in a virtual environment of their own, made once for each version of the requirements.
# TEMOIN_DISK names a binary built with --features disk; without it the store on disk is skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v python3 >/dev/null || ! python3 -c 'import venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "skipped: Python 3.11 or later with venv is not installed"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(cat tests/exports/*.txt <(python3 --version) | sha256sum | cut -c1-16)
venv="${XDG_CACHE_HOME:-$HOME/.cache}/temoin-ci/exports-$version"
if [ ! -e "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  install() { "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1"; }
  install tests/exports/requirements.txt
  # Made anew at the next run where this fails.
  if install tests/exports/ftm.txt; then touch "$venv/complete"; fi
fi
cargo build --quiet --locked -p temoin-cli
temoin="${CARGO_TARGET_DIR:-target}/debug/temoin"
"$temoin" build data/articles --out "$work/graph" --quiet
"$venv/bin/python" tests/exports/check.py "$temoin" "$work/graph" ${TEMOIN_DISK:+--disk "$TEMOIN_DISK"}
