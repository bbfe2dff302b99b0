//! The ways in which a field is read from a record. Every way is total: whatever stands at its paths,
//! of whatever form, is said in the value.

use serde_json::Value;

use crate::study::Certainty;
use crate::study::record::{at, entries, words};
use crate::study::terms::{CERTAINTY, Term, label};
use crate::study::value::{Detail, Fact, FieldValue, Item, Module, Role};
use crate::study::{PartialDate, terms};
use crate::text;

/// A registry path, beginning at the record or, within a [`Shape`], at the object of that shape.
pub type Path = &'static str;

/// How a value is read from a record.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// A text, a number or a boolean in one line.
    Line(Path),
    /// The registry's markdown.
    Prose(Path),
    /// A list of texts.
    List(Path),
    /// A code, or a list of codes, in words.
    Term(&'static [terms::Term], Path),
    /// A date, or an object of a `date` and its `type`.
    Date(Path),
    /// A list of objects, or one of them, as items.
    Items(Path, &'static Shape),
    /// A list of objects, each in one line.
    Each(Path, &'static Shape),
    /// One object in one line.
    One(Path, &'static Shape),
    /// Several values in one line, the text between those that are stated.
    Join(&'static str, &'static [Self]),
    /// The tables of a module of results.
    Posted(Module),
    /// A value of its own kind.
    With(&'static [Path], fn(&Value) -> FieldValue),
}

/// What an object of a list is called and which details it has.
///
/// A key that is named in neither place is a detail too, under its own name.
#[derive(Debug)]
pub struct Shape {
    /// What stands before the name, where people say what kind of thing it is: `Drug`.
    pub kind: Option<Read>,
    pub name: Read,
    pub details: &'static [Part],
    /// Keys that the item leaves out: a document shows them at its end.
    pub left: &'static [&'static str],
}

/// A detail of a [`Shape`].
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Empty where the value speaks for itself.
    pub label: &'static str,
    pub role: Role,
    pub read: Read,
}

impl Read {
    /// Reads from `value`, which is the record or an object within it.
    pub(super) fn of(&self, value: &Value) -> FieldValue {
        match *self {
            Self::Line(path) => line(at(value, path).and_then(words)),
            Self::Prose(path) => at(value, path).map_or(FieldValue::NotStated, prose),
            Self::List(path) => list(each(value, path).iter().filter_map(words)),
            Self::Term(vocabulary, path) => line(in_words(vocabulary, each(value, path))),
            Self::Date(path) => at(value, path).map_or(FieldValue::NotStated, date),
            Self::Items(path, shape) => items(each(value, path), shape),
            Self::Each(path, shape) => {
                list(each(value, path).iter().filter_map(|it| shape.line(it)))
            }
            Self::One(path, shape) => {
                let lines = each(value, path).iter().filter_map(|it| shape.line(it));
                line(Some(lines.collect::<Vec<_>>().join("; ")))
            }
            Self::Join(between, reads) => {
                let parts = reads.iter().filter_map(|read| read.of(value).in_line());
                line(Some(parts.collect::<Vec<_>>().join(between)))
            }
            Self::Posted(module) => module
                .counted(value)
                .map_or(FieldValue::NotStated, |words| FieldValue::Posted { module, words }),
            Self::With(_, read) => read(value),
        }
    }

    /// The paths of which everything is said.
    pub(super) fn paths(&self) -> Vec<Path> {
        match *self {
            Self::Line(path)
            | Self::Prose(path)
            | Self::List(path)
            | Self::Term(_, path)
            | Self::Date(path)
            | Self::Items(path, _)
            | Self::Each(path, _)
            | Self::One(path, _) => vec![path],
            Self::Join(_, reads) => reads.iter().flat_map(Self::paths).collect(),
            Self::Posted(module) => vec![module.path()],
            Self::With(paths, _) => paths.to_vec(),
        }
    }
}

impl Shape {
    /// The object as an item; `None` when it says nothing.
    fn item(&self, value: &Value) -> Option<Item> {
        let Value::Object(object) = value else { return words(value).map(Item::named) };
        let kind = self.kind.and_then(|kind| kind.of(value).in_line());
        let name = self.name.of(value).in_line().unwrap_or_default();
        let designed = self.details.iter().map(|part| Detail {
            label: part.label.to_owned(),
            role: part.role,
            value: part.read.of(value),
        });
        let keys = self.keys();
        let is_other = |key: &str| !keys.contains(&key) && !self.left.contains(&key);
        let other = object.iter().filter(|(key, _)| is_other(key));
        let other =
            other.map(|(key, value)| Detail::new(text::clean_line(key), line(words(value))));
        let details = designed.chain(other).filter(|detail| detail.value.is_stated());
        let item = Item { kind, name, details: details.collect() };
        (item != Item::default()).then_some(item)
    }

    fn line(&self, value: &Value) -> Option<String> {
        self.item(value).map(|item| item.in_line())
    }

    /// The keys of an object that the item shows.
    fn keys(&self) -> Vec<&'static str> {
        let details = self.details.iter().map(|part| &part.read);
        details.chain([&self.name]).chain(&self.kind).flat_map(Read::paths).collect()
    }
}

/// The value of one line; not stated when that is missing or empty.
pub(super) fn line(line: Option<String>) -> FieldValue {
    line.filter(|line| !line.is_empty()).map_or(FieldValue::NotStated, FieldValue::Line)
}

/// The entries of the list at `path`.
pub(super) fn each<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).map_or(&[], entries)
}

