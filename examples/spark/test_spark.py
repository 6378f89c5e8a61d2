"""Spark's graph is that of one machine: python -m pytest examples/spark"""

import json
import shutil
import sys
import time
from pathlib import Path

import pytest
import temoin

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java on this machine", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parent))
ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"


def test_the_union_is_the_graph_of_one_machine(tmp_path):
    import os

    import extract
    from pyspark.sql import SparkSession

    lines = []
    for file in sorted(ARTICLES.glob("*.txt")):
        encoding = "cp1252" if "cp1252" in file.name else "utf-8-sig"
        text = file.read_bytes().decode(encoding)
        lines.append({"id": file.name, "date": file.name[:10], "text": text})
    lines += [json.loads(line) for line in (ARTICLES / "depeches.jsonl").read_text(encoding="utf-8").splitlines()]
    # Enough for several partitions: the same stories with another end, for texts that are equal are one article.
    lines += [
        {**line, "id": f"{line['id']}-{n}", "text": f"{line['text']}\n\nLe maire a arrêté {n + 2} suspects à Lyon."}
        for n in range(20)
        for line in lines
    ]
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join([*texts, '{"id": "broken", "te', '{"id": "empty", "text": ""}']), encoding="utf-8")

    begin = time.perf_counter()
    pipeline = temoin.Pipeline()
    with pytest.warns(temoin.TemoinWarning):
        alone = temoin.build([source], tmp_path / "alone", pipeline=pipeline)
    alone_seconds = time.perf_counter() - begin

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("temoin")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        begin = time.perf_counter()
        told = extract.run(spark, str(source), str(tmp_path / "out"), parts=4)
        seconds = time.perf_counter() - begin
    finally:
        spark.stop()
    quads = set(temoin.open(tmp_path / "out" / "graph").nquads().splitlines())
    expected = set(temoin.open(tmp_path / "alone").nquads().splitlines())
    assert quads == expected and told["quads"] == len(expected)
    assert told["partitions"] > 1 and told["articles"] == alone.added == len(lines)
    # What cannot be read is told, with the line or the article.
    broken, empty = sorted(told["failed"], key=lambda message: "empty" in message)
    assert '{"id": "broken", "te' in broken and "'empty'" in empty and len(alone.failed) == 2
    import pyarrow.parquet

    claims = pyarrow.parquet.read_table(tmp_path / "out" / "parquet" / "claims.parquet")
    assert claims.num_rows == len(temoin.open(tmp_path / "alone").claims())
    print(
        f"\n{told['articles']} articles, {told['quads']} quads: one machine {alone_seconds:.1f} s, "
        f"local-cluster[2,1,1024] {seconds:.1f} s with starting, in {told['partitions']} partitions"
    )
