//! `trialdex marks set`: decides, tags, notes.

use std::io::Write;

use anyhow::{Result, bail};

use crate::cli::SetMarks;
use crate::command::Ending;
use crate::marks::{Change, Mark, Marking, Passage, Verdict};
use crate::study::NctId;
use crate::text::{self, clean_line};

pub(super) fn run(set: &SetMarks, out: &mut dyn Write) -> Result<Ending> {
    let mut ids: Vec<NctId> = Vec::new();
    for text in &set.ids {
        let id = text.parse().map_err(|error| anyhow::anyhow!("{}: {error}", clean_line(text)))?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let by = super::by(&set.whose);
    let mut collection = super::open(&set.whose.collection)?;
    let trials = match ids.as_slice() {
        [only] => only.to_string(),
        many => text::counted(many.len() as u64, "trial"),
    };
    let mut changes: Vec<Marking> = Vec::new();
    for &id in &ids {
        let mark = collection.marks().get(id);
        let known = mark.and_then(|mark| mark.decided_by(&by)).map(|decided| decided.decision);
        let is_news = |change: &Change| !is_lacking(change, mark);
        let made = made(set, known)?.into_iter().filter(is_news);
        changes.extend(made.map(|change| (id, change, None)));
    }
    if changes.is_empty() {
        writeln!(out, "{trials}: nothing to take off in {}", collection.name)?;
        return Ok(Ending::Nothing);
    }
    let is_off = |change: &Change| matches!(change, Change::Tagged { on: false, .. });
    let kept = if changes.iter().all(|(_, change, _)| is_off(change)) { "" } else { " kept" };
    let step = collection.mark(&by, changes)?;
    writeln!(out, "{trials}: {}{kept} in {}", step.words, collection.name)?;
    Ok(Ending::Found)
}

/// Whether a change takes something off that is not there.
fn is_lacking(change: &Change, mark: Option<&Mark>) -> bool {
    matches!(change, Change::Tagged { tag, on: false } if mark.is_none_or(|mark| !mark.has_tag(tag)))
}

/// What is to be changed on each trial; `known` is what the person decided before.
fn made(set: &SetMarks, known: Option<crate::marks::Decision>) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    let one = |text: &str| clean_line(text).trim().to_owned();
    let reason = set.reason.as_deref().map(one).filter(|reason| !reason.is_empty());
    let decision = match (set.decision, &reason) {
        (Some(decision), _) => Some(decision.get()),
        (None, Some(_)) if known.is_some() => Some(known),
        (None, Some(_)) => bail!("a reason belongs to a decision: add --decision exclude"),
        (None, None) => None,
    };
    if let Some(decision) = decision {
        if decision.is_none() && reason.is_some() {
            bail!("--decision none takes the decision back and has no --reason");
        }
        changes.push(Change::Decided(Verdict { decision, reason, settles: set.settle }));
    }
    for text in &set.tags {
        let (on, name) = match text.strip_prefix('-') {
            Some(name) => (false, name),
            None => (true, text.strip_prefix('+').unwrap_or(text)),
        };
        let tag = one(name);
        if tag.is_empty() || tag.contains(['|', ',']) {
            bail!("“{}” cannot be a tag: a tag is a name without , and |", clean_line(text));
        }
        changes.push(Change::Tagged { tag, on });
    }
    if let Some(note) = &set.note {
        let text = crate::text::clean_text(note).trim().to_owned();
        let words = set.on.as_deref().map(one).filter(|words| !words.is_empty());
        let passage = words.map(|words| Passage { field: String::new(), words });
        changes.push(Change::Noted { text, passage });
    }
    if set.seen {
        changes.push(Change::Seen(true));
    }
    if changes.is_empty() {
        bail!("nothing is said to be set: --decision, --reason, --tag, --note or --seen");
    }
    Ok(changes)
}
