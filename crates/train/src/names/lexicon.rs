//! Compiles public lists of first names, surnames and places into the word list of the name tagger.

use super::corpora::read;
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use temoin_model::{Lang, NameKind};

/// Compile the word list of the name tagger from the gazetteers.
#[derive(Debug, Args)]
pub struct NamesLexicon {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Language
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// File to write [default: data/lexicon/LANG/name_words.tsv]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Known organisations
    #[arg(long, default_value = "data/lexicon/organizations.tsv")]
    organizations: PathBuf,
    /// More names of organisations, one a line
    #[arg(long, default_value = "data/lexicon/fr/organization_names.txt")]
    more: PathBuf,
    /// Known regions, seas and continents
    #[arg(long, default_value = "data/lexicon/regions.tsv")]
    regions: PathBuf,
}

/// Children with a first name between 1900 and 2020 from which on it counts as known.
const LEAST_CHILDREN: u32 = 300;

#[derive(Default)]
struct Entries {
    letters: BTreeMap<String, Letters>,
}

#[derive(Clone, Copy, Default)]
struct Letters {
    first: u32,
    last: u32,
    place: bool,
    country: bool,
    organization: bool,
    /// How often an encyclopedia has it as a person, a place, an organisation, something else.
    seen: [u32; 4],
}

impl Entries {
    fn at(&mut self, name: &str) -> Option<&mut Letters> {
        let clean = name.split(" (").next().unwrap_or_default().trim().replace('’', "'");
        let small = clean.to_lowercase();
        // Other scripts, and words too short to tell anything.
        let latin = small.chars().all(|c| !c.is_alphabetic() || ('a'..='\u{24f}').contains(&c));
        (small.chars().count() > 1 && latin && !small.contains('\t')).then(|| self.letters.entry(small).or_default())
    }

    fn first(&mut self, name: &str, weight: u32) {
        if let Some(l) = self.at(name) {
            l.first += weight;
        }
    }

    fn last(&mut self, name: &str, weight: u32) {
        if let Some(l) = self.at(name) {
            l.last += weight;
        }
    }

    fn place(&mut self, name: &str) {
        if let Some(l) = self.at(name) {
            l.place = true;
        }
    }

    fn country(&mut self, name: &str) {
        if let Some(l) = self.at(name) {
            l.country = true;
        }
    }

    fn organization(&mut self, name: &str) {
        if let Some(l) = self.at(name) {
            l.organization = true;
        }
    }

    fn seen(&mut self, name: &str, kind: Option<NameKind>) {
        let k = match kind {
            Some(NameKind::Person) => {
                self.person(name);
                0
            }
            Some(NameKind::Location) => 1,
            Some(NameKind::Organization) => 2,
            _ => 3,
        };
        if let Some(l) = self.at(name) {
            l.seen[k] += 1;
        }
    }

    /// First and last word of a full name; particles in small letters are neither.
    fn person(&mut self, name: &str) {
        let words: Vec<&str> = name.split(" (").next().unwrap_or_default().split(' ').collect();
        let capital = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase) && !w.ends_with('.');
        let known: Vec<&&str> = words.iter().filter(capital).collect();
        if let [first, .., last] = known[..] {
            self.first(first, 1);
            self.last(last, 1);
        }
    }

    fn lines(&self) -> String {
        let mut out = String::from(
            "# Compiled by `temoin-train names-lexicon`. F first name, S surname, P place, C country, O organisation; in an\n# encyclopedia: L place, G organisation, M other name.\n",
        );
        for (name, l) in &self.letters {
            let mut letters = String::new();
            let most = l.seen.iter().copied().max().unwrap_or(0);
            let mostly = |k: usize| most > 0 && l.seen[k] == most;
            let marks = [
                ('F', l.first > 1),
                ('S', l.last > 0),
                ('P', l.place),
                ('C', l.country),
                ('O', l.organization),
                ('L', mostly(1)),
                ('G', mostly(2)),
                ('M', mostly(3)),
            ];
            letters.extend(marks.iter().filter(|m| m.1).map(|m| m.0));
            if !letters.is_empty() {
                out.push_str(&format!("{name}\t{letters}\n"));
            }
        }
        out
    }
}

