#!/usr/bin/env python3
"""Write the English Brown clusters of spacy-lookups-data as lines of word, coarse cluster, fine cluster.

    pip download --no-deps spacy-lookups-data==1.0.5
    tools/brown_clusters.py spacy_lookups_data-1.0.5-py2.py3-none-any.whl > clusters.tsv

The coarse cluster is the first six turns on the way down the tree of clusters, the fine one its leaf.
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
    for word, path in clusters.items():
        if path and left and not any(c.isspace() for c in word):
            left -= 1
            # The lowest bit is the first turn.
            print(word, (path & 63) + 1, fine[path], sep="\t")


if __name__ == "__main__":
    main()
