#!/usr/bin/env bash
# Checks with programs that are not ours: rdflib parses every export and answers the queries of
# examples/queries as the binary does; pySHACL holds the shapes against every built graph; Graphviz
# draws the diagram. Says what it skips.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --locked -p temoin-cli
temoin="${CARGO_TARGET_DIR:-target}/debug/temoin"

"$temoin" build data/articles --out "$work/graph" --quiet
"$temoin" verify "$work/graph"
"$temoin" check "$work/graph"
"$temoin" draw "$work/graph" --out "$work/own.svg"

if command -v dot >/dev/null; then
  "$temoin" draw "$work/graph" > "$work/graph.dot"
  dot -Tsvg "$work/graph.dot" -o "$work/graph.svg"
  grep -q '</svg>' "$work/graph.svg"
  echo "Graphviz: the diagram is drawn"
else
  echo "skipped: Graphviz is not installed (apt-get install graphviz)"
fi

if ! python3 -m venv "$work/venv" 2>/dev/null; then
  echo "skipped: Python with venv is not installed (apt-get install python3-venv): no rdflib, no pySHACL"
  exit 0
fi
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r tests/rdflib/requirements.txt
"$work/venv/bin/python" tests/rdflib/check.py "$temoin" "$work/graph" examples/queries
