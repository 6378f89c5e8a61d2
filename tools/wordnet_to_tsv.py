#!/usr/bin/env python3
"""Write the inflected forms of WordNet's words with their readings: form, lemma, reading a line.

    pip download --no-deps spacy-lookups-data==1.0.5
    tools/wordnet_to_tsv.py spacy_lookups_data-1.0.5-py2.py3-none-any.whl > forms.tsv

The wheel holds WordNet 3.0's lists of words by part of speech and its irregular forms; regular ones are
made here by the rules of English spelling. Readings are as in `tools/hunspell_to_tsv.py`.
"""

import gzip
import json
import re
import sys
import zipfile


def sibilant(word):
    return re.search(r"(s|x|z|ch|sh)$", word)


def plural(word):
    if sibilant(word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def past(word, end):
    if word.endswith("e"):
        if end == "ing":
            return word + "ing" if re.search(r"(ee|oe|ye)$", word) else word[:-1] + "ing"
        return word + "d"
    if end == "ed" and re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ied"
    return word + end


def degree(word, end):
    if word.endswith("e"):
        return word + end[1:]
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "i" + end
    return word + end


def main():
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        table = lambda name: json.loads(gzip.decompress(wheel.read(f"spacy_lookups_data/data/en_lemma_{name}.json.gz")))
        words, odd = table("index"), table("exc")
    found = set()
    irregular = {}
    for pos, forms in odd.items():
        for form, lemmas in forms.items():
            for lemma in lemmas:
                if pos == "noun":
                    kind, reading = "pl", "nom:pl"
                elif pos == "verb":
                    kind = "ing" if form.endswith("ing") else "s" if form.endswith("s") and lemma[-1] != "s" else "ed"
                    reading = {"ing": "v:ppre", "s": "v:ipre:3sg", "ed": "v:ppas"}[kind]
                elif pos == "adj":
                    kind = "est" if form.endswith("st") else "er"
                    reading = "adj:sup" if kind == "est" else "adj:cmp"
                else:
                    kind, reading = "adv", "adv"
                found.add((form, lemma, reading))
                irregular.setdefault((pos, lemma), set()).add(kind)
    for pos, lemmas in words.items():
        for lemma in lemmas:
            if not re.fullmatch(r"[a-z][a-z'.-]*", lemma):
                continue
            has = irregular.get((pos, lemma), set())
            if pos == "noun":
                found.add((lemma, lemma, "nom:sg"))
                if "pl" not in has:
                    found.add((plural(lemma), lemma, "nom:pl"))
            elif pos == "verb":
                found.add((lemma, lemma, "v:infi"))
                if "s" not in has:
                    found.add((plural(lemma), lemma, "v:ipre:3sg"))
                if "ing" not in has:
                    found.add((past(lemma, "ing"), lemma, "v:ppre"))
                if "ed" not in has:
                    found.add((past(lemma, "ed"), lemma, "v:ppas"))
            elif pos == "adj":
                found.add((lemma, lemma, "adj"))
                if len(lemma) <= 6 and "er" not in has:
                    found.add((degree(lemma, "er"), lemma, "adj:cmp"))
                    found.add((degree(lemma, "est"), lemma, "adj:sup"))
            elif pos == "adv":
                found.add((lemma, lemma, "adv"))
    for row in sorted(found):
        if " " not in row[0] and "_" not in row[0]:
            print("\t".join(row))


if __name__ == "__main__":
    main()
