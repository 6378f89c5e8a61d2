#!/usr/bin/env python3
"""Compile countries.tsv, places.tsv and first_names.tsv of data/lexicon from public gazetteers.

usage: gazetteer.py CORPORA LEXICON

CORPORA holds gazetteers/country-codes.csv, gazetteers/rigour_territories/*.yml, gazetteers/cldr and
gazetteers/natural_earth_places.tsv, gazetteers/prenoms_fr_1900_2020.tsv,
gazetteers/common-forenames-by-country.csv (see data/SOURCES.md); LEXICON is data/lexicon. Only facts are
taken: names, codes, Wikidata identifiers and which country contains a place. Sorted output, so that
a second run changes nothing.
"""
import csv
import json
import pathlib
import re
import sys
import unicodedata


def slug(label):
    s = label.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("ø", "o").replace("ı", "i")
    s = s.replace("ł", "l").replace("đ", "d").replace("ð", "d")
    s = "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", s).strip("-")


# French labels where the CLDR name is not how the press writes.
FRENCH = {
    "MM": "Birmanie", "HK": "Hong Kong", "MO": "Macao", "CD": "République démocratique du Congo",
    "CG": "Congo-Brazzaville", "VA": "Vatican", "PS": "Palestine", "TW": "Taïwan", "CI": "Côte d'Ivoire",
}
# English names whose slug should be the full name.
ENGLISH = {
    "US": "United States", "GB": "United Kingdom", "BA": "Bosnia and Herzegovina",
    "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "VA": "Vatican City",
    "CI": "Ivory Coast", "TR": "Turkey", "MM": "Myanmar", "CV": "Cape Verde", "CZ": "Czechia",
    "TL": "East Timor", "XK": "Kosovo", "GE": "Georgia", "PS": "Palestine", "LU": "Luxembourg",
}
WIKIDATA = {"NA": "Q1030", "XK": "Q1246", "NL": "Q55"}
# Names that are also first names or common words: they count only where the tagger found a place.
RISKY = {"Dominique", "Maurice", "Grenade", "Salvador", "Jersey", "Réunion", "La Réunion", "Saint-Martin", "Tonga",
         "Saint-Barthélemy", "Anguilla", "Guam", "Samoa", "Jordan", "Chad", "Georgia", "Turkey", "Jersey", "Dominica",
         "Grenada", "Niue", "Montserrat"}


def countries(root):
    rows = list(csv.DictReader(open(root / "country-codes.csv", encoding="utf-8-sig")))
    cldr = {}
    for lang in ("fr", "en"):
        path = root / "cldr/cldr-json/cldr-localenames-full/main" / lang / "territories.json"
        cldr[lang] = json.load(open(path, encoding="utf8"))["main"][lang]["localeDisplayNames"]["territories"]
    codes = {r["ISO3166-1-Alpha-2"]: (r["wikidata_id"].rsplit("/")[-1], r["is_independent"]) for r in rows}
    codes["XK"] = ("Q1246", "Yes")
    out = []
    for code, (qid, independent) in sorted(codes.items()):
        if code in ("BV", "HM", "IO", "UM", "SJ", "TF", "GS", "AQ", "BQ"):
            continue
        fr = FRENCH.get(code) or cldr["fr"][code]
        en = ENGLISH.get(code) or cldr["en"][code].replace("St. ", "Saint ").replace(" & ", " and ")
        names = {cldr["fr"][code], cldr["en"][code], en}
        for alt in ("-alt-short", "-alt-variant"):
            for lang in ("fr", "en"):
                names.add(cldr[lang].get(code + alt, ""))
        names = {n.replace("’", "'") for n in names if n and "(" not in n and "R.A.S." not in n and "SAR" not in n}
        fr = fr.replace("’", "'")
        names.discard(fr)
        mark = lambda n: "~" + n if n in RISKY or len(n) < 4 else n
        state = "C" if independent in ("Yes", "In contention") or code in ("TW", "XK", "PS", "HK") else "P"
        out.append([code, slug(en), WIKIDATA.get(code, qid), state, mark(fr), "|".join(sorted(map(mark, names)))])
    return out


def places(root, codes):
    rows = list(csv.DictReader(open(root / "natural_earth_places.tsv", encoding="utf8"), delimiter="\t"))
    ids = {c[0]: c[1] for c in codes}
    taken, seen, out = {c[1] for c in codes}, set(), []
    def rank(r):
        return (-int(float(r["pop_max"] or 0)), r["wikidata"], r["name"])
    for r in sorted(rows, key=rank):
        if r["featurecla"] in ("Meteorological Station", "Scientific station") or not r["wikidata"].startswith("Q"):
            continue
        if r["wikidata"] in seen or r["wikidata"] in {c[2] for c in codes}:
            continue
        seen.add(r["wikidata"])
        clean = lambda s: s.replace("’", "'").strip()
        fr, en, local = clean(r["name_fr"] or r["name"]), clean(r["name_en"] or r["name"]), clean(r["name"])
        ident = slug(en) or slug(local)
        if not ident or len(fr) < 2:
            continue
        if ident in taken:
            ident = f"{ident}-{r['wikidata'].lower()}"
        taken.add(ident)
        country = ids.get(r["iso_a2"], "")
        others = sorted({n for n in (en, local) if n and n != fr})
        pop = int(float(r["pop_max"] or 0)) // 1000
        capital = "1" if r["featurecla"].startswith("Admin-0 capital") else ""
        out.append([ident, r["wikidata"], country, str(pop), capital, fr, "|".join(others)])
    return sorted(out)


def first_names(root):
    """First names that tell a person's gender: given 3,000 times in France, or common elsewhere."""
    count = {}
    for line in open(root / "prenoms_fr_1900_2020.tsv", encoding="utf8"):
        name, sex, n = line.rstrip("\n").split("\t")
        count.setdefault(slug(name), {}).setdefault(sex, 0)
        count[slug(name)][sex] += int(n)
    for r in csv.DictReader(open(root / "common-forenames-by-country.csv", encoding="utf-8-sig")):
        name = slug(r["Romanized Name"])
        if r["Gender"] in ("F", "M") and name and " " not in r["Romanized Name"]:
            by = count.setdefault(name, {})
            by[r["Gender"]] = by.get(r["Gender"], 0) + 3000
    out = {"F": [], "M": []}
    for name, by in sorted(count.items()):
        f, m = by.get("F", 0), by.get("M", 0)
        if f + m >= 3000 and len(name) > 2:
            if f >= 20 * m:
                out["F"].append(name)
            elif m >= 20 * f:
                out["M"].append(name)
    return [["f", " ".join(out["F"])], ["m", " ".join(out["M"])]]


def write(path, head, rows):
    with open(path, "w", encoding="utf8") as f:
        f.write(head + "\n")
        for r in rows:
            f.write("\t".join(r).rstrip("\t") + "\n")


def main():
    root, lexicon = pathlib.Path(sys.argv[1]) / "gazetteers", pathlib.Path(sys.argv[2])
    c = countries(root)
    write(lexicon / "countries.tsv", "# code\tid\twikidata\tC state, P territory\tFrench label\tother names", c)
    write(lexicon / "places.tsv", "# id\twikidata\tcountry\tpopulation in thousands\tcapital\tFrench label\tother names",
          places(root, c))
    write(lexicon / "first_names.tsv", "# gender\tfirst names, without diacritics", first_names(root))


main()
