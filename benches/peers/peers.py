"""Words per second of temoin, spaCy and UDPipe 1 on the same French news, on one core.

Each program reads the raw text of the same WiNER articles and analyses it whole: sentences,
tokens, tags and features, lemmas, trees; temoin and spaCy names as well, which UDPipe has not.
spaCy and UDPipe have no published model that was trained on the data of this project: spaCy gets
the stock `efficiency` configuration with the labels of Sequoia and random weights, UDPipe a model
trained for few iterations. Neither changes what has to be computed. The repeats are interleaved
and the medians are compared. Time is time on the processor; words are counted alike for all.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

WORD = re.compile(r"\w+|[^\w\s]")


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--bin", type=Path, required=True, help="folder of the release build")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a model file of temoin in place of the one built in")
    parser.add_argument("--every", type=int, default=10, help="take only every n-th article")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    return parser.parse_args()


# What temoin says of itself.


def temoin(args):
    """One run: a process that loads, analyses the articles three times and prints its time."""
    command = [args.bin / "temoin-train", "speed", "--corpora", args.corpora, "--every", str(args.every)]
    if args.model:
        command += ["--model", args.model]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {key: float(value) for key, value in (line.split("\t") for line in out.splitlines())}


def peak_memory(args, folder):
    """Megabytes (VmHWM) of `temoin annotate` with two threads, read until the process ends.

    With --model too the built-in models are measured: the command line takes no others.
    """
    command = [args.bin / "temoin", "annotate", "--quiet", "--lang", "fr", "--threads", "2", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            status = ""
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.005)
    if process.returncode != 0:
        sys.exit(f"temoin annotate ended with {process.returncode}")
    return peak / 1024


# The peers.


def sentences(path):
    """Rows of ten columns, sentence by sentence, without multiword tokens and empty nodes."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    if rows:
        yield rows


def spacy_pipeline(treebank):
    import spacy
    from spacy.cli.init_config import init_config
    from spacy.tokens import Doc
    from spacy.training import Example
    from spacy.util import fix_random_seed, load_model_from_config

    fix_random_seed(1)
    components = ["morphologizer", "trainable_lemmatizer", "parser", "ner"]
    config = init_config(lang="fr", pipeline=components, optimize="efficiency", gpu=False)
    nlp = load_model_from_config(config, auto_fill=True)

    def example(rows):
        morphs = ["" if r[5] == "_" else r[5] for r in rows]
        heads = [int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)]
        # The types of names that temoin knows: spans of capitals stand in for the annotation.
        kinds = ["PER", "LOC", "ORG", "EVENT", "PRODUCT"]
        names = [f"B-{kinds[i % 5]}" if r[3] == "PROPN" else "O" for i, r in enumerate(rows)]
        doc = Doc(
            nlp.vocab,
            words=[r[1] for r in rows],
            pos=[r[3] for r in rows],
            morphs=morphs,
            lemmas=[r[2] for r in rows],
            heads=heads,
            deps=["ROOT" if r[6] == "0" else r[7] for r in rows],
            ents=names,
        )
        return Example(nlp.make_doc(doc.text), doc)

    examples = [example(rows) for rows in sentences(treebank)]
    nlp.initialize(lambda: examples)

    def runner(disable):
        def run(texts):
            for doc in nlp.pipe(texts, n_process=1, disable=disable):
                assert doc.has_annotation("DEP")

        return run

    name = f"spaCy {spacy.__version__}"
    return [(name, runner([])), (f"{name}, without names", runner(["ner"]))]


# Sizes and stages as in the models that UDPipe publishes (a tagger for lemmas, another for tags); fewer
# passes over the data, which the speed does not depend on.
UDPIPE = [
    "dimension=24;epochs=5",
    "models=2"
    ";templates_1=lemmatizer;guesser_suffix_rules_1=6;guesser_enrich_dictionary_1=4;guesser_prefixes_max_1=4"
    ";use_lemma_1=1;provide_lemma_1=1;use_xpostag_1=0;provide_xpostag_1=0;use_feats_1=0;provide_feats_1=0"
    ";prune_features_1=0;iterations_1=4"
    ";templates_2=tagger;guesser_suffix_rules_2=8;guesser_enrich_dictionary_2=4;guesser_prefixes_max_2=0"
    ";use_lemma_2=0;provide_lemma_2=0;use_xpostag_2=1;provide_xpostag_2=1;use_feats_2=1;provide_feats_2=1"
    ";prune_features_2=0;iterations_2=4",
    "embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0"
    ";embedding_deprel=20;learning_rate=0.01;learning_rate_final=0.001;l2=0.3;hidden_layer=200;batch_size=10"
    ";iterations=3;transition_system=projective;transition_oracle=dynamic;structured_interval=8",
]


