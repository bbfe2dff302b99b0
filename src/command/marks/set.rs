//! `trialdex marks set`: decides, tags, notes.

use std::io::Write;

use anyhow::{Result, bail};

use crate::cli::SetMarks;
use crate::command::Ending;
use crate::marks::{Change, Marking, Verdict};
use crate::study::NctId;
use crate::text::clean_line;

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
    let mut changes: Vec<Marking> = Vec::new();
    for &id in &ids {
        let known = collection.marks().get(id).and_then(|mark| mark.decided_by(&by));
        let known = known.map(|decided| decided.decision);
        changes.extend(made(set, known)?.into_iter().map(|change| (id, change, None)));
    }
    let step = collection.mark(&by, changes)?;
    let trials = match ids.as_slice() {
        [only] => only.to_string(),
        many => super::counted(many.len() as u64, "trial"),
    };
    writeln!(out, "{trials}: {} kept in {}", step.words, collection.name)?;
    Ok(Ending::Found)
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
        changes.push(Change::Noted { text, passage: None });
    }
    if set.seen {
        changes.push(Change::Seen(true));
    }
    if changes.is_empty() {
        bail!("nothing is said to be set: --decision, --reason, --tag, --note or --seen");
    }
    Ok(changes)
}
