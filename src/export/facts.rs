//! The key facts of many studies in one table: a row for each fact, a column for each study.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::csv::{Cells, Table as Csv};
use super::html::frame::{begin, end, escaped, link};
use super::markdown;
use super::text::{joined, lines_of};
use super::{ComparisonFormat, Origin, Rows};
use crate::compare::{KeyFact, Verdict, key_facts};
use crate::study::Study;
use crate::text::{Head, Overflow, Table};

const NOT_STATED: &str = "not stated";

/// The key facts of studies, and what each of them says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsTable {
    ids: Vec<String>,
    facts: Vec<KeyFact>,
    /// Where the studies come from, which forms with a place for it say.
    origin: Origin,
}

impl FactsTable {
    pub fn new(studies: &[&Study], rows: Rows, origin: Origin) -> Self {
        let id = |study: &&Study| {
            study.id().map_or_else(|| "study without a number".to_owned(), |id| id.to_string())
        };
        let mut facts = key_facts(studies);
        if rows == Rows::Differences {
            facts.retain(|fact| fact.verdict != Verdict::Equal);
        }
        Self { ids: studies.iter().map(id).collect(), facts, origin }
    }

    /// Whether all that is stated is equal.
    pub fn is_equal(&self) -> bool {
        self.facts.iter().all(|fact| fact.verdict == Verdict::Equal)
    }

    /// The table in a form. Plain text is at most so many columns wide; studies that have no room stand below the others.
    pub fn in_form(&self, format: ComparisonFormat, width: usize) -> String {
        match format {
            ComparisonFormat::Text => self.text(width),
            ComparisonFormat::Markdown => self.markdown(),
            ComparisonFormat::Html => self.html(),
            ComparisonFormat::Csv => self.csv(),
            ComparisonFormat::Json => format!("{:#}\n", self.json()),
        }
    }

    fn title(&self) -> String {
        format!("Key facts of {} trials", self.ids.len())
    }

    /// What each study says of a fact.
    fn said(fact: &KeyFact) -> impl Iterator<Item = &str> {
        fact.values.iter().map(|value| value.as_deref().unwrap_or(NOT_STATED))
    }

    fn text(&self, width: usize) -> String {
        let head = ["Fact"].into_iter().chain(self.ids.iter().map(String::as_str));
        let rows = self.facts.iter().map(|fact| {
            let label = format!("{} {}", fact.verdict.sign(), fact.label);
            std::iter::once(label).chain(Self::said(fact).map(str::to_owned)).collect()
        });
        let table = Table { head: head.map(Head::words).collect(), rows: rows.collect() };
        let (rows, _) = table.flow(width, Overflow::BelowAndWhole);
        lines_of(rows.iter().map(joined))
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let ids = self.ids.iter().cloned();
        let mut text = format!("# {}\n\n", self.title());
        text += &line([String::new(), "Fact".to_owned()].into_iter().chain(ids).collect());
        text += &line(vec!["---".to_owned(); self.ids.len() + 2]);
        for fact in &self.facts {
            let first = [fact.verdict.sign().to_string(), markdown::escaped(fact.label)];
            text +=
                &line(first.into_iter().chain(Self::said(fact).map(markdown::escaped)).collect());
        }
        text
    }

    fn html(&self) -> String {
        let mut page = begin(&self.title());
        page +=
            "<p class=\"dim\">= equal · ≠ differs · ∅ not stated by all</p>\n</header>\n<main>\n";
        let _ = write!(
            page,
            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Key facts\">\
             <table style=\"--n:{}\">\n<thead><tr><th class=\"sign\" scope=\"col\">\
             <span class=\"unseen\">Verdict</span></th><th class=\"field\" scope=\"col\">Fact</th>",
            self.ids.len()
        );
        for id in &self.ids {
            let _ = write!(page, "<th scope=\"col\">{}</th>", link(id));
        }
        page += "</tr></thead>\n";
        for fact in &self.facts {
            let (sign, meaning) = (fact.verdict.sign(), fact.verdict.words());
            let _ = write!(
                page,
                "<tr><td class=\"sign\" title=\"{meaning}\"><span aria-hidden=\"true\">{sign}</span>\
                 <span class=\"unseen\">{meaning}</span></td>\
                 <th class=\"field\" scope=\"row\">{}</th>",
                escaped(fact.label)
            );
            for value in &fact.values {
                let class = if value.is_some() { "" } else { " class=\"none\"" };
                let said = escaped(value.as_deref().unwrap_or(NOT_STATED));
                let _ = write!(page, "<td{class}>{said}</td>");
            }
            page += "</tr>\n";
        }
        page + "</table></div>\n" + &end("", &self.origin)
    }

