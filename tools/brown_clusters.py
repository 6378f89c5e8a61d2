#!/usr/bin/env python3
"""Write the English Brown clusters of spacy-lookups-data as lines of word, coarse cluster, fine cluster.

    pip download --no-deps spacy-lookups-data==1.0.5
    tools/brown_clusters.py spacy_lookups_data-1.0.5-py2.py3-none-any.whl > clusters.tsv
    tools/brown_clusters.py spacy_lookups_data-1.0.5-py2.py3-none-any.whl --names > data/lexicon/en/name_clusters.txt

The second command writes them for the name tagger: a line `#number`, then the words of that cluster. The coarse cluster is the first six turns on the way down the tree of clusters, the fine one its leaf.
The most frequent words come first.
"""

import gzip
import json
import sys
import zipfile

WORDS = 100_000


def main():
    name = "spacy_lookups_data/data/en_lexeme_cluster.json.gz"
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        clusters = json.loads(gzip.decompress(wheel.read(name)))
    fine = {path: i + 1 for i, path in enumerate(sorted(set(clusters.values()) - {0}))}
    left = WORDS
    named = {}
    for word, path in clusters.items():
        if not path or not left or any(c.isspace() for c in word):
            continue
        left -= 1
        if "--names" in sys.argv:
            # The commonest way to write a word decides.
            if not word.startswith("#"):
                named.setdefault(word.lower(), fine[path])
        else:
            # The lowest bit is the first turn.
            print(word, (path & 63) + 1, fine[path], sep="\t")
    for number in sorted(set(named.values())):
        print(f"#{number}", *(w for w, n in named.items() if n == number), sep="\n")


if __name__ == "__main__":
    main()
