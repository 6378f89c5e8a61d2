"""Several graph folders into one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from temoin import _temoin


def merge(folders: Iterable[str | PathLike[str]], out: str | PathLike[str]) -> None:
    """Copies the articles of graph folders into one, which is made where it is missing.

    Every article is a file named by the hash of its text, so an article of two folders is one afterwards, and
    the result has the bytes of a folder that was filled with all the articles at once.

    :raises FileNotFoundError: where one of the folders is no graph.
    """
    sources = [Path(f) for f in folders]
    for source in sources:
        if not (source / "temoin.json").is_file():
            raise FileNotFoundError(f"{source}: no graph here (temoin.json is missing)")
    target = Path(out)
    # Makes the folder, and takes what was copied into its manifest.
    _temoin.build([], target)
    for source in sources:
        for file in sorted((source / "segments").rglob("*.nq.gz")):
            to = target / file.relative_to(source)
            if to.exists():
                continue
            to.parent.mkdir(parents=True, exist_ok=True)
            temporary = to.with_name(f".tmp-{os.getpid()}-{to.name}")
            shutil.copyfile(file, temporary)
            os.replace(temporary, to)
    _temoin.build([], target)
