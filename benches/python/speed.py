"""What Python costs: the time of the import, and extraction from Python beside the command line, in the same run.

    python benches/python/speed.py TEMOIN [PATH]

TEMOIN is a binary that was built as the installed package was (the same profile). Without PATH, the articles are
the example ones, each with forty other ends; of a PATH that is no file of JSON Lines with "id", "date" and "text", only
building is measured. Prints medians of five runs in turn and their ratio.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORT = "import time; t = time.perf_counter(); import temoin; print(time.perf_counter() - t)"
BUILD = """
import sys, time, temoin
start = time.perf_counter()
report = temoin.build(sys.argv[1], sys.argv[2])
print(time.perf_counter() - start)
"""

# Article by article, each claim as a dict; one thread, as `temoin extract --threads 1`.
EXTRACT = """
import json, sys, time, temoin
start = time.perf_counter()
pipeline = temoin.Pipeline()
for line in open(sys.argv[1], encoding="utf-8"):
    article = json.loads(line)
    found = pipeline.extract(article["text"], name=article["id"], date=article["date"])
    claims = [claim.to_dict() for claim in found.claims]
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
        def compare(what: str, command: list[str], code: str, *args: str) -> None:
            alone, python = [], []
            for n in range(5):
                start = time.perf_counter()
                run(str(binary), *(part.format(n) for part in command))
                alone.append(time.perf_counter() - start)
                python.append(float(run(sys.executable, "-c", code, str(articles), *(a.format(n) for a in args))))
            a, p = statistics.median(alone), statistics.median(python)
            print(f"{what}: command line {a:.2f} s, Python {p:.2f} s: {p / a:.2f} times")

        compare("build", ["build", str(articles), "--out", f"{work}/c{{}}", "--quiet"], BUILD, f"{work}/p{{}}")
        if articles.is_file():
            once = ["extract", str(articles), "--format", "jsonl", "--threads", "1", "--quiet"]
            compare("extract, one thread", once, EXTRACT)


main()
