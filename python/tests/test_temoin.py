"""The package from outside."""

import datetime
import doctest
import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import temoin
from conftest import ARTICLES, ROOT

TEXT = "La France a critiqué la Russie. Selon Paul Durand, la Russie a déployé des soldats à Almaty."


def test_claims_carry_their_words(pipeline):
    found = pipeline.extract(TEXT, date=datetime.date(2024, 3, 5), name="a")
    first, *_, last = found.claims
    assert (first.subject, first.relation, first.object, first.status) == ("France", "criticized", "Russie", "asserted")
    assert last.said_by == "Paul Durand" and last.status == "reported"
    for c in found.claims:
        assert TEXT[c.begin : c.end] == c.sentence
        record = c.to_dict()
        begin, end = record["evidence"]["trigger"]
        assert TEXT[begin:end] and record["id"] == c.id
    assert found.claims == pipeline.extract(TEXT, date="2024-03-05", name="a").claims and len(set(found.claims)) == len(found)
    death = pipeline.extract("Paul Durand est mort.", lang="fr").claims[0]
    assert (death.subject, death.relation, death.object) == ("Paul Durand", "died", None) and "died (" in repr(death)
    assert first != last and found.lang == "fr" and len(found) == len(found.claims) == len(found.table())


def test_docstrings_hold():
    finder = doctest.DocTestFinder()
    runner = doctest.DocTestRunner()
    for where in (temoin, temoin.build, temoin.Pipeline.extract):
        for test in finder.find(where, getattr(where, "__name__", "temoin"), module=False, globs={"temoin": temoin, "build": temoin.build}):
            runner.run(test)
    assert runner.tries > 6 and runner.failures == 0


def test_texts_and_files_make_a_graph(tmp_path, pipeline):
    articles = [{"id": "a", "text": TEXT, "date": "2024-03-05"}, {"id": "b", "text": "", "date": "2024-03-05"}]
    with pytest.warns(temoin.TemoinWarning, match="item 1.*text"):
        report = temoin.build(articles, tmp_path / "g", pipeline=pipeline)
    assert (report.added, report.there, len(report.failed)) == (1, 0, 1)
    file = tmp_path / "2024-03-06-c.txt"
    file.write_text("Paul Durand a démissionné.", encoding="utf-8")
    done = []
    report = temoin.build([*articles[:1], file], tmp_path / "g", progress=done.append, pipeline=pipeline)
    assert (report.added, report.there) == (1, 1) and done[-1] == 2
    assert len(temoin.open(tmp_path / "g").documents()) == 2


def test_tables_go_to_data_frames(graph):
    import duckdb
    import pandas
    import polars
    import pyarrow

    facts = graph.facts()
    n = len(facts)
    assert n > 100 and set(facts["status"]) == {"asserted"}
    arrow = pyarrow.table(facts)
    assert arrow.num_rows == n and arrow.schema.field("time_start").type == pyarrow.date32()
    frame = polars.DataFrame(facts)
    assert frame.height == n and frame["confidence"].dtype == polars.Float64
    pandas_frame = facts.to_pandas()
    assert isinstance(pandas_frame, pandas.DataFrame) and len(pandas_frame) == n
    assert duckdb.sql("SELECT count(*) FROM arrow").fetchall() == [(n,)]
    read = [(r["reported_on"], r["document"], r["begin"]) for r in graph.claims().rows()]
    assert all(a[1] != b[1] or a[2] <= b[2] for a, b in zip(read, read[1:])) and [r[0] for r in read] == sorted(r[0] for r in read)
    shown = facts._repr_html_()
    assert shown.count("<mark") > 200 and "embedded_in" not in shown and "49 columns, 9 shown" in shown
    row = facts.rows()[0]
    text = next(d["text"] for d in graph.documents().rows() if d["id"] == row["document"])
    assert text[row["sentence_begin"] : row["sentence_end"]] == row["sentence"]
    everything = [graph.claims(), graph.entities(), graph.evidence(), graph.mentions(), graph.events(), graph.documents()]
    assert all(pyarrow.table(t).num_rows == len(t) > 0 for t in everything)
    with pytest.raises(KeyError, match="no column 'nothing'"):
        facts["nothing"]


