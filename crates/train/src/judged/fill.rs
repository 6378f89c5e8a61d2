//! `temoin-train fill-verdicts`: verdicts of a reader into the facts of a sample.

use super::facts::{self, Sentence, Verdict};
use crate::names::corpora::read;
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Write verdicts into a file of facts.
///
/// A line of verdicts is the number of a claim, `right`, `wrong` or `unclear`, and the reason, with
/// tabs between; the reason is not kept.
#[derive(Debug, Args)]
pub struct FillVerdicts {
    /// Facts that `sample-claims` wrote; the file is written anew
    #[arg(long)]
    facts: PathBuf,
    /// Verdicts
    #[arg(long)]
    verdicts: PathBuf,
}

impl FillVerdicts {
    /// Fills the file.
    ///
    /// # Errors
    /// When a file cannot be read or written, a line is not of its form, or a claim lacks a verdict.
    pub fn run(&self) -> Result<(), String> {
        let name = self.facts.display().to_string();
        let mut sentences = facts::parse(&name, &read(&self.facts)?)?;
        let filled = fill(&name, &mut sentences, &self.verdicts.display().to_string(), &read(&self.verdicts)?)?;
        std::fs::write(&self.facts, facts::write(&sentences)).map_err(|e| format!("{name}: {e}"))?;
        crate::say!("{name}: {filled} verdicts");
        Ok(())
    }
}

/// Sets the verdicts of all claims and counts them.
fn fill(facts_file: &str, sentences: &mut [Sentence], file: &str, source: &str) -> Result<usize, String> {
    let mut verdicts = parse(file, source)?;
    let mut missing = Vec::new();
    let mut numbers = BTreeMap::new();
    for fact in sentences.iter_mut().flat_map(|s| &mut s.facts) {
        if let Some(line) = numbers.insert(fact.number, fact.line) {
            return Err(format!("{facts_file}:{}: claim {} stands in line {line} already", fact.line, fact.number));
        }
        match verdicts.remove(&fact.number) {
            Some((_, verdict)) => fact.verdict = Some(verdict),
            None => missing.push(format!("C{}", fact.number)),
        }
    }
    if let Some((number, (line, _))) = verdicts.first_key_value() {
        return Err(format!("{file}:{line}: {facts_file} has no claim C{number}"));
    }
    if !missing.is_empty() {
        return Err(format!("{file}: no verdict for {}", missing.join(" ")));
    }
    Ok(numbers.len())
}

/// Line and verdict by number of the claim.
fn parse(file: &str, source: &str) -> Result<BTreeMap<u32, (usize, Verdict)>, String> {
    let mut out = BTreeMap::new();
    for (n, line) in source.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let at = |e: String| format!("{file}:{}: {e}", n + 1);
        let mut columns = line.split('\t').map(str::trim);
        let id = columns.next().unwrap_or_default();
        let number = id.strip_prefix('C').and_then(|n| n.parse().ok());
        let number = number.ok_or_else(|| at(format!("'{id}' is no claim: C and a number, then a tab")))?;
        let verdict = Verdict::parse(columns.next().unwrap_or_default()).map_err(at)?;
        if let Some((line, _)) = out.insert(number, (n + 1, verdict)) {
            return Err(at(format!("{id} has a verdict in line {line} already")));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::{fact, sentence};
    use super::*;

    fn two() -> Vec<Sentence> {
        vec![sentence(5, vec![fact(1, "a", None)]), sentence(60, vec![]), sentence(99, vec![fact(2, "b", None)])]
    }

    #[test]
    fn every_claim_gets_its_verdict_and_the_reason_is_dropped() {
        let mut all = two();
        assert_eq!(fill("f", &mut all, "v", "# read twice\nC2\twrong\twho it is\n\nC1\tunclear\n"), Ok(2));
        let verdicts: Vec<_> = all.iter().flat_map(|s| &s.facts).map(|f| f.verdict).collect();
        assert_eq!(verdicts, [Some(Verdict::Unclear), Some(Verdict::Wrong)]);
        assert!(!facts::write(&all).contains("who"));
    }

    #[test]
    fn errors_say_which_claim_lacks_what() {
        let filled = |verdicts: &str| fill("f", &mut two(), "v", verdicts).unwrap_err();
        assert_eq!(filled("C1\tright\n"), "v: no verdict for C2");
        assert_eq!(filled("C1\tright\nC2\tright\nC3\tright"), "v:3: f has no claim C3");
        assert_eq!(filled("C1\tright\nC1\twrong"), "v:2: C1 has a verdict in line 1 already");
        assert_eq!(filled("C1 right"), "v:1: 'C1 right' is no claim: C and a number, then a tab");
        assert_eq!(filled("C1\tgood"), "v:1: 'good' is no verdict: right, wrong or unclear");
        let mut same = vec![sentence(5, vec![fact(1, "a", None), fact(1, "b", None)])];
        assert!(fill("f", &mut same, "v", "C1\tright").unwrap_err().contains("claim 1 stands in line"));
    }
}
