//! `trialdex marks import`: first says what a file would bring, then brings it as one step.

use std::io::Write;

use anyhow::{Context as _, Result};

use crate::cli::{ImportMarks, Keeping};
use crate::command::{self, Ending};
use crate::marks::import::{self, Plan};
use crate::marks::read_file;
use crate::text;

/// So many records of a kind are named; the others are counted.
const MOST_NAMED: usize = 10;

pub(super) fn run(import: &ImportMarks, out: &mut dyn Write) -> Result<Ending> {
    let path = text::clean_line(&import.file.display().to_string()).into_owned();
    let bytes = read_file(&import.file).with_context(|| path.clone())?;
    let taken_as = import.taken_as.and_then(crate::cli::DecisionName::get);
    let read = import::read(&bytes, taken_as).with_context(|| path.clone())?;
    let store = if import.data.is_empty() {
        None
    } else {
        let keeping = Keeping::default();
        Some(command::open_quietly(&import.data, keeping)?.store)
    };
    let by = super::by(&import.whose);
    let mut collection = super::open(&import.whose.collection)?;
    let knows = |id| store.as_ref().is_none_or(|store| store.find(id).is_some());
    let plan = Plan::new(&read, collection.marks(), &by, knows);
    writeln!(out, "{path}: {}", read.form.label())?;
    say(&plan, out)?;
    if plan.changes.is_empty() {
        writeln!(out, "nothing new is in it")?;
        return Ok(Ending::Nothing);
    }
    if import.apply {
        // A step is undone by a person of whom something is in it.
        let is_own = plan.changes.iter().any(|(person, _)| *person == by);
        let person = plan.changes.first().filter(|_| !is_own).map(|(person, _)| person);
        let undo = person.map(|person| format!(" --by '{}'", text::clean_line(person)));
        let undo = undo.unwrap_or_default();
        let step = collection.keep(plan.changes)?;
        writeln!(
            out,
            "{} kept in {}; `trialdex marks undo{undo}` takes them back",
            step.words, collection.name
        )?;
    } else {
        writeln!(out, "nothing is kept yet: --apply keeps it in {}", collection.name)?;
    }
    Ok(Ending::Found)
}

fn say(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    let decisions = plan.decisions();
    let new = decisions.iter().map(|(decision, count)| format!("{count} {decision}"));
    let new = new.collect::<Vec<_>>().join(", ");
    let new = if new.is_empty() { String::new() } else { format!("; new decisions: {new}") };
    let same = if plan.same > 0 { format!("; {} known already", plan.same) } else { String::new() };
    let kinds = [
        ("unknown", &plan.unknown),
        ("ambiguous", &plan.ambiguous),
        ("unreadable", &plan.unreadable),
        ("conflict", &plan.conflicts),
        ("changed", &plan.changed),
    ];
    let counts = kinds.iter().filter(|(what, records)| is_always(what) || !records.is_empty());
    let counts = counts.map(|(what, records)| format!(", {what} {}", records.len()));
    let counts = counts.collect::<String>();
    writeln!(out, "found {}{counts}{new}{same}", plan.found.len())?;
    for (what, records) in kinds {
        for (line, reason) in records.iter().take(MOST_NAMED) {
            writeln!(out, "  {what}, line {line}: {}", text::clean_line(reason))?;
        }
        if records.len() > MOST_NAMED {
            writeln!(out, "  {what}: {} more", records.len() - MOST_NAMED)?;
        }
    }
    Ok(())
}

/// Whether a kind of record is counted even where there is none.
fn is_always(what: &str) -> bool {
    matches!(what, "unknown" | "ambiguous")
}