def test_queries_have_types(graph):
    table = graph.query("SELECT ?c (COUNT(*) AS ?n) (MIN(?d) AS ?first) { ?c a kg:Claim ; kg:reportedOn ?d } GROUP BY ?c")
    assert table.columns == ["c", "n", "first"] and all(isinstance(n, int) for n in table["n"])
    assert isinstance(table["first"][0], datetime.date)
    assert graph.query("ASK { ?c a kg:Claim }") is True and graph.query("ASK { ?c a kg:Nothing }") is False
    assert "Liban" in graph.query("DESCRIBE ent:lebanon")
    assert len(graph.query("SELECT * { ?nothing a kg:Nothing }")) == 0
    for wrong in ("SELECT", "INSERT DATA { ent:a rel:b ent:c }", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"):
        with pytest.raises(temoin.QueryError):
            graph.query(wrong)
    # Of 20,000 statements that would be ten million million rows.
    with pytest.raises(TimeoutError, match="longer than 0.2 s"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.2)


def test_questions_on_the_shape(graph):
    way = graph.path("Emmanuel Macron", "Liban")
    assert len(way) == len(way.steps) > 0 and "Macron" in repr(way)
    line = graph.timeline("Liban", facts="all")
    days = [d for d in line["time_start"] if d]
    assert days == sorted(days) and len(line) > 5
    with pytest.raises(temoin.NotFoundError, match="Liban"):
        graph.timeline("Libam")
    diagram = graph.draw(focus="Liban", lang="en")
    assert diagram.svg.startswith("<?xml") or diagram.svg.startswith("<svg")
    assert diagram.dot.startswith("digraph")


def test_the_graph_in_other_libraries(graph, folder):
    network = graph.to_networkx()
    assert network.number_of_nodes() == len(graph.entities())
    store = graph.to_pyoxigraph()
    assert len(store) == len(graph) == graph.nquads().count(b"\n")
    dataset = graph.to_rdflib()
    question = "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }"
    assert int(next(iter(dataset.query(question)))[0]) == graph.query(question)["n"][0]


def test_two_folders_are_one(tmp_path, folder, pipeline):
    files = sorted(ARTICLES.iterdir())
    for name, part in (("a", files[:4]), ("b", files[3:])):
        temoin.build(part, tmp_path / name, pipeline=pipeline)
    temoin.merge([tmp_path / "a", tmp_path / "b"], tmp_path / "both")
    assert temoin.open(tmp_path / "both").nquads() == temoin.open(folder).nquads()
    with pytest.raises(temoin.TemoinError, match="not a graph folder"):
        temoin.merge([tmp_path], tmp_path / "c")
    with pytest.raises(FileNotFoundError, match="none"):
        temoin.merge([tmp_path / "none"], tmp_path / "c")
    assert not (tmp_path / "c").exists()


def test_what_articles_say_is_escaped(tmp_path, pipeline):
    evil = "<script>alert(1)</script> a critiqué Paul \"Durand\" <b>hier</b>. Jean </table> Petit a critiqué la Russie."
    found = pipeline.extract(evil, name='<img src=x onerror="y">', lang="fr")
    temoin.build([{"id": "<img src=x>", "text": evil, "lang": "fr"}], tmp_path / "g", pipeline=pipeline)
    graph = temoin.open(tmp_path / "g")
    shown = [found._repr_html_(), graph.claims()._repr_html_(), graph.documents()._repr_html_(), graph.draw().svg]
    for text in shown:
        assert "<script" not in text and "<img" not in text and "</table> Petit" not in text and "<b>hier" not in text
    assert "&lt;" in graph.documents()._repr_html_()


def test_failures_say_where(tmp_path, pipeline, graph):
    with pytest.raises(FileNotFoundError, match="no graph here: make one") as e:
        temoin.open(tmp_path / "nothing")
    assert e.value.filename == str(tmp_path / "nothing")
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError, match="cannot write") as e:
        graph.draw().save(tmp_path / "file" / "graph.svg")
    assert e.value.errno == errno.ENOTDIR and e.value.filename == str(tmp_path / "file" / "graph.svg")
    with pytest.raises(ValueError, match="empty"):
        pipeline.extract("  ")
    with pytest.warns(temoin.TemoinWarning, match="^item 0 .'a'.: \"date\" is left out") as warned:
        assert len(temoin.build([{"text": TEXT, "date": "hier", "id": "a"}], tmp_path / "w", pipeline=pipeline).messages) == 2
    assert warned[0].filename == __file__
    with pytest.raises(ValueError, match="2024-13-01"):
        pipeline.extract("Texte.", date="2024-13-01")
    relations = tmp_path / "relations.toml"
    relations.write_text("[a", encoding="utf-8")
    with pytest.raises(temoin.TemoinError, match="relations.toml"):
        temoin.Pipeline(relations=[relations])
    with pytest.raises(TypeError, match="item 0"):
        temoin.build([1], tmp_path / "g")
    for wrong in (5, None, b"articles"):
        with pytest.raises(TypeError, match="articles: expected a path"):
            temoin.build(wrong, tmp_path / "g")
    with pytest.raises(TypeError, match="progress"):
        temoin.build([], tmp_path / "g", progress="bar")
    with pytest.raises(ValueError, match="wait: -1"):
        temoin.build([], tmp_path / "g", wait=-1)
    with pytest.raises(TypeError, match="relations: expected a str"):
        graph.draw(relations=7)
    assert "accusé" in graph.draw(relations="accused").svg and graph.draw(relations=["accused"]).svg
    with pytest.raises(ValueError, match="timeout"):
        graph.query("ASK {}", timeout=float("nan"))
    with pytest.raises(RuntimeError, match="enough"):
        def enough(done):
            raise RuntimeError("enough")

        temoin.build(ARTICLES, tmp_path / "h", progress=enough, pipeline=pipeline)


