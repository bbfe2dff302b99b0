//! JSON within the strings of JSON: what programs make that pass on the answers of others.
//!
//! Finds the texts in the strings; knows nothing of files.

use memchr::memmem;
use serde_json::Value;

/// How a key ends whose quotation marks are escaped, once or several times.
const ESCAPED: &[u8] = b"protocolSection\\";

/// Whether a study is in a string of this JSON.
pub(super) fn has_study(json: &[u8]) -> bool {
    memmem::find(json, ESCAPED).is_some()
}

/// The texts within a value that may be studies, without the words around them.
pub(super) fn texts(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => texts.extend(bracketed(text).map(str::to_owned)),
            // The last one is looked at first.
            Value::Array(values) => left.extend(values.iter().rev()),
            Value::Object(parts) => left.extend(parts.values().rev()),
            _ => {}
        }
    }
    texts
}

/// The text from its first bracket to its last, if a study can be in it.
fn bracketed(text: &str) -> Option<&str> {
    let start = text.find(['{', '[', '"'])?;
    let end = text.rfind(['}', ']', '"'])? + 1;
    let text = text.get(start..end)?;
    text.contains("protocolSection").then_some(text)
}
