"""Executes a notebook in an empty folder beside the example articles and writes it as a page.

    python tests/python/notebook.py NOTEBOOK OUT

An error in a cell is an error here, and so is a cell without a result where one is expected: every notebook must
show a table or a picture.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter


def main(path: Path, out: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").symlink_to(root / "data")
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    kinds = [kind for cell in notebook.cells for o in cell.get("outputs", []) for kind in o.get("data", {})]
    shown = [kind for kind in kinds if kind in ("text/html", "image/svg+xml", "image/png")]
    if len(shown) < 3:
        sys.exit(f"{path}: only {len(shown)} tables and pictures came out")
    out.mkdir(parents=True, exist_ok=True)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    (out / path.with_suffix(".html").name).write_text(page, encoding="utf-8")
    print(f"{path.name}: {len(shown)} tables and pictures")


main(Path(sys.argv[1]), Path(sys.argv[2]))