def test_other_threads_run_meanwhile(pipeline):
    import threading

    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    during = 0
    # On a busy machine the other thread may not get a turn at the first try.
    for _ in range(20):
        begin = time.perf_counter()
        pipeline.extract((TEXT + " ") * 400, lang="fr")
        end = time.perf_counter()
        during += sum(begin < t < end for t in ticks)
        if during > 5:
            break
    stop.set()
    thread.join()
    assert during > 5, "the interpreter lock is held while text is analysed"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_stops_a_build_and_keeps_what_it_has(tmp_path):
    script = textwrap.dedent(
        """
        import sys, temoin
        text = "Le maire {} a critiqué la Russie. " * 60
        articles = [{"id": str(i), "text": text.format(*[i] * 60)} for i in range(20000)]
        print("ready", flush=True)
        temoin.build(articles, sys.argv[1], progress=lambda n: print(n, flush=True))
        """
    )
    run = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "g")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline().strip() == "ready"
    while int(run.stdout.readline()) == 0:
        pass
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=120)
    assert "KeyboardInterrupt" in err and run.returncode != 0
    assert 0 < len(temoin.open(tmp_path / "g").documents()) < 20000


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_does_not_wait_for_the_end_of_a_long_text():
    script = textwrap.dedent(
        """
        import temoin
        pipeline = temoin.Pipeline()
        print("ready", flush=True)
        pipeline.extract("Le maire a critiqué la Russie. " * 4000000, lang="fr")
        """
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline().strip() == "ready"
    time.sleep(1)
    # 120 MB, which take minutes.
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=120)
    assert "KeyboardInterrupt" in err and run.returncode != 0


def test_versions_are_in_step():
    cargo = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    assert f'version = "{temoin.__version__}"' in cargo


