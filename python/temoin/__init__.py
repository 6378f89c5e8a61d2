"""Claims with evidence from news articles, and knowledge graphs of them.

>>> import temoin
>>> pipeline = temoin.Pipeline()
>>> found = pipeline.extract("La Russie a déployé des soldats à Almaty.", date="2022-01-06")
>>> found.claims[0]
<temoin.Claim Russie | deployed | soldats (asserted)>
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as _date
from os import PathLike
from typing import Any

from temoin import _temoin
from temoin._temoin import (
    BuildReport,
    Claim,
    Diagram,
    Extraction,
    Graph,
    NotFoundError,
    Path,
    Pipeline,
    QueryError,
    Table,
    TemoinError,
    TemoinWarning,
    __version__,
    merge,
    open,
)

__all__ = [
    "BuildReport",
    "Claim",
    "Diagram",
    "Extraction",
    "Graph",
    "NotFoundError",
    "Path",
    "Pipeline",
    "QueryError",
    "Table",
    "TemoinError",
    "TemoinWarning",
    "__version__",
    "build",
    "merge",
    "open",
]


def build(
    articles: str | PathLike[str] | Iterable[str | PathLike[str] | dict[str, Any]],
    out: str | PathLike[str],
    *,
    replace: bool = False,
    wait: int = 0,
    date: str | _date | None = None,
    lang: str | None = None,
    progress: bool | Callable[[int], object] = False,
    pipeline: Pipeline | None = None,
) -> BuildReport:
    """Articles into a graph folder, which is made where it is missing.

    An article that is there already costs nothing, so the same call goes on after an interruption.

    :param articles: a path (file or folder), or paths and dicts with ``text`` and, if known, ``id``, ``date``,
        ``title``, ``outlet``, ``url`` and ``lang``.
    :param out: the graph folder.
    :param replace: whether an article takes the place of others of its name.
    :param wait: seconds to wait for another writer.
    :param date: day of publication of articles that do not bring one.
    :param lang: ``"fr"`` or ``"en"``; found out for each article where it is not given.
    :param progress: ``True`` for a bar by tqdm, or a function that is called with the number of inputs done.
    :param pipeline: a pipeline of your own.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> report = build([{"text": "La France a critiqué la Russie.", "date": "2024-03-05"}], folder)
    >>> report.added, report.claims
    (1, 1)
    """
    if not isinstance(progress, bool) and not callable(progress):
        raise TypeError(f"progress: expected True, False or a function, not {type(progress).__name__}")
    if progress is not True:
        callback = progress or None
        return _temoin.build(
            articles, out, replace=replace, wait=wait, date=date, lang=lang, progress=callback, pipeline=pipeline
        )
    from tqdm.auto import tqdm

    with tqdm(unit=" articles") as bar:
        return _temoin.build(
            articles,
            out,
            replace=replace,
            wait=wait,
            date=date,
            lang=lang,
            progress=lambda done: bar.update(done - bar.n),
            pipeline=pipeline,
        )
