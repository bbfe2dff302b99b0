//! Participant flow: how many reached each milestone, and why others did not.

use serde_json::Value;

use super::group::Groups;
use super::{ResultsTable, line, list, prose, said};
use crate::study::terms::{MILESTONE, label};
use crate::study::value::Detail;
use crate::text::Table;

const UNNAMED: &str = "(no name stated)";

pub(super) fn notes(module: &Value) -> Vec<Detail> {
    let notes = [
        prose("Recruitment", module, "recruitmentDetails"),
        prose("Before assignment", module, "preAssignmentDetails"),
        line("Units", said(module, "typeUnitsAnalyzed")),
    ];
    notes.into_iter().flatten().collect()
}

/// A period: milestones, then the reasons for dropping out.
pub(super) fn table(module: &Value, period: &Value) -> ResultsTable {
    let mut groups = Groups::new(module, "groups");
    let mut rows = Vec::new();
    for milestone in list(period, "milestones") {
        let name = said(milestone, "type").unwrap_or_else(|| UNNAMED.to_owned());
        let name = named(label(MILESTONE, &name).to_owned(), milestone, &mut groups);
        rows.push(groups.row(name, list(milestone, "achievements"), reached));
    }
    for reason in list(period, "dropWithdraws") {
        let name = said(reason, "type").unwrap_or_else(|| UNNAMED.to_owned());
        let name = named(format!("  {name}"), reason, &mut groups);
        rows.push(groups.row(name, list(reason, "reasons"), reached));
    }
    let head = groups.head("Milestone");
    ResultsTable {
        table: Table { head, rows },
        remarks: groups.remarks(),
        ..ResultsTable::default()
    }
}

/// The name of a row with the letters of its comment.
fn named(name: String, row: &Value, groups: &mut Groups) -> String {
    match said(row, "comment") {
        Some(comment) => format!("{name} [{}]", groups.remark(comment)),
        None => name,
    }
}

/// `45`; with units, `45 (90 units)`.
fn reached(entry: &Value, _: usize) -> Option<String> {
    let subjects = said(entry, "numSubjects");
    match (subjects, said(entry, "numUnits")) {
        (Some(subjects), Some(units)) => Some(format!("{subjects} ({units} units)")),
        (None, Some(units)) => Some(format!("{units} units")),
        (subjects, None) => subjects,
    }
}
