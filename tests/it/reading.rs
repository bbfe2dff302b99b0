//! Nothing of a record is hidden: every value of every real record is found in the text of its study.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs, thread};

use memchr::memmem;
use serde_json::Value;
use trialdex::study::{
    Detail, Document, Extent, FIELDS, Field, FieldValue, Part, PartialDate, Section, Study,
    document, terms,
};
use trialdex::text::{Block, Line};

use crate::real;

/// Real records, when they are there. There may be none: then only the record of this file is read.
#[track_caller]
fn real_records() -> Vec<String> {
    let dataset = env::var_os("TRIALDEX_DATASET").map_or_else(Vec::new, |path| vec![path.into()]);
    let beside = ["studies.ndjson", "partial.ndjson"].map(real::path).into_iter().flatten();
    let files: Vec<PathBuf> = if dataset.is_empty() { beside.collect() } else { dataset };
    if files.is_empty() {
        real::skip("../shared/data");
    }
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

const SMALL: &str = r#"{"protocolSection": {"statusModule": {"overallStatus": "COMPLETED",
    "startDateStruct": {"date": "1999-04", "new": "ACTUAL"}}, "eligibilityModule": {"sex": ["ALL", 7],
    "eligibilityCriteria": "Inclusion Criteria:\n\n* Age \\> 18\n* Consent"}, "designModule":
    {"phases": ["PHASE1", "PHASE2"], "enrollmentInfo": {"count": 1200, "note": "x"}}},
    "hasResults": false, "new": [{"deep": [1.5, true, "two words"]}]}"#;

