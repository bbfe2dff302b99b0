//! A study in reading order, nothing left out: what the fields say, then every leaf of the record
//! that no field shows, under its path. Knows no width.

mod block;
mod prose;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use serde_json::Value;

use super::field::{FIELDS, Field, Section};
use super::link::{Link, links};
use super::record::{Study, entries, words};
use super::results::{Step, unclaimed};
use super::value::{Detail, FieldValue, Module};
use crate::text::{Block, clean_line, cut};

pub use block::Extent;
pub use prose::parts_of_lines;

/// Everything that a record says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The sections that say something, in reading order.
    pub sections: Vec<Part>,
}

/// A section of one study.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub section: Section,
    pub details: Vec<Detail>,
}

/// The study in reading order.
///
/// First what the fields say; then, under [`Section::Other`], each leaf that no field shows, its path
/// as the label. Only what is empty or null is left out.
pub fn document(study: &Study) -> Document {
    let values: Vec<(&Field, FieldValue)> =
        FIELDS.iter().map(|field| (field, field.value(study))).collect();
    let unstated = values.iter().filter(|(_, value)| !value.is_stated());
    let unstated = unstated.flat_map(|(field, _)| field.paths()).collect();
    let mut leaves = Leaves { unstated, ..Leaves::default() };
    leaves.gather(study.value());
    let mut values = values.into_iter().filter(|(_, value)| value.is_stated()).peekable();
    let mut part = |&section: &Section| {
        let fields = std::iter::from_fn(|| values.next_if(|(field, _)| field.section == section));
        let mut details: Vec<_> =
            fields.map(|(field, value)| Detail::new(field.label, value)).collect();
        if section == Section::Other {
            details.append(&mut leaves.details);
        }
        Part { section, details }
    };
    let parts = Section::ALL.iter().map(&mut part);
    Document { sections: parts.filter(|part| !part.details.is_empty()).collect() }
}

/// What the fields of a study point to, in reading order, each with the line in which it stands; one thing as often as
/// it is named.
pub fn pointers(study: &Study) -> impl Iterator<Item = (Link, String)> {
    let sections = document(study).sections.into_iter();
    let blocks = sections.flat_map(|part| part.blocks(study, Extent::Designed));
    let lines = blocks.flat_map(|(_, block)| match block {
        Block::Lines(lines) => lines,
        Block::Table(_) => Vec::new(),
    });
    lines.flat_map(|line| {
        let text = line.text();
        let found = links(&text).into_iter().map(|(_, link)| link);
        found.map(|link| (link, text.clone())).collect::<Vec<_>>()
    })
}

/// Every path that a field shows.
static SHOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| FIELDS.iter().flat_map(Field::paths).collect());

/// Of the fields that are lists, the keys of their items that no field shows.
static LEFT: LazyLock<Vec<(&str, &[&str])>> = LazyLock::new(|| {
    let left = FIELDS.iter().filter_map(Field::left);
    left.collect()
});

/// The longest key and path that are shown whole, in bytes; real ones are much shorter. Every leaf has its
/// path, so that without a limit a small record could take all memory.
const LONGEST_KEY: usize = 200;
const LONGEST_PATH: usize = 300;

/// What no field shows.
#[derive(Default)]
struct Leaves {
    details: Vec<Detail>,
    path: String,
    /// Of the fields that state nothing of this study: what stands there all the same is shown as it is.
    unstated: HashSet<&'static str>,
}

impl Leaves {
    fn gather(&mut self, value: &Value) {
        match value {
            Value::Object(parts) => {
                for (key, value) in parts {
                    self.below(&step(key, &self.path), value);
                }
            }
            Value::Array(entries) => {
                for (place, value) in entries.iter().enumerate() {
                    self.below(&format!("[{place}]"), value);
                }
            }
            leaf => self.add(leaf),
        }
    }

    fn below(&mut self, step: &str, value: &Value) {
        let length = self.path.len();
        self.path.push_str(step);
        // Fields show lists as a whole, nothing within one.
        let in_list = self.path.len() > LONGEST_PATH || self.path.contains('[');
        let module = Module::ALL.iter().find(|module| module.path() == self.path);
        if let Some(&module) = module {
            self.gather_unclaimed(module, value);
        } else if in_list || !self.is_shown() {
            self.gather(value);
        } else {
            self.gather_left(value);
        }
        self.path.truncate(length);
    }

    /// Whether a field shows what stands here.
    fn is_shown(&self) -> bool {
        let path = self.path.as_str();
        SHOWN.contains(path) && !self.unstated.contains(path)
    }