def test_ten_lines_of_the_readme(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = readme.split("```python\n", 1)[1].split("```", 1)[0]
    assert len(code.strip().splitlines()) <= 10
    (tmp_path / "data").symlink_to(ROOT / "data")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert run.returncode == 0, run.stderr
    assert "Liban" in run.stdout or "Macron" in run.stdout, run.stdout
    assert (tmp_path / "liban.svg").read_text(encoding="utf-8").rstrip().endswith("</svg>")


def test_notebooks_are_json():
    for notebook in (ROOT / "examples" / "notebooks").glob("*.ipynb"):
        assert json.loads(notebook.read_text(encoding="utf-8"))["nbformat"] == 4


def test_odd_articles_cost_a_message_and_never_the_process(tmp_path):
    endless = {"text": TEXT, "id": "a"}
    endless["more"] = endless
    endless["outlet"] = [endless]
    assert temoin.build([endless], tmp_path / "a").added == 1
    # One dict is one article.
    assert temoin.build({"text": TEXT}, tmp_path / "b").added == 1
    with pytest.warns(temoin.TemoinWarning, match="item 0: it has no 'id'"):
        temoin.build([{"text": TEXT}], tmp_path / "b", replace=True)
    with pytest.warns(temoin.TemoinWarning, match="item 1: field 'id'"):
        temoin.build([{"text": TEXT}, {"text": TEXT, "id": b"x"}], tmp_path / "b")
    with pytest.raises(ValueError, match="out"):
        temoin.build([{"text": TEXT}], "")


def test_what_came_before_an_exception_is_kept(tmp_path):
    def articles(last):
        for n in range(70):
            yield {"id": n, "text": f"{TEXT} Il y a {n} blessés."}
        yield last()

    def broken():
        raise RuntimeError("no more")

    for n, (last, error) in enumerate([(broken, RuntimeError), (lambda: 5, TypeError)]):
        with pytest.raises(error):
            temoin.build(articles(last), tmp_path / f"g{n}")
        assert len(temoin.open(tmp_path / f"g{n}").documents()) == 70
    # Nothing was given up that the generator did not come to.
    with pytest.raises(RuntimeError):
        temoin.build((broken() for _ in "a"), tmp_path / "g0", replace=True)
    assert len(temoin.open(tmp_path / "g0").documents()) == 70


def test_values_of_numpy_and_pandas(tmp_path):
    import numpy
    import pandas

    frame = pandas.DataFrame({"id": [3], "text": [TEXT], "date": [pandas.Timestamp("2024-03-05")]})
    rows = [
        {"id": frame.id[0], "text": frame.text[0], "date": frame.date[0]},
        {"id": "na", "text": TEXT + " Un.", "date": pandas.NA, "outlet": float("nan")},
        {"id": "64", "text": TEXT + " Deux.", "date": numpy.datetime64("2024-03-06")},
        {"id": "nat", "text": TEXT + " Trois.", "date": numpy.datetime64("NaT"), "title": numpy.str_("Titre")},
    ]
    assert temoin.build(rows, tmp_path / "g").added == 4
    days = {row["source"]: row["issued"] for row in temoin.open(tmp_path / "g").documents().rows()}
    assert days == {"3": datetime.date(2024, 3, 5), "na": None, "64": datetime.date(2024, 3, 6), "nat": None}


def test_networkx_writes_its_own_formats(graph, tmp_path):
    import networkx

    flat = graph.to_networkx(flat=True)
    networkx.write_graphml(flat, tmp_path / "graph.graphml")
    networkx.write_gexf(flat, tmp_path / "graph.gexf")
    back = networkx.read_graphml(tmp_path / "graph.graphml")
    assert back.number_of_edges() == graph.to_networkx().number_of_edges() > 0


def test_what_lies_before_our_era_has_no_days(tmp_path):
    text = "La Chine a accusé le Japon il y a 3000 ans."
    temoin.build([{"text": text, "date": "2024-03-05"}, {"text": TEXT, "date": "0000-01-01"}], tmp_path / "g")
    graph = temoin.open(tmp_path / "g")
    assert all(row["time_start"] is None or row["time_start"].year > 0 for row in graph.claims().rows())
    assert graph.documents().rows()
    days = graph.query('SELECT ?x { VALUES ?x { "0000-01-01"^^xsd:date "2024-01-01"^^xsd:date } }').rows()
    assert {row["x"] for row in days} == {"0000-01-01", "2024-01-01"}


def in_a_fork(folder):
    graph = temoin.open(folder)
    temoin.build([{"text": TEXT + " Il pleut.", "id": "fork"}], folder, pipeline=PIPELINE)
    return len(graph.claims())


PIPELINE = temoin.Pipeline(threads=2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_has_threads_of_its_own(tmp_path):
    temoin.build([{"text": TEXT}], tmp_path / "g", pipeline=PIPELINE)
    claims = len(temoin.open(tmp_path / "g").claims())
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(in_a_fork, (tmp_path / "g",)).get(timeout=60) == claims
    assert len(temoin.open(tmp_path / "g").documents()) == 2
