"""What Python costs: the time of the import, and extraction from Python beside the command line, in the same run.

    python benches/python/speed.py TEMOIN [FOLDER]

TEMOIN is a binary that was built as the installed package was (the same profile). Without FOLDER, the articles are
the example ones, each with forty other ends. Prints medians of five runs in turn and their ratio.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORT = "import time; t = time.perf_counter(); import temoin; print(time.perf_counter() - t)"
EXTRACT = """
import sys, time, temoin
start = time.perf_counter()
report = temoin.build(sys.argv[1], sys.argv[2])
print(time.perf_counter() - start)
"""


def copies(folder: Path) -> Path:
    data = Path(__file__).resolve().parents[2] / "data" / "articles"
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as out:
        for file in sorted(data.glob("*.txt")):
            text = file.read_bytes().decode("cp1252" if "cp1252" in file.name else "utf-8-sig")
            for n in range(40):
                line = {"id": f"{file.name}-{n}", "date": file.name[:10], "text": f"{text}\n\nFin numéro {n}."}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return folder / "articles.jsonl"


def main() -> None:
    binary = Path(sys.argv[1]).resolve()
    run = lambda *args: subprocess.run(args, check=True, capture_output=True, text=True).stdout
    imports = [float(run(sys.executable, "-c", IMPORT)) for _ in range(5)]
    print(f"import temoin: {statistics.median(imports) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as work:
        articles = Path(sys.argv[2]) if len(sys.argv) > 2 else copies(Path(work))
        alone, python = [], []
        for n in range(5):
            start = time.perf_counter()
            run(str(binary), "build", str(articles), "--out", f"{work}/c{n}", "--quiet")
            alone.append(time.perf_counter() - start)
            python.append(float(run(sys.executable, "-c", EXTRACT, str(articles), f"{work}/p{n}")))
        a, p = statistics.median(alone), statistics.median(python)
        print(f"build: command line {a:.2f} s, Python {p:.2f} s: {p / a:.2f} times")


main()