#[test]
fn every_leaf_of_every_record_is_shown() {
    let mut records = real_records();
    records.push(SMALL.to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let hidden: Vec<String> = thread::scope(|scope| {
        let share = |records| scope.spawn(move || hidden_in(records));
        let threads: Vec<_> = records.chunks(records.len().div_ceil(cores)).map(share).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(hidden.is_empty(), "{} hidden, such as\n{}", hidden.len(), first(&hidden));
}

#[test]
fn a_leaf_that_is_not_shown_is_found_out() {
    let study = Study::parse(SMALL).unwrap();
    let mut document = document(&study);
    document.sections.retain(|part| part.section != Section::KeyFacts);
    let hidden = hidden_leaves(&study, &document);
    assert!(hidden.iter().any(|leaf| leaf.contains("overallStatus")), "{hidden:?}");
}

fn first(hidden: &[String]) -> String {
    hidden[..hidden.len().min(40)].join("\n")
}

fn hidden_in(records: &[String]) -> Vec<String> {
    let studies = records.iter().map(|json| Study::parse(json).expect("a record a line"));
    studies.flat_map(|study| hidden_leaves(&study, &document(&study))).collect()
}

fn hidden_leaves(study: &Study, document: &Document) -> Vec<String> {
    let entries = document.sections.iter().flat_map(|part| &part.details);
    let mut check = Check {
        study,
        entries: entries.map(|entry| (entry.label.as_str(), entry)).collect(),
        shown: HashMap::new(),
        words: HashMap::new(),
        hidden: Vec::new(),
    };
    check.value(&mut Place::default(), study.value());
    let id = study.id().map_or_else(|| "(no id)".to_owned(), |id| id.to_string());
    check.hidden.iter().map(|leaf| format!("{id} {leaf}")).collect()
}

/// The label under which a path is shown.
static LABELS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let paths = |field: &'static Field| field.paths().into_iter().map(|path| (path, field.label));
    FIELDS.iter().flat_map(paths).collect()
});

/// Where in a record the check has come to.
#[derive(Default)]
struct Place {
    path: String,
    /// Of the field that shows this place, if one does.
    label: Option<&'static str>,
}

struct Check<'a> {
    study: &'a Study,
    entries: HashMap<&'a str, &'a Detail>,
    /// What the entry of a label shows, in words; and where the last leaf was found.
    shown: HashMap<&'a str, (String, usize)>,
    /// Each of these words by itself.
    words: HashMap<&'a str, HashSet<String>>,
    hidden: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, place: &mut Place, value: &Value) {
        let Place { path, label } = place;
        let (length, outside) = (path.len(), *label);
        if outside.is_none() && !path.contains('[') {
            *label = LABELS.get(path.as_str()).copied();
        }
        match value {
            Value::Object(parts) => {
                for (key, value) in parts {
                    place.path.push_str(if length == 0 { "" } else { "." });
                    place.path.push_str(key);
                    self.value(place, value);
                    place.path.truncate(length);
                }
            }
            Value::Array(entries) => {
                for (number, value) in entries.iter().enumerate() {
                    let _ = write!(place.path, "[{number}]");
                    self.value(place, value);
                    place.path.truncate(length);
                }
            }
            Value::Null => {}
            leaf if !self.shows(place, leaf) => {
                let text: String = leaf.to_string().chars().take(300).collect();
                self.hidden.push(format!("{}: {text}", place.path));
            }
            _ => {}
        }
        place.label = outside;
    }

    fn shows(&mut self, place: &Place, leaf: &Value) -> bool {
        let Some(label) = place.label else { return self.shows_path(&place.path, leaf) };
        // What a table of results leaves out stands with the rest.
        let is_own =
            self.entries.contains_key(place.path.as_str()) || place.path.contains(".geoPoint.");
        if is_own && self.shows_path(&place.path, leaf) {
            return true;
        }
        spoken(&place.path, leaf).iter().all(|form| {
            form.phrases.iter().any(|words| self.shows_words(label, words))
                || form.scattered.iter().any(|words| self.shows_each(label, words))
        })
    }

    /// A leaf that no field shows stands as it is, under its path.
    fn shows_path(&self, path: &str, leaf: &Value) -> bool {
        let label = path;
        match (self.entries.get(label).map(|entry| &entry.value), leaf) {
            (Some(FieldValue::Line(line)), Value::String(text)) => {
                line.split_whitespace().eq(text.split_whitespace())
            }
            (Some(FieldValue::Prose(prose)), Value::String(text)) => prose == text,
            (Some(FieldValue::Line(line)), Value::Bool(yes)) => {
                line == if *yes { "Yes" } else { "No" }
            }
            (Some(FieldValue::Line(line)), number) => line == &number.to_string(),
            (None, Value::String(text)) => text.trim().is_empty(),
            // A point is one line under its own path.
            (None, Value::Number(number)) => self.shows_point(path, &number.to_string()),
            _ => false,
        }
    }

    fn shows_point(&self, path: &str, number: &str) -> bool {
        let point = path.rsplit_once(".geoPoint.").map(|(site, _)| format!("{site}.geoPoint"));
        let point = point.and_then(|point| self.entries.get(point.as_str())?.value.in_line());
        point.is_some_and(|point| point.split(' ').any(|word| word == number))
    }

    /// Whether the words stand in the entry, one after another.
    fn shows_words(&mut self, label: &'static str, words: &str) -> bool {
        let Some(entry) = self.entries.get(label) else { return words.trim().is_empty() };
        let (text, last) =
            self.shown.entry(label).or_insert_with(|| (plain_words(&shown(self.study, entry)), 0));
        let word = words.trim();
        if !word.is_empty() && !word.contains(' ') {
            let apart = || text.split(' ').map(str::to_owned).collect();
            return self.words.entry(label).or_insert_with(apart).contains(word);
        }
        let found = memmem::find(&text.as_bytes()[*last..], words.as_bytes())
            .map(|place| place + *last)
            .or_else(|| memmem::find(text.as_bytes(), words.as_bytes()));
        *last = found.unwrap_or(*last);
        found.is_some()
    }

    fn shows_each(&mut self, label: &'static str, words: &str) -> bool {
        words.split_whitespace().all(|word| self.shows_words(label, &format!(" {word} ")))
    }
}