/// The codes in words, with commas between them; `None` when there are none.
pub(super) fn in_words(vocabulary: &[Term], codes: &[Value]) -> Option<String> {
    let codes = codes.iter().filter_map(words);
    let labels: Vec<_> = codes.map(|code| label(vocabulary, &code).to_owned()).collect();
    (!labels.is_empty()).then(|| labels.join(", "))
}

fn prose(value: &Value) -> FieldValue {
    match value {
        Value::String(text) if text.trim().is_empty() => FieldValue::NotStated,
        Value::String(text) => FieldValue::Prose(text.clone()),
        other => line(words(other)),
    }
}

fn list(lines: impl Iterator<Item = String>) -> FieldValue {
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { FieldValue::NotStated } else { FieldValue::List(lines) }
}

fn items(values: &[Value], shape: &Shape) -> FieldValue {
    let named = |mut item: Item| {
        if item.title().is_empty() {
            item.name.push_str("Unnamed");
        }
        item
    };
    let items: Vec<_> = values.iter().filter_map(|value| shape.item(value)).map(named).collect();
    if items.is_empty() { FieldValue::NotStated } else { FieldValue::Items(items) }
}

/// A date and its words: `Oct 2019 (estimated)`, `18 Dec 2020, 10:59`.
fn date(value: &Value) -> FieldValue {
    let Value::Object(object) = value else {
        let Some(text) = words(value) else { return FieldValue::NotStated };
        return dated(day(&text), &text, Certainty::Unstated);
    };
    let text = object.get("date").and_then(words);
    let day = text.as_deref().map(day);
    let code = object.get("type").map_or(&[][..], entries);
    let certainty = in_words(CERTAINTY, code).map(|certainty| format!("({certainty})"));
    let other = object.iter().filter(|(key, _)| !matches!(key.as_str(), "date" | "type"));
    let other = other
        .filter_map(|(key, value)| Some(format!("· {}: {}", text::clean_line(key), words(value)?)));
    let said = day.into_iter().chain(certainty).chain(other).collect::<Vec<_>>().join(" ");
    dated(said, text.as_deref().unwrap_or_default(), self::certainty(code))
}

/// The words with the date that is meant; only the words where the text is no date.
fn dated(words: String, text: &str, certainty: Certainty) -> FieldValue {
    match text.parse::<PartialDate>() {
        Ok(date) => FieldValue::Fact { words, fact: Fact::Date { date, certainty } },
        Err(_) => line(Some(words)),
    }
}

/// What the codes under `type` say.
pub(super) fn certainty(codes: &[Value]) -> Certainty {
    match codes.first().and_then(Value::as_str) {
        Some("ACTUAL") => Certainty::Actual,
        Some("ESTIMATED") => Certainty::Estimated,
        _ => Certainty::Unstated,
    }
}

fn day(text: &str) -> String {
    match (text.parse::<PartialDate>(), text.split_once('T')) {
        (Ok(date), None) => date.in_words(),
        (Ok(date), Some((_, time))) => format!("{}, {time}", date.in_words()),
        (Err(_), _) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_are_said_with_their_precision_and_certainty() {
        for (value, said) in [
            (json!({"date": "2019-10", "type": "ESTIMATED"}), Some("Oct 2019 (estimated)")),
            (json!({"date": "2019-10-02"}), Some("2 Oct 2019")),
            (json!({"type": "ACTUAL"}), Some("(actual)")),
            (json!({"date": "soon", "type": "LIKELY", "by": 1}), Some("soon (LIKELY) · by: 1")),
            (json!("2020-12-18T10:59"), Some("18 Dec 2020, 10:59")),
            (json!(2019), Some("2019")),
            (json!(["2019-10"]), Some("Oct 2019")),
            (json!({}), None),
        ] {
            let value = Read::Date("d").of(&json!({"d": value}));
            assert_eq!(value.in_line().as_deref(), said);
        }
    }

    #[test]
    fn shapes_show_what_they_do_not_know() {
        const SHAPE: Shape = Shape {
            kind: None,
            name: Read::Line("name"),
            details: &[
                Part { label: "", role: Role::Other, read: Read::Term(CERTAINTY, "type") },
                Part { label: "At", role: Role::Other, read: Read::Line("city") },
            ],
            left: &["geoPoint"],
        };
        for (value, said) in [
            (
                json!([{"name": "A", "type": "ACTUAL", "new": [1, 2], "geoPoint": 3}]),
                "A · actual · new: 1, 2",
            ),
            (json!({"city": "Rome"}), "At: Rome"),
            (json!(["text", 7, null, {}]), "text; 7"),
        ] {
            let value = json!({"list": value});
            assert_eq!(Read::Each("list", &SHAPE).of(&value).in_line().as_deref(), Some(said));
            assert_eq!(Read::One("list", &SHAPE).of(&value), FieldValue::Line(said.to_owned()));
        }
        let unnamed = Read::Items("list", &SHAPE).of(&json!({"list": [{"type": "ACTUAL"}]}));
        assert_eq!(unnamed.in_line().as_deref(), Some("Unnamed · actual"));
    }

    #[test]
    fn nothing_is_not_stated() {
        for value in [json!(null), json!(""), json!(" "), json!([]), json!({}), json!([""])] {
            let value = json!({"x": value});
            for read in [Read::Line("x"), Read::Prose("x"), Read::List("x"), Read::Date("x")] {
                assert_eq!(read.of(&value), FieldValue::NotStated, "{read:?} of {value}");
            }
        }
    }
}
