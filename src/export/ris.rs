//! RIS, as reference managers and screening tools read it: a tag a line, no line wrapped, lines end by CR LF.

use super::reference::Reference;
use super::writing::{Writing, label, remarks};
use crate::marks::Mark;
use crate::study::PartialDate;

/// One record, with the blank line behind it.
pub(super) fn ris(reference: &Reference, mark: Option<&Mark>, writing: &Writing) -> String {
    let Writing { style, origin, marks, .. } = writing;
    let mut record = Tags::default();
    let it = reference;
    record.push("TY", &style.ris_type);
    record.push("ID", &it.id);
    record.push("AN", &it.id);
    record.push("TI", &style.title(it));
    let acronym = if it.acronym.is_empty() { String::new() } else { format!("{}: ", it.acronym) };
    record.push("ST", &format!("{acronym}{}", it.brief));
    // A comma behind it keeps the name of an organization one name.
    let organization = |name: &str| format!("{},", name.trim_end_matches(','));
    record.push("A1", &some(&it.sponsor).map(organization).unwrap_or_default());
    for collaborator in &it.collaborators {
        record.push("A2", &organization(collaborator));
    }
    record.push("PY", &it.posted.map(|date| date.year().to_string()).unwrap_or_default());
    record.push("Y1", &date(it.posted));
    record.push("DA", &date(it.posted));
    record.push("Y2", &date(it.start));
    record.push("T2", "ClinicalTrials.gov");
    record.push("DB", "ClinicalTrials.gov");
    record.push("DP", "National Library of Medicine (US)");
    record.push("PB", "National Library of Medicine (US)");
    record.push("CY", "Bethesda (MD)");
    record.push("AB", &it.abstract_text(style.with_parts));
    for keyword in &it.keywords {
        record.push("KW", keyword);
    }
    record.push("U1", &it.other_ids.join("; "));
    record.push("C1", &it.sponsor);
    record.push("C2", &it.status);
    record.push("C3", &it.updated.map(|date| date.to_string()).unwrap_or_default());
    record.push("C5", &it.study_type);
    record.push("C6", if it.has_results { "Results posted" } else { "" });
    if marks.is_some() {
        // ASReview takes the first label that stands in a note, so it stands before what people wrote.
        let seen = match label(mark) {
            "1" => "ASReview_relevant",
            "0" => "ASReview_irrelevant",
            _ => "ASReview_not_seen",
        };
        record.push("N1", seen);
    }
    for remark in mark.map(remarks).unwrap_or_default() {
        record.push("N1", &remark);
    }
    record.push("N1", &origin.in_words());
    record.push("UR", &it.url);
    record.push("LA", "en");
    record.finish()
}

/// The lines of a record.
#[derive(Default)]
struct Tags(String);

impl Tags {
    /// Adds a line, if there is something to say.
    fn push(&mut self, tag: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            debug_assert!(!value.contains(['\n', '\r']), "{tag}: {value}");
            for part in [tag, "  - ", value, "\r\n"] {
                self.0.push_str(part);
            }
        }
    }

    fn finish(self) -> String {
        format!("{}ER  - \r\n\r\n", self.0)
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `2024/05/17/` or `2024/05//`: year, month, day, and nothing else to say.
fn date(date: Option<PartialDate>) -> String {
    let Some(date) = date else { return String::new() };
    let text = date.to_string();
    let mut parts = text.split('-').map(str::to_owned).collect::<Vec<_>>();
    parts.resize(3, String::new());
    format!("{}/", parts.join("/"))
}