    /// What the items of a field leave to this place, one line for each item.
    fn gather_left(&mut self, value: &Value) {
        let Some((_, keys)) = LEFT.iter().find(|(path, _)| *path == self.path) else { return };
        let length = self.path.len();
        for (place, entry) in entries(value).iter().enumerate() {
            for &key in *keys {
                if let Some(value) = entry.get(key) {
                    let _ = write!(self.path, "[{place}].{key}");
                    self.add(value);
                    self.path.truncate(length);
                }
            }
        }
    }

    /// What the tables of a module leave out.
    fn gather_unclaimed(&mut self, module: Module, value: &Value) {
        let length = self.path.len();
        for (steps, value) in unclaimed(module, value) {
            for way in steps {
                let way = match way {
                    Step::Key(key) => step(key, &self.path),
                    Step::Place(place) => format!("[{place}]"),
                };
                self.path.push_str(&way);
            }
            self.gather(value);
            self.path.truncate(length);
        }
    }

    fn add(&mut self, leaf: &Value) {
        let value = match leaf {
            Value::String(text) if text.contains(['\n', '\\']) => FieldValue::Prose(text.clone()),
            other => words(other).map_or(FieldValue::NotStated, FieldValue::Line),
        };
        if value.is_stated() {
            self.details.push(Detail::new(end(&self.path), value));
        }
    }
}

/// The path, or `…` and its end.
fn end(path: &str) -> Cow<'_, str> {
    if path.len() <= LONGEST_PATH {
        return path.into();
    }
    let start = path.ceil_char_boundary(path.len() - LONGEST_PATH);
    format!("…{}", &path[start..]).into()
}

/// The step of a path to `key`. A key that could be mistaken for another path is quoted.
pub(crate) fn step(key: &str, path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$';
    let plain = key.len() <= LONGEST_KEY && key.bytes().all(is_plain);
    match (plain, path.is_empty()) {
        (true, true) => key.to_owned(),
        (true, false) => format!(".{key}"),
        (false, _) => format!("[\"{}\"]", cut(&clean_line(key), LONGEST_KEY)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::Overflow;

    fn shown(value: Value) -> Vec<String> {
        let study = Study::from(value);
        let blocks = document(&study).blocks(&study, Extent::Whole);
        let rows = blocks.iter().flat_map(|block| block.flow(usize::MAX, Overflow::Below));
        rows.map(|row| row.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn what_no_field_shows_stands_under_its_path() {
        let record = json!({
            "protocolSection": {
                "identificationModule": {"acronym": "ABC"},
                "newModule": {"list": [{"a.b\u{1b}": 1}, true, null, {}], "text": "two\nlines"},
                "statusModule": "gone",
            },
            "resultsSection": {
                "moreInfoModule": {"pointOfContact": {"phone": "12"}, "new": 1},
                "participantFlowModule": {"periods": [{"title": "All", "new": [{"x": 2}]}, "odd"]},
            },
            "_id": {"$oid": "6"},
            "hasResults.x": 0,
        });
        let lines = [
            "Summary",
            "Acronym: ABC",
            "",
            "Results",
            "Participant flow: Posted: 2 periods",
            "",
            "All",
            "",
            "Period without a name",
            "",
            "Contact for the results: Phone: 12",
            "",
            "Everything else in the record",
            "protocolSection.newModule.list[0][\"a.b\u{fffd}\"]: 1",
            "protocolSection.newModule.list[1]: Yes",
            "",
            "protocolSection.newModule.text:",
            "  two",
            "  lines",
            "",
            "protocolSection.statusModule: gone",
            "resultsSection.moreInfoModule.new: 1",
            "resultsSection.participantFlowModule.periods[0].new[0].x: 2",
            "resultsSection.participantFlowModule.periods[1]: odd",
            "_id.$oid: 6",
            "[\"hasResults.x\"]: 0",
        ];
        assert_eq!(shown(record), lines);
    }

    #[test]
    fn paths_are_bounded() {
        let long = "é".repeat(100_000);
        let leaves: Value =
            (0..500).map(|number| (format!("leaf{number}"), Value::from(number))).collect();
        let lines = shown(json!({"a": {long.clone(): {long: leaves}}}));
        assert_eq!(lines.len(), 501);
        assert!(lines.iter().all(|line| line.len() <= 320), "{}", lines[1].len());
        assert!(
            lines[500].starts_with('…') && lines[500].ends_with("…\"].leaf499: 499"),
            "{}",
            lines[500]
        );
    }

    #[test]
    fn a_record_of_another_form_is_shown_all_the_same() {
        assert_eq!(shown(json!({})), [""; 0]);
        assert_eq!(shown(json!("text")), ["Everything else in the record", "text"]);
        assert_eq!(
            shown(json!([1, [2]])),
            ["Everything else in the record", "[0]: 1", "[1][0]: 2"]
        );
    }
}
