#!/usr/bin/env bash
# Words per second of temoin, spaCy and UDPipe 1 on the same French news, in one run on one core:
#   benches/peers/run.sh [--corpora DIR] [more options of peers.py]
# Without --corpora the folder is TEMOIN_CORPORA; without either it says so and measures nothing.
# Writes docs/speed.tsv. Python packages and the UDPipe model stay in a cache folder outside the clone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root"
corpora=${TEMOIN_CORPORA:-}
if [ "${1:-}" = --corpora ]; then corpora=$2; shift 2; fi
if [ ! -d "$corpora/ner/fr/winer/train" ] || [ ! -f "$corpora/parsing/fr/fr_sequoia-ud-train.conllu" ]; then
  echo "skipped: no corpora; give their folder with --corpora or in TEMOIN_CORPORA"
  exit 0
fi
cache=${TEMOIN_BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/temoin-peers}
mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/installed.txt"; then
  python3 -m venv "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$cache/installed.txt"
fi
cargo build --release --quiet --locked -p temoin-train -p temoin-cli
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 BLIS_NUM_THREADS=1
exec "$cache/venv/bin/python" "$here/peers.py" --corpora "$corpora" --cache "$cache" \
  --bin "${CARGO_TARGET_DIR:-$root/target}/release" --out "$root/docs/speed.tsv" "$@"