    /// A column for each study, which is empty where it states nothing.
    fn csv(&self) -> String {
        let ids = self.ids.iter().map(String::as_str);
        let mut table = Csv::new(["fact", "verdict"].into_iter().chain(ids), Cells::Harmless);
        for fact in &self.facts {
            let values = fact.values.iter().map(|value| value.as_deref().unwrap_or_default());
            table.push([fact.label, fact.verdict.words()].into_iter().chain(values));
        }
        table.finish()
    }

    fn json(&self) -> Value {
        let fact = |fact: &KeyFact| json!({"fact": fact.label, "verdict": fact.verdict.words(), "values": fact.values});
        let facts: Vec<Value> = self.facts.iter().map(fact).collect();
        let mut object = json!({"ids": self.ids, "facts": facts});
        let origin = self.origin.in_words();
        if !origin.is_empty() {
            object["origin"] = json!(origin);
        }
        object
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::made::made;

    fn table(rows: Rows) -> FactsTable {
        let studies: Vec<Study> = (1..=7)
            .map(|id| {
                let made = made(id).title(&format!("Trial {id} | <b>")).status("COMPLETED");
                let made =
                    if id == 2 { made } else { made.phases([format!("PHASE{}", 1 + id % 2)]) };
                Study::from(made.value())
            })
            .collect();
        FactsTable::new(&studies.iter().collect::<Vec<_>>(), rows, Origin::default())
    }

    #[test]
    fn plain_text_puts_what_has_no_room_below() {
        let text = table(Rows::All).in_form(ComparisonFormat::Text, 60);
        assert!(text.lines().all(|line| crate::text::width(line) <= 60), "{text}");
        assert!(text.lines().filter(|line| line.starts_with("Fact ")).count() > 1, "{text}");
        for id in 1..=7 {
            assert_eq!(text.matches(&format!("NCT0000000{id}")).count(), 1, "{text}");
        }
        assert!(text.contains("= Status") && text.contains("not stated"), "{text}");
        assert!(!table(Rows::Differences).in_form(ComparisonFormat::Text, 60).contains("= Status"));
    }

    #[test]
    fn every_form_says_what_each_study_says() {
        let table = table(Rows::All);
        assert!(!table.is_equal());
        let markdown = table.in_form(ComparisonFormat::Markdown, 0);
        let widths = markdown.lines().filter(|line| line.starts_with('|'));
        for line in widths {
            let bars = line.replace("\\|", "").matches('|').count();
            assert_eq!(bars, 10, "{line}");
        }
        let html = table.in_form(ComparisonFormat::Html, 0);
        assert!(html.contains("Trial 1 | &lt;b&gt;") && html.ends_with("</html>\n"), "{html}");
        let csv = table.in_form(ComparisonFormat::Csv, 0);
        assert!(csv.starts_with("fact,verdict,NCT00000001,"), "{csv}");
        let json: Value = serde_json::from_str(&table.in_form(ComparisonFormat::Json, 0)).unwrap();
        let phase = json["facts"].as_array().unwrap().iter().find(|it| it["fact"] == "Phase");
        let phase = phase.unwrap();
        assert_eq!((&phase["verdict"], &phase["values"][1]), (&json!("differs"), &Value::Null));
        assert_eq!(json["ids"].as_array().unwrap().len(), 7);
    }
}