impl NamesLexicon {
    /// Writes the list.
    ///
    /// # Errors
    /// When a source cannot be read or the list cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let mut entries = compile(&self.corpora.join("gazetteers"), self.lang)?;
        // Most names of organisations and works are the same in every language.
        encyclopedia(&self.corpora.join("ner/fr/wikiner-fr/train_silver_bio.txt"), &mut entries)?;
        let text = self.with_own(entries)?;
        let out = self.out.clone().unwrap_or_else(|| format!("data/lexicon/{}/name_words.tsv", self.lang).into());
        fs::write(&out, &text).map_err(|e| format!("{}: {e}", out.display()))?;
        eprintln!("{}: {} entries, {} bytes", out.display(), text.lines().count() - 2, text.len());
        Ok(())
    }

    /// The list with the organisations and regions that the project itself knows.
    fn with_own(&self, mut entries: Entries) -> Result<String, String> {
        let rows = |source: String, column: usize, kind: Option<&str>| -> Vec<String> {
            let kept = source.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
            let kept = kept.filter(|c| kind.is_none() || c.get(1).copied() == kind);
            let names = kept.flat_map(|c| c.into_iter().skip(column).flat_map(|n| n.split('|')).collect::<Vec<_>>());
            names.filter(|n| !n.starts_with('~')).map(str::to_owned).collect()
        };
        rows(read(&self.organizations)?, 3, Some("O")).iter().for_each(|n| entries.organization(n));
        let english = ["data/lexicon/en/organization_names.txt", "data/lexicon/company_names.txt"];
        let english = if self.lang == Lang::En { &english[..] } else { &[] };
        for file in std::iter::once(self.more.as_path()).chain(english.iter().map(Path::new)) {
            rows(read(file)?, 0, None).iter().for_each(|n| entries.organization(n));
        }
        rows(read(&self.regions)?, 3, None).iter().for_each(|n| entries.place(n));
        Ok(entries.lines())
    }
}

fn compile(folder: &Path, lang: Lang) -> Result<Entries, String> {
    let mut entries = Entries::default();
    for line in read(&folder.join("prenoms_fr_1900_2020.tsv"))?.lines() {
        let c: Vec<&str> = line.split('\t').collect();
        if c.len() == 3 && c[2].parse::<u32>().is_ok_and(|n| n >= LEAST_CHILDREN) {
            entries.first(c[0], 2);
        }
    }
    for row in csv(&read(&folder.join("common-forenames-by-country.csv"))?, &["Localized Name", "Romanized Name"]) {
        row.iter().for_each(|n| entries.first(n, 2));
    }
    for row in csv(&read(&folder.join("common-surnames-by-country.csv"))?, &["Localized Name", "Romanized Name"]) {
        row.iter().for_each(|n| entries.last(n, 1));
    }
    for line in read(&folder.join("politicians_2015.tsv"))?.lines() {
        let mut seen = "";
        for name in line.split('\t').skip(1).take(2) {
            if name != seen {
                entries.person(name);
            }
            seen = name;
        }
    }
    for line in read(&folder.join("natural_earth_places.tsv"))?.lines().skip(1) {
        let c: Vec<&str> = line.split('\t').collect();
        [0, 1, 2, 7].iter().filter_map(|&k| c.get(k)).for_each(|n| entries.place(n));
        c.get(4).iter().for_each(|n| entries.country(n));
    }
    let names = match lang {
        Lang::Fr => ["UNTERM French Short", "official_name_fr"],
        Lang::En => ["UNTERM English Short", "official_name_en"],
    };
    for row in csv(&read(&folder.join("country-codes.csv"))?, &names) {
        row.iter().for_each(|n| entries.country(n));
    }
    let territories = format!("cldr/cldr-json/cldr-localenames-full/main/{lang}/territories.json");
    for line in read(&folder.join(territories))?.lines() {
        if let Some((_, value)) = line.trim().trim_end_matches(',').split_once("\": \"") {
            entries.country(value.trim_end_matches('"'));
        }
    }
    Ok(entries)
}

/// Adds what the names of an encyclopedia are.
fn encyclopedia(silver: &Path, entries: &mut Entries) -> Result<(), String> {
    for article in super::corpora::bio(silver)? {
        for name in &article.names {
            let text: String =
                article.text.chars().take(name.span.end as usize).skip(name.span.start as usize).collect();
            entries.seen(&text, name.kind);
        }
    }
    Ok(())
}

/// The named columns of a file of comma-separated values (RFC 4180, without line breaks in fields).
fn csv(source: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut lines = source.trim_start_matches('\u{feff}').lines().map(fields);
    let header = lines.next().unwrap_or_default();
    let at: Vec<usize> = columns.iter().filter_map(|c| header.iter().position(|h| h == c)).collect();
    lines.map(|row| at.iter().filter_map(|&i| row.get(i).cloned()).collect()).collect()
}

fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().expect("never empty").push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_commas_stay_in_their_field() {
        let rows = csv("a,b,c\n1,\"x, y\",3\n4,,6\n", &["b", "c"]);
        assert_eq!(rows, [["x, y", "3"], ["", "6"]]);
    }

    #[test]
    fn first_and_last_words_of_full_names_are_taken() {
        let mut e = Entries::default();
        e.person("Aline de Vauquelin (diplomate)");
        e.person("Aline R. Tessier");
        e.place("Aix");
        let lines = e.lines();
        assert_eq!(lines.lines().skip(2).collect::<Vec<_>>(), ["aix\tP", "aline\tF", "tessier\tS", "vauquelin\tS"]);
    }

    #[test]
    fn other_scripts_are_left_out() {
        let mut e = Entries::default();
        e.last("Каримов", 1);
        e.last("Karimov", 1);
        assert_eq!(e.letters.keys().collect::<Vec<_>>(), ["karimov"]);
    }
}
