"""Executes a notebook in an empty folder beside the example articles and writes it as a page.

    python tests/python/notebook.py NOTEBOOK OUT [ARTICLES]

An error in a cell is an error here, and so is a notebook without tables and pictures. With ARTICLES, a folder of
other articles, only errors count: articles without dates, places, sources and tolls must do no harm.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter


def main(path: Path, out: Path, articles: Path | None = None) -> None:
    root = Path(__file__).resolve().parents[2]
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        (Path(folder) / "data" / "articles").symlink_to(articles.resolve() if articles else root / "data" / "articles")
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    kinds = [kind for cell in notebook.cells for o in cell.get("outputs", []) for kind in o.get("data", {})]
    shown = [kind for kind in kinds if kind in ("text/html", "image/svg+xml", "image/png")]
    if articles is None and len(shown) < 3:
        sys.exit(f"{path}: only {len(shown)} tables and pictures came out")
    out.mkdir(parents=True, exist_ok=True)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    (out / path.with_suffix(".html").name).write_text(page, encoding="utf-8")
    print(f"{path.name}: {len(shown)} tables and pictures")


main(*map(Path, sys.argv[1:]))
