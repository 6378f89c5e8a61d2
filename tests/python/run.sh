#!/usr/bin/env bash
# The Python package: built as a wheel, installed in a virtual environment of its own, tested; its types held
# against the module by mypy's stubtest; the notebooks executed from beginning to end, their pages written to
# OUT if it is given; with TEMOIN_SPARK=1 (Java, and pyspark is installed) the Spark example as well.
#
#     tests/python/run.sh [OUT]
set -euo pipefail
out=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."
source tests/venv.sh
venv python tests/python/requirements.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$venv/bin/maturin" build --quiet --locked --profile "${TEMOIN_PROFILE:-dev}" --out "$work/wheels" --interpreter "$venv/bin/python"
"$venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$work"/wheels/*.whl
"$venv/bin/python" -m pytest --quiet -p no:cacheprovider -W ignore::DeprecationWarning python/tests
(cd "$work" && "$venv/bin/python" -m mypy.stubtest temoin)

# Of other articles, which say less than the example ones, but have the names that the notebooks ask for.
mkdir "$work/little"
echo "Hassan Diab a critiqué le Liban." > "$work/little/article.txt"
for notebook in examples/notebooks/*.ipynb; do
  "$venv/bin/python" tests/python/notebook.py "$notebook" "${out:-$work/pages}"
  "$venv/bin/python" tests/python/notebook.py "$notebook" "$work/pages/little" "$work/little"
done

if [ -n "${TEMOIN_SPARK:-}" ]; then
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/python/spark.txt
  "$venv/bin/python" -m pytest --quiet -s -p no:cacheprovider examples/spark
else
  echo "skipped: the Spark example (TEMOIN_SPARK=1 runs it; it needs Java and installs pyspark, 450 MB)"
fi
