//! `trialdex marks agreement`: how far people agree, and where they do not.

use std::io::{self, Write};

use anyhow::Result;

use crate::cli;
use crate::command::Ending;
use crate::marks::{Agreement, Collection};
use crate::text;

pub(super) fn run(agreement: &cli::Agreement, out: &mut dyn Write) -> Result<Ending> {
    let collection = super::open(&agreement.collection)?;
    let said = write(&collection, out)?;
    if !said {
        crate::command::remark("no trial is decided by two people");
    }
    Ok(if said { Ending::Found } else { Ending::Nothing })
}

/// Writes what there is to say; says whether that is anything.
pub(super) fn write(collection: &Collection, out: &mut dyn Write) -> io::Result<bool> {
    let Agreement { pairs, conflicts } = Agreement::of(collection.marks());
    for pair in &pairs {
        let [first, second] = pair.people;
        let (both, agreed) = (pair.both(), pair.agreed());
        let percent = f64::from(agreed) * 100.0 / f64::from(both);
        let kappa = match pair.kappa() {
            Some(kappa) => format!("Cohen's kappa {kappa:.2}"),
            None => "Cohen's kappa has no value, since both always decided the same".to_owned(),
        };
        let both = text::counted(both.into(), "trial");
        writeln!(
            out,
            "{first} and {second}: {both} decided by both, agreed on {agreed} ({percent:.1} %), {kappa}"
        )?;
    }
    if !conflicts.is_empty() {
        writeln!(
            out,
            "{}, settled by marks set ID --decision … --settle:",
            text::counted(conflicts.len() as u64, "conflict")
        )?;
    }
    for conflict in &conflicts {
        let said = conflict.decisions.iter().map(|decided| {
            let reason = decided.reason.as_ref().map(|reason| format!(" ({reason})"));
            format!("{}: {}{}", decided.by, decided.decision, reason.unwrap_or_default())
        });
        writeln!(out, "{}  {}", conflict.id, said.collect::<Vec<_>>().join(", "))?;
    }
    Ok(!pairs.is_empty() || !conflicts.is_empty())
}
