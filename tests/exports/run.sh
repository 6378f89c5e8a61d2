#!/usr/bin/env bash
# Every export, read by the program that it is for (tests/exports/check.py says which). The programs
# are kept in a virtual environment of their own, made once for each version of the requirements.
# TEMOIN_DISK names a binary built with --features disk; without it the store on disk is skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/venv.sh
venv exports tests/exports/requirements.txt tests/exports/ftm.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --locked -p temoin-cli
temoin="${CARGO_TARGET_DIR:-target}/debug/temoin"
"$temoin" build data/articles --out "$work/graph" --quiet
"$venv/bin/python" tests/exports/check.py "$temoin" "$work/graph" ${TEMOIN_DISK:+--disk "$TEMOIN_DISK"}
