//! One whole record, parsed for reading. Takes whatever JSON there is: a part that has another form
//! than the registry's is read as well as it can be, never refused. Knows nothing of fields.

use serde_json::Value;

use super::{NctId, mend};
use crate::text;

/// One whole record, parsed for reading. Of a repeated key the last value counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    value: Value,
}

/// Says why a text is no record.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    #[error("not JSON: {0} of the record")]
    NotJson(#[from] serde_json::Error),
    #[error("a record is a JSON object, but this is {0}")]
    NotAnObject(&'static str),
}

impl Study {
    /// Parses a record. Every object is one, even an empty one.
    pub fn parse(json: &str) -> Result<Self, StudyError> {
        let value: Value = match serde_json::from_str(json) {
            Ok(value) => value,
            Err(error) => serde_json::from_str(&mend::mended(json).ok_or(error)?.json)?,
        };
        match kind(&value) {
            "an object" => Ok(Self { value }),
            other => Err(StudyError::NotAnObject(other)),
        }
    }

    /// The record as the registry published it, its keys in their order.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The record, given away.
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The NCT number; `None` when there is none or it is malformed.
    pub fn id(&self) -> Option<NctId> {
        self.get("protocolSection.identificationModule.nctId")?.as_str()?.parse().ok()
    }

    /// What stands at a registry path such as `protocolSection.statusModule.whyStopped`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        at(&self.value, path)
    }

    /// Everything that stands at `path`, in one cleaned line; `None` when that is nothing.
    pub fn text(&self, path: &str) -> Option<String> {
        words(self.get(path)?)
    }

    /// What stands at `path`, each text in one cleaned line; a list on the way means each of its elements.
    pub fn texts(&self, path: &str) -> Vec<String> {
        let mut found = vec![&self.value];
        for key in path.split('.') {
            let below = found.iter().flat_map(|value| entries(value));
            found = below.filter_map(|value| value.as_object()?.get(key)).collect();
        }
        found.iter().flat_map(|value| entries(value)).filter_map(words).collect()
    }

    /// The entries of the list at `path`; what is no list counts as a list of one.
    pub fn list(&self, path: &str) -> &[Value] {
        self.get(path).map_or(&[], entries)
    }
}

impl From<Value> for Study {
    fn from(value: Value) -> Self {
        Self { value }
    }
}

/// What stands at `path` under `value`; `None` for what is missing or null.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let found = path.split('.').try_fold(value, |value, key| value.as_object()?.get(key));
    found.filter(|value| !value.is_null())
}

/// The entries of a list; what is no list counts as a list of one, null as an empty one.
pub(super) fn entries(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(entries) => entries,
        other => std::slice::from_ref(other),
    }
}

/// Everything that `value` says, in one cleaned line, escapes and entities read: Yes and No for booleans, `key: value` for the
/// parts of an object. `None` when it says nothing.
pub(crate) fn words(value: &Value) -> Option<String> {
    let line = match value {
        Value::Null => String::new(),
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text::unescaped(text).trim().to_owned(),
        Value::Array(entries) => entries.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => {
            let part = |(key, value): (&String, &Value)| {
                Some(format!("{}: {}", text::clean_line(key), words(value)?))
            };
            parts.iter().filter_map(part).collect::<Vec<_>>().join(" · ")
        }
    };
    (!line.is_empty()).then_some(line)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_is_said_in_one_line() {
        for (value, said) in [
            (json!(null), None),
            (json!(""), None),
            (json!([]), None),
            (json!({"a": {}}), None),
            (json!(" two\nlines "), Some("two lines")),
            (json!("R\\&D &lt;3"), Some("R&D <3")),
            (json!(true), Some("Yes")),
            (json!(false), Some("No")),
            (json!(37.80437), Some("37.80437")),
            (json!(["a", 1, null, ["b"]]), Some("a, 1, b")),
            (json!({"lat": 1.5, "lon": -2}), Some("lat: 1.5 · lon: -2")),
        ] {
            assert_eq!(words(&value).as_deref(), said, "{value}");
        }
    }

    #[test]
    fn paths_lead_nowhere_rather_than_astray() {
        let study = Study::from(json!({"a": {"b": "c", "n": null, "l": [{"x": 1}]}}));
        for (path, found) in [
            ("a.b", Some("c")),
            ("a.l", Some("x: 1")),
            ("a.b.c", None),
            ("a.l.x", None),
            ("a.n", None),
            ("a", Some("b: c · l: x: 1")),
            ("", None),
            (".", None),
        ] {
            assert_eq!(study.text(path).as_deref(), found, "{path}");
        }
        assert_eq!(study.list("a.b").len(), 1);
        assert_eq!(study.list("a.n").len(), 0);
    }

    #[test]
    fn texts_are_found_in_lists_too() {
        let study = Study::from(json!({"a": [{"b": "x"}, 3, {"b": ["y\nz", null]}], "c": "one"}));
        for (path, found) in [
            ("a.b", &["x", "y z"][..]),
            ("c", &["one"]),
            ("a.b.c", &[]),
            ("a", &["b: x", "3", "b: y z"]),
            ("", &[]),
        ] {
            assert_eq!(study.texts(path), found, "{path}");
        }
    }

    #[test]
    fn records_are_objects_and_the_last_of_a_repeated_key_counts() {
        let study = Study::parse(r#"{"a": 1, "b": 2, "a": 3}"#).unwrap();
        assert_eq!(study.text("a").as_deref(), Some("3"));
        assert_eq!(study.id(), None);
        for (json, error) in [
            ("[1]", "a record is a JSON object, but this is a list"),
            ("\"NCT00000102\"", "a record is a JSON object, but this is a string"),
            ("{", "not JSON: EOF while parsing an object at line 1 column 1 of the record"),
        ] {
            assert_eq!(Study::parse(json).unwrap_err().to_string(), error);
        }
    }

    #[test]
    fn ids_are_read_or_missing() {
        let record = |id: Value| {
            Study::from(json!({"protocolSection": {"identificationModule": {"nctId": id}}})).id()
        };
        assert_eq!(record(json!("NCT00000102")), "NCT00000102".parse().ok());
        assert_eq!(record(json!(["NCT00000102"])), None);
        assert_eq!(record(json!("102")), None);
    }
}
