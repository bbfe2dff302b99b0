//! The commands of the dialogue that mark trials.

use anyhow::Result;

use super::Dialogue;
use super::line::named;
use crate::marks::{Change, Decision, Verdict, tag_name};
use crate::store::StudyIdx;
use crate::text;

fn mark(dialogue: &mut Dialogue, study: StudyIdx, change: Change) -> Result<String> {
    let id = dialogue.store.id(study);
    let updated = dialogue.store.updated(study);
    let by = dialogue.by.clone();
    let step = dialogue.collection()?.mark(&by, vec![(id, change, updated)])?;
    let said = format!("{id}: {}. undo takes it back.", step.words);
    dialogue.kept.push(step);
    Ok(said)
}

pub(super) fn decide(dialogue: &mut Dialogue, line: &str, decision: Decision) -> Result<String> {
    let (study, reason) = named(dialogue, line)?;
    let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    let verdict = Verdict { decision: Some(decision), reason, settles: false };
    mark(dialogue, study, Change::Decided(verdict))
}

pub(super) fn tag(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, typed) = named(dialogue, line)?;
    let tag = tag_name(typed)?.to_owned();
    mark(dialogue, study, Change::Tagged { tag, on: !typed.starts_with('-') })
}

pub(super) fn note(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, words) = named(dialogue, line)?;
    let text = text::clean_text(words).trim().to_owned();
    mark(dialogue, study, Change::Noted { text, passage: None })
}

pub(super) fn collection(dialogue: &mut Dialogue, name: &str) -> Result<String> {
    if name.is_empty() {
        return Ok(format!("Marks are kept in {}.", dialogue.name));
    }
    let opened = crate::command::collection::open(name)?;
    let marked = text::counted(opened.marks().len() as u64, "trial");
    name.clone_into(&mut dialogue.name);
    dialogue.collection = Some(opened);
    dialogue.kept.clear();
    Ok(format!("Marks are kept in {name}. {marked} marked there."))
}
