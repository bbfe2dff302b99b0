//! `trialdex marks`: what a person makes of trials, on the command line.

mod agreement;
mod export;
mod flow;
mod import;
mod list;
mod set;

use std::io::Write;

use anyhow::Result;

use super::Ending;
use super::collection::{open, report};
use crate::cli::{DecisionName, Marks, MarksCommand, MergeMarks, Whose};
use crate::marks::Decision;
use crate::text;

pub(super) fn run(marks: &Marks, out: &mut dyn Write) -> Result<Ending> {
    match &marks.command {
        MarksCommand::Set(set) => set::run(set, out),
        MarksCommand::List(list) => list::run(list, out),
        MarksCommand::Undo(whose) => undo(whose, out),
        MarksCommand::Import(import) => import::run(import, out),
        MarksCommand::Merge(merge) => self::merge(merge, out),
        MarksCommand::Agreement(agreement) => agreement::run(agreement, out),
        MarksCommand::Flow(flow) => flow::run(flow, out),
        MarksCommand::Export(export) => export::run(export, out),
    }
}

/// Who marks: as said, else the user of the system.
pub(super) fn by(whose: &Whose) -> String {
    let names =
        ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    let mut names = whose.by.iter().cloned().chain(names);
    let name = names.find(|name| !name.trim().is_empty()).unwrap_or_else(|| "me".to_owned());
    text::clean_line(&name).trim().to_owned()
}

impl DecisionName {
    /// The decision; `None` for none.
    fn get(self) -> Option<Decision> {
        match self {
            Self::Include => Some(Decision::Include),
            Self::Exclude => Some(Decision::Exclude),
            Self::Maybe => Some(Decision::Maybe),
            Self::None => None,
        }
    }
}

fn undo(whose: &Whose, out: &mut dyn Write) -> Result<Ending> {
    let undone = open(&whose.collection)?.undo(&by(whose))?;
    writeln!(out, "undo: {}", undone.words)?;
    Ok(Ending::Found)
}

fn merge(merge: &MergeMarks, out: &mut dyn Write) -> Result<Ending> {
    let mut collection = open(&merge.whose.collection)?;
    let merged = collection.merge(&merge.file)?;
    report(&merge.file.display().to_string(), &merged.damage);
    if merged.events == 0 {
        let rest = if merged.damage.is_empty() { "" } else { " that can be read" };
        writeln!(
            out,
            "{}: nothing new{rest}",
            text::clean_line(&merge.file.display().to_string())
        )?;
        return Ok(Ending::Nothing);
    }
    let (events, studies) = (merged.events as u64, merged.studies as u64);
    writeln!(
        out,
        "joined {} of {} on {} in {}",
        text::counted(events, "event"),
        merged.people.join(", "),
        text::counted(studies, "trial"),
        collection.name
    )?;
    agreement::write(&collection, out)?;
    Ok(Ending::Found)
}
