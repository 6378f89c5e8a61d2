//! Corrections of trees that no reading of the sentence allows.

use super::Labels;
use crate::lang::Rules;
use temoin_model::Upos;

/// How far around a weekday its dependents and those of its verb are looked for: a bound that keeps
/// the time linear in the length of the sentence.
const REACH: usize = 60;

/// A weekday that dates a verb takes no object: in « a arrêté mercredi deux suspects » what the
/// parser hangs on « mercredi » belongs to the verb.
///
/// `form`, `tags`, `head` and `label` are those of one sentence; a head that is no word is the root.
pub(crate) fn weekdays<'a>(
    form: impl Fn(usize) -> &'a str,
    tags: &[u8],
    rules: &Rules,
    labels: &Labels,
    head: &mut [u32],
    label: &mut [u16],
) {
    let n = tags.len();
    let is = |i: usize, upos: Upos| Upos::ALL[usize::from(tags[i])] == upos;
    let name = |l: u16| labels.0[usize::from(l)].as_str();
    for day in 0..n {
        if !(is(day, Upos::Noun) || is(day, Upos::Propn)) || !rules.weekdays.contains(&form(day).to_lowercase()) {
            continue;
        }
        let verb = head[day] as usize;
        let (first, last) = (day.saturating_sub(REACH), (day + REACH).min(n));
        let bare = !(first..day).any(|i| head[i] as usize == day);
        if verb >= day || !is(verb, Upos::Verb) || !bare {
            continue;
        }
        for i in day + 1..last {
            if head[i] as usize != day || rules.after_weekday.contains(&form(i).to_lowercase()) {
                continue;
            }
            let clause = matches!(name(label[i]), "obj" | "iobj" | "xcomp" | "ccomp" | "obl:arg" | "obl:agent");
            if clause {
                head[i] = verb as u32;
                continue;
            }
            let nominal = is(i, Upos::Noun) || is(i, Upos::Propn) || is(i, Upos::Pron);
            let loose = matches!(name(label[i]), "appos" | "nmod" | "flat" | "flat:name" | "nsubj" | "dislocated");
            let prepositional = (day + 1..i).any(|k| head[k] as usize == i && is(k, Upos::Adp));
            let apart = (day + 1..i).any(|k| is(k, Upos::Punct) && !matches!(form(k), "«" | "\"" | "“"));
            let taken = (first..last).any(|k| {
                k != i && head[k] as usize == verb && matches!(name(label[k]), "obj" | "nsubj:pass" | "ccomp")
            });
            if nominal
                && loose
                && !prepositional
                && !apart
                && !taken
                && let Some(obj) = labels.number("obj")
            {
                head[i] = verb as u32;
                label[i] = obj;
            }
        }
    }
}
