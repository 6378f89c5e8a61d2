"""A corpus larger than one machine: the same package in PySpark.

    spark-submit examples/spark/extract.py ARTICLES OUT [--parts N] [--no-parquet]

ARTICLES is what Spark reads: JSON Lines with ``text`` and, if known, ``id``, ``date``, ``title``, ``outlet``,
``url`` and ``lang``. Every Python worker has one pipeline, whose models are loaded once, and one graph folder for
each partition, below OUT/parts, which all workers must reach (a shared file system). The union of the folders is
the graph OUT/graph, and OUT/parquet has its tables; for these the driver holds the whole graph in memory, and
``--no-parquet`` leaves them out. A line that is no JSON, or has no text, is told in what is printed at the end.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow
from pyspark.sql import SparkSession

#: Where Spark puts a line that it cannot read.
CORRUPT = "_corrupt_record"
FIELDS = ("id", "date", "title", "outlet", "url", "lang", "text")
#: Of what is told of each partition.
SCHEMA = "folder string, added long, claims long, failed array<string>"
#: The pipeline of this process: analysis inside it has one thread, Spark has a process for each core.
_pipeline = None


def pipeline():
    global _pipeline
    if _pipeline is None:
        import temoin

        _pipeline = temoin.Pipeline(threads=1)
    return _pipeline


def analyse(out: str):
    """A function for ``mapInArrow``: articles in, one row for each partition out."""

    def of_partition(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import temoin
        from pyspark import TaskContext

        # A task that is tried again, or twice, has a folder of its own; articles are the same by their hash.
        context = TaskContext.get()
        folder = Path(out) / "parts" / f"{context.partitionId():05}-{context.taskAttemptId()}"
        added = claims = 0
        failed: list[str] = []
        for batch in batches:
            rows = batch.to_pylist()
            failed += [f"no JSON: {row[CORRUPT][:80]}" for row in rows if row[CORRUPT] is not None]
            articles = [{k: v for k, v in row.items() if v is not None} for row in rows if row[CORRUPT] is None]
            report = temoin.build(articles, folder, pipeline=pipeline())
            added, claims = added + report.added, claims + report.claims
            failed += report.failed
        if folder.exists():
            yield pyarrow.RecordBatch.from_pylist(
                [{"folder": str(folder), "added": added, "claims": claims, "failed": failed}]
            )

    return of_partition


def run(spark: SparkSession, articles: str, out: str, parts: int | None = None, parquet: bool = True) -> dict:
    """Analyses the articles and makes the graph and, with ``parquet``, its tables; gives what became of it."""
    import temoin

    # Workers import this module, so that a process keeps its pipeline from task to task.
    spark.sparkContext.addPyFile(str(Path(__file__).resolve()))
    schema = ", ".join(f"{name} string" for name in (*FIELDS, CORRUPT))
    frame = spark.read.schema(schema).option("columnNameOfCorruptRecord", CORRUPT).json(articles)
    if parts:
        frame = frame.repartition(parts)
    rows = frame.mapInArrow(analyse(out), SCHEMA).collect()
    folders = [row.folder for row in rows]
    temoin.merge(folders, Path(out) / "graph")
    told = {
        "partitions": len(rows),
        "articles": sum(row.added for row in rows),
        "claims": sum(row.claims for row in rows),
        "failed": [message for row in rows for message in row.failed],
    }
    if parquet:
        import pyarrow.parquet

        graph = temoin.open(Path(out) / "graph")
        tables = Path(out) / "parquet"
        tables.mkdir(parents=True, exist_ok=True)
        for name in ("entities", "claims", "evidence", "mentions", "events", "documents"):
            pyarrow.parquet.write_table(pyarrow.table(getattr(graph, name)()), tables / f"{name}.parquet")
        told["quads"] = len(graph)
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles")
    parser.add_argument("out")
    parser.add_argument("--parts", type=int, help="number of partitions; Spark's own without it")
    parser.add_argument("--no-parquet", action="store_true", help="write the graph alone")
    args = parser.parse_args()
    import extract

    session = SparkSession.builder.appName("temoin").getOrCreate()
    told = extract.run(session, args.articles, args.out, args.parts, not args.no_parquet)
    print(json.dumps(told, ensure_ascii=False))
