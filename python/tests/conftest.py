"""What the tests share: a graph of the example articles."""

from pathlib import Path

import pytest
import temoin

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("example") / "graph"
    report = temoin.build(ARTICLES, out)
    assert report.added == 9 and not report.failed, report
    return out


@pytest.fixture(scope="session")
def graph(folder):
    return temoin.open(folder)


@pytest.fixture(scope="session")
def pipeline():
    return temoin.Pipeline()