def udpipe_model(treebank, cache):
    from ufal import udpipe

    path = cache / "fr_sequoia.udpipe"
    if not path.exists():
        print(f"training a UDPipe model: {path}", flush=True)
        reader = udpipe.InputFormat.newConlluInputFormat()
        reader.setText(treebank.read_text(encoding="utf-8"))
        error = udpipe.ProcessingError()
        trees = udpipe.Sentences()
        sentence = udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            trees.append(sentence)
            sentence = udpipe.Sentence()
        model = udpipe.Trainer.train(
            "morphodita_parsito",
            trees,
            udpipe.Sentences(),
            *UDPIPE,
            error,
        )
        if error.occurred():
            sys.exit(f"UDPipe: {error.message}")
        path.write_bytes(model)
    model = udpipe.Model.load(str(path))

    def runner(beam):
        def run(texts):
            error = udpipe.ProcessingError()
            tokenizer = model.newTokenizer(udpipe.Model.DEFAULT)
            for text in texts:
                tokenizer.setText(text)
                sentence = udpipe.Sentence()
                while tokenizer.nextSentence(sentence, error):
                    model.tag(sentence, udpipe.Model.DEFAULT)
                    model.parse(sentence, f"beam_search={beam}")
                    sentence = udpipe.Sentence()

        return run

    return [("UDPipe 1, beam 1", runner(1)), ("UDPipe 1, beam 5", runner(5))]


def timed(run, texts):
    busy, clock = time.process_time(), time.perf_counter()
    run(texts)
    return time.process_time() - busy, time.perf_counter() - clock


def main():
    args = options()
    folder = args.corpora / "ner/fr/winer/train"
    paths = sorted(folder.glob("*.txt"), key=lambda p: p.name.encode())
    memory = peak_memory(args, folder)

    os.sched_setaffinity(0, {args.core})
    texts = []
    for path in paths[:: args.every]:
        with path.open(encoding="utf-8", newline="") as file:
            texts.append(file.read())
    words = sum(len(WORD.findall(text)) for text in texts)
    treebank = args.corpora / "parsing/fr/fr_sequoia-ud-train.conllu"
    peers = [*spacy_pipeline(treebank), *udpipe_model(treebank, args.cache)]

    names = ["temoin", "temoin, without names", "temoin, to claims", *(name for name, _ in peers)]
    seconds = {name: [] for name in names}
    clocks = {name: [] for name in names}
    loads = {"analysis": [], "names": []}
    for _, run in peers:
        run(texts[:3])
    for repeat in range(args.repeats):
        said = temoin(args)
        if (said["articles"], said["characters"]) != (len(texts), sum(map(len, texts))):
            sys.exit("temoin has read other articles than its peers")
        for name, key in zip(names, ["", "_without_names", "_to_claims"]):
            seconds[name].append(said[f"seconds{key}"])
            clocks[name].append(said[f"clock_seconds{key}"])
        for what, times in loads.items():
            if f"load_{what}_ms" in said:
                times.append(said[f"load_{what}_ms"])
        for name, run in peers:
            busy, clock = timed(run, texts)
            seconds[name].append(busy)
            clocks[name].append(clock)
        line = ", ".join(f"{name} {words / seconds[name][-1]:.0f}" for name in names)
        print(f"repeat {repeat + 1}, words/s: {line}", flush=True)

    median = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"\n{len(texts)} articles, {words} words, one core, medians of {args.repeats}")
    print(f"{'program':22} {'words/s':>9} {'by clock':>9} {'temoin is':>10}")
    rows = []
    for name in names:
        speed, ratio = words / median[name], median[name] / median["temoin"]
        by_clock = words / statistics.median(clocks[name])
        print(f"{name:22} {speed:9.0f} {by_clock:9.0f} {ratio:8.1f} x")
        rows.append(("speed", name, f"{speed:.0f}", f"{ratio:.1f}"))
    rows += [("load", what, f"{statistics.median(times):.1f}", "ms") for what, times in loads.items() if times]
    rows.append(("memory", f"{len(paths)} articles, 2 threads", f"{memory:.0f}", "MB"))
    rows.append(("setting", "articles", str(len(texts)), "WiNER train"))
    rows.append(("setting", "words", str(words), "runs of letters and digits, other signs each"))
    rows.append(("setting", "repeats", str(args.repeats), "interleaved, medians"))
    for kind, name, value, note in rows[len(names) :]:
        print(f"{kind:8} {name:24} {value} {note}")
    head = (
        "# Written by `benches/peers/run.sh`: the whole analysis of the same French news in one run on one core, "
        "raw text to trees, and for temoin and spaCy names (`to claims`: the extraction too); seconds of processor time. spaCy with its stock "
        "efficiency configuration and random weights, UDPipe 1 with a model of the sizes of its published ones, trained on Sequoia; its own default is a beam of 5.\n"
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
