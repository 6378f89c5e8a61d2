#!/usr/bin/env python3
"""Write the inflected forms of the French Hunspell dictionary with their readings: form, lemma, reading a line.

    apt-get download hunspell-fr-comprehensive && dpkg -x hunspell-fr-comprehensive_*.deb dictionary
    tools/hunspell_to_tsv.py dictionary/usr/share/hunspell/fr > forms.tsv

A reading is a part of speech (nom, adj, v, adv, npr, gram) with gender, number, person or verb form behind
colons: `nom:mas:sg`, `v:ipre:3sg`, `v:ppas:fem:pl`. The dictionary's labels are those of Dicollecte.
"""

import re
import sys
from collections import defaultdict

NAMES = {"prn", "patr", "npr"}
OPEN = {"nom", "adj", "adv"}
PERSONS = {"1sg", "2sg", "3sg", "1pl", "2pl", "3pl", "1isg"}
TENSES = {"ipre", "iimp", "ipsi", "ifut", "cond", "spre", "simp", "impe", "infi", "ppre", "ppas"}


def affixes(path):
    """Suffix rules by flag: characters cut, characters put on, condition, labels."""
    rules = defaultdict(list)
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if len(fields) >= 5 and fields[0] == "SFX" and fields[2] != "Y":
            flag, cut, put, condition, labels = fields[1], fields[2], fields[3], fields[4], fields[5:]
            put = put.split("/")[0]
            cut, put = ("" if cut == "0" else cut), ("" if put == "0" else put)
            rules[flag].append((cut, put, re.compile(condition + "$"), labels))
    return rules


def readings(labels):
    """Readings of one form from all of its labels."""
    values = {label.split(":", 1)[1].rstrip("!") for label in labels if label[:3] in ("po:", "is:")}
    gender = ":mas" if "mas" in values else ":fem" if "fem" in values else ""
    number = ":sg" if "sg" in values else ":pl" if "pl" in values else ""
    out = []
    if any(re.match(r"v\d", v) for v in values):
        persons = sorted(v.replace("1isg", "1sg") for v in values & PERSONS)
        for tense in sorted(values & TENSES):
            if tense in ("infi", "ppre"):
                out.append(f"v:{tense}")
            elif tense == "ppas":
                out.append(f"v:ppas{gender}{number}")
            else:
                out += [f"v:{tense}:{p}" for p in persons]
        return out
    for pos in OPEN & values:
        out.append(pos + ("" if pos == "adv" else gender + number))
    if NAMES & values:
        out.append("npr")
    if not out and values:
        out.append("gram")
    return out


def main():
    base = sys.argv[1]
    rules = affixes(base + ".aff")
    found = set()
    for line in open(base + ".dic", encoding="utf-8"):
        fields = line.split()
        if not fields or fields[0].isdigit():
            continue
        lemma, _, flags = fields[0].partition("/")
        labels = fields[1:]
        stem = [f[3:] for f in labels if f.startswith("st:")]
        flags = [flags[i : i + 2] for i in range(0, len(flags), 2)]
        forms = []
        for flag in flags:
            for cut, put, condition, more in rules.get(flag, ()):
                if lemma.endswith(cut) and condition.search(lemma):
                    forms.append((lemma[: len(lemma) - len(cut)] + put, labels + more))
        if not forms or not any(f[0] == lemma for f in forms):
            forms.append((lemma, labels))
        for form, all_labels in forms:
            for reading in readings(all_labels):
                found.add((form, stem[0] if stem else lemma, reading))
                # « retraite » is listed below « retrait » as « directrice » is below « directeur ».
                if reading.startswith("nom:fem") and form.removesuffix("s") != lemma:
                    found.add((form, form if reading.endswith("sg") else form.removesuffix("s"), reading))
    for row in sorted(found):
        print("\t".join(row))


if __name__ == "__main__":
    main()
