//! Adverse events: of how many in each group, how many were affected.

use serde_json::Value;

use super::group::Groups;
use super::{ResultsTable, line, list, number, prose, said, share, without_empty};
use crate::study::terms::{ASSESSMENT, label};
use crate::study::value::Detail;
use crate::text::{Head, Table};

/// What stands in a cell.
const CELLS: &str = "affected/at risk (their share), number of events where it is stated";

pub(super) fn notes(module: &Value) -> Vec<Detail> {
    let threshold = said(module, "frequencyThreshold").map(|percent| format!("{percent} %"));
    let notes = [
        line("Time frame", said(module, "timeFrame")),
        line("Other events are listed above a frequency of", threshold),
        prose("Description", module, "description"),
        prose("About the deaths", module, "allCauseMortalityComment"),
    ];
    notes.into_iter().flatten().collect()
}

/// What is counted over all events, and the keys of how many were affected and how many at risk.
const TOTALS: &[(&str, &str, &str)] = &[
    ("Deaths of all causes", "deathsNumAffected", "deathsNumAtRisk"),
    ("Serious events", "seriousNumAffected", "seriousNumAtRisk"),
    ("Other events", "otherNumAffected", "otherNumAtRisk"),
];

/// Whether anything is counted over all events.
pub(super) fn has_totals(module: &Value) -> bool {
    let stated = |group: &Value| {
        TOTALS.iter().any(|(_, affected, at_risk)| {
            said(group, affected).is_some() || said(group, at_risk).is_some()
        })
    };
    list(module, "eventGroups").iter().any(stated)
}

/// Deaths, serious and other events of any kind.
pub(super) fn totals(module: &Value) -> ResultsTable {
    let groups = list(module, "eventGroups");
    let row = |(name, affected, at_risk): &(&str, &str, &str)| {
        let cells = groups.iter().map(|group| {
            affected_of(said(group, affected), said(group, at_risk)).unwrap_or_default()
        });
        let row: Vec<String> = std::iter::once((*name).to_owned()).chain(cells).collect();
        row[1..].iter().any(|cell| !cell.is_empty()).then_some(row)
    };
    let rows = TOTALS.iter().filter_map(row).collect();
    let head = Groups::new(module, "eventGroups").head("Affected / at risk");
    ResultsTable { table: Table { head, rows }, ..ResultsTable::default() }
}

/// The events in one list, at most so many: term, organ system, a column for each group, then how it
/// was found.
pub(super) fn table(module: &Value, name: &str, most: usize) -> ResultsTable {
    let mut groups = Groups::new(module, "eventGroups");
    let events = list(module, name);
    let mut rows = Vec::with_capacity(events.len().min(most));
    for event in events.iter().take(most) {
        let term = said(event, "term").unwrap_or_else(|| "(no term stated)".to_owned());
        rows.push(groups.row(term, list(event, "stats"), affected));
    }
    let mut head = groups.head("Term");
    let last = head.len();
    head.insert(1, Head::words("Organ system"));
    head.extend(["Assessment", "Vocabulary", "Notes"].map(Head::words));
    for (row, event) in rows.iter_mut().zip(events) {
        row.resize(last, String::new());
        row.insert(1, said(event, "organSystem").unwrap_or_default());
        let assessment = said(event, "assessmentType");
        let assessment = assessment.map(|code| label(ASSESSMENT, &code).to_owned());
        let found = [assessment, said(event, "sourceVocabulary"), said(event, "notes")];
        row.extend(found.map(Option::unwrap_or_default));
    }
    let more = events.len().saturating_sub(most);
    let mut table = Table { head, rows };
    without_empty(&mut table, last + 1);
    let notes = vec![Detail::line("Cells", CELLS)];
    ResultsTable { table, notes, more, remarks: groups.remarks(), ..ResultsTable::default() }
}

/// `12/345 (3.5 %), 15`: affected, at risk, events.
fn affected(stats: &Value, _: usize) -> Option<String> {
    let affected = affected_of(said(stats, "numAffected"), said(stats, "numAtRisk"));
    match (affected, said(stats, "numEvents")) {
        (Some(affected), Some(events)) => Some(format!("{affected}, {events}")),
        (None, Some(events)) => Some(format!("events: {events}")),
        (affected, None) => affected,
    }
}

fn affected_of(affected: Option<String>, at_risk: Option<String>) -> Option<String> {
    match (affected, at_risk) {
        (Some(affected), Some(at_risk)) => {
            let share =
                share(&affected, number(&at_risk)).map_or(String::new(), |it| format!(" ({it})"));
            Some(format!("{affected}/{at_risk}{share}"))
        }
        (Some(affected), None) => Some(affected),
        (None, Some(at_risk)) => Some(format!("not stated/{at_risk}")),
        (None, None) => None,
    }
}
