//! JSON that a parser refuses although what is wrong in it is small: halves of surrogate pairs among the escapes, where a
//! program cut a text inside a character; and numbers that are none, which Python writes.

/// JSON that can be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mended {
    pub(crate) json: String,
    /// Whether a number was none: it counts as not stated.
    pub(crate) has_no_number: bool,
}

/// The JSON with U+FFFD for each half of a surrogate pair and null for `NaN`, `Infinity` and `-Infinity`; `None` when there
/// is none of these.
pub(crate) fn mended(json: &str) -> Option<Mended> {
    let numbers = without_odd_numbers(json);
    let json = without_halves(numbers.as_deref().unwrap_or(json));
    let has_no_number = numbers.is_some();
    json.or(numbers).map(|json| Mended { json, has_no_number })
}

/// What stands for a number that is none, the longest first.
const ODD_NUMBERS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];

/// The JSON with null for every number that is none; `None` when there is none.
fn without_odd_numbers(json: &str) -> Option<String> {
    let (mut mended, mut done, mut at) = (String::new(), 0, 0);
    while let Some(found) = json[at..].find(['"', 'N', 'I', '-']) {
        let start = at + found;
        let rest = &json[start..];
        at = match ODD_NUMBERS.iter().find(|number| rest.starts_with(**number)) {
            Some(number) => {
                mended.push_str(&json[done..start]);
                mended.push_str("null");
                done = start + number.len();
                done
            }
            None if rest.starts_with('"') => start + string(rest),
            None => start + 1,
        };
    }
    mended.push_str(&json[done..]);
    (done > 0).then_some(mended)
}

/// The bytes of the string with which the text begins.
fn string(text: &str) -> usize {
    let mut at = 1;
    while let Some(found) = text[at..].find(['"', '\\']) {
        at += found + 1;
        if text.as_bytes()[at - 1] == b'"' {
            return at;
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    text.len()
}

/// The JSON with U+FFFD for each half of a pair; `None` when there is none.
fn without_halves(json: &str) -> Option<String> {
    let mut mended = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        let start = at + found;
        let pair = escape(&json[start..]).zip(json.get(start + 6..).and_then(escape));
        at = match (escape(&json[start..]), pair) {
            (_, Some((0xD800..=0xDBFF, 0xDC00..=0xDFFF))) => start + 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str(&json[done..start]);
                mended.push_str(r"\ufffd");
                done = start + 6;
                done
            }
            (Some(_), _) => start + 6,
            // Of `\\u` the second backslash begins nothing.
            (None, _) => start + 1 + json[start + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    mended.push_str(&json[done..]);
    (done > 0).then_some(mended)
}

/// The code of the escape `\uXXXX` with which the text begins.
fn escape(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_code = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_code.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_halves_are_mended() {
        for (json, expected) in [
            (r#"{"a":"\ud83d\ude00 \u00e9 \\ud800 \n"}"#, None),
            (r#"["\ud800"]"#, Some(r#"["\ufffd"]"#)),
            (r#"["\uDC00\ud83d\ude00\ud83d"]"#, Some(r#"["\ufffd\ud83d\ude00\ufffd"]"#)),
            (r#"["\ud83d\ud83d\ude00é"]"#, Some(r#"["\ufffd\ud83d\ude00é"]"#)),
            (r#"["\ud83d\n\ude00"]"#, Some(r#"["\ufffd\n\ufffd"]"#)),
            (r"\ud80", None),
            (r"\é\", None),
        ] {
            assert_eq!(without_halves(json).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn numbers_that_are_none_are_null_and_words_stay() {
        for (json, expected) in [
            (r#"{"a":1,"NaN":"NaN Infinity \\\" NaN"}"#, None),
            (
                r#"{"a":NaN,"b":[-Infinity, Infinity,-1],"c":"NaN"}"#,
                Some(r#"{"a":null,"b":[null, null,-1],"c":"NaN"}"#),
            ),
            (r#"{"a":"\\",b:NaN}"#, Some(r#"{"a":"\\",b:null}"#)),
            ("\"", None),
            (r#"{"a":"\ud800","b":NaN}"#, Some(r#"{"a":"\ufffd","b":null}"#)),
        ] {
            let mended = mended(json);
            assert!(mended.as_ref().is_none_or(|mended| mended.has_no_number), "{json}");
            assert_eq!(mended.map(|mended| mended.json).as_deref(), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn mended_text_is_json(escapes in prop::collection::vec(prop_oneof![Just(r"\ud83d"), Just(r"\ude00"), Just(r"\\"), Just("u"), Just("é"), Just(r"\u0041")], 0..12)) {
            let json = format!("\"{}\"", escapes.concat());
            let text = mended(&json).map_or(json, |mended| mended.json);
            prop_assert!(serde_json::from_str::<String>(&text).is_ok(), "{}", text);
        }
    }
}