/// All that an entry says, but for its label.
fn shown(study: &Study, entry: &Detail) -> String {
    let lines = |lines: Vec<Line>| {
        let line = |line: &Line| format!("{}{}\n", line.marker, line.text());
        lines.iter().map(line).collect::<String>()
    };
    if !matches!(entry.value, FieldValue::Posted { .. }) {
        return lines(entry.value.lines());
    }
    let part = Part { section: Section::Results, details: vec![entry.clone()] };
    let blocks = part.blocks(study, Extent::Whole).into_iter().map(|(_, block)| match block {
        Block::Lines(block) => lines(block),
        Block::Table(table) => {
            let titles = table.head.into_iter().map(|head| head.title);
            let cells = titles.chain(table.rows.into_iter().flatten());
            cells.collect::<Vec<_>>().join("\n")
        }
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// How a line of a leaf may be shown: as one of these phrases, or as words apart.
#[derive(Default)]
struct Form {
    phrases: Vec<String>,
    scattered: Vec<String>,
}

impl Form {
    fn phrase(text: &str) -> Self {
        Self { phrases: vec![plain_words(text)], ..Self::default() }
    }
}

fn spoken(path: &str, leaf: &Value) -> Vec<Form> {
    let text = match leaf {
        Value::Bool(true) if path.ends_with("healthyVolunteers") => "healthy volunteers accepted",
        Value::Bool(false) if path.ends_with("healthyVolunteers") => "no healthy volunteers",
        Value::Bool(true) if path.ends_with("noSap") => "none exists",
        Value::Bool(true) => "yes",
        Value::Bool(false) => "no",
        Value::String(text) => return text.lines().map(|line| spoken_line(path, line)).collect(),
        number => &number.to_string(),
    };
    vec![Form::phrase(text)]
}

/// Parts of words that only headings of criteria have.
const HEADING: [&str; 3] = ["nclusion", "xclusion", "INCLUSION"];

fn spoken_line(path: &str, line: &str) -> Form {
    let mut form = Form::phrase(line);
    if line.contains(['&', '\\']) {
        form.phrases.push(plain_words(&without_entities(line)));
    }
    // Lists are counted and marked anew.
    for phrase in form.phrases.clone() {
        form.phrases.push(without_marker(&phrase));
    }
    // A heading in the line is replaced by that of the list.
    if path.ends_with("eligibilityCriteria") && HEADING.iter().any(|word| line.contains(word)) {
        let words = form.phrases.last().expect("there is one").replace(" critieria ", " ");
        let words = words.replace(" main ", " ");
        form.scattered.push(words.replace(" principal ", " ").replace(" include ", " "));
    }
    // `Phase 1/2`, `18 to 70 years`.
    let codes = terms::ALL.iter().flat_map(|terms| terms.iter()).filter(|term| term.code == line);
    form.scattered.extend(codes.map(|term| plain_words(term.label)));
    if path.ends_with("imumAge") {
        form.scattered.push(plain_words(line));
    }
    if let Ok(date) = line.parse::<PartialDate>() {
        let time = line.split_once('T').map_or("", |(_, time)| time);
        form.phrases.push(plain_words(&format!("{} {time}", date.in_words())));
    }
    form
}

/// The words of a text in lower case, a space before and behind each.
fn plain_words(text: &str) -> String {
    let mut words = " ".to_owned();
    for letter in text.chars() {
        match letter {
            ',' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            'a'..='z' | '0'..='9' => words.push(letter),
            letter if letter.is_alphanumeric() => words.extend(letter.to_lowercase()),
            _ if words.ends_with(' ') => {}
            _ => words.push(' '),
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

fn without_entities(line: &str) -> String {
    let mut parts = line.split('&');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let part = part.trim_start_matches("amp;");
        let entity = part.split_once(';').filter(|(name, _)| {
            let name = name.trim_start_matches('#');
            name.len() <= 6 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        text.push(' ');
        text.push_str(entity.map_or(part, |(_, rest)| rest));
    }
    text
}

/// The words behind the number or letter with which a list counts.
fn without_marker(words: &str) -> String {
    let (first, rest) = words.trim_start().split_once(' ').unwrap_or_default();
    if first.len() <= 3 { format!(" {rest}") } else { words.to_owned() }
}
