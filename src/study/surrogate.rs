//! Halves of surrogate pairs that stand alone among the escapes of a JSON text, where a program cut a
//! text inside a character. No text can hold them, so a parser refuses the whole record for one.

/// The JSON with U+FFFD for each such half; `None` when there is none.
pub(crate) fn mended(json: &str) -> Option<String> {
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
            assert_eq!(mended(json).as_deref(), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn mended_text_is_json(escapes in prop::collection::vec(prop_oneof![Just(r"\ud83d"), Just(r"\ude00"), Just(r"\\"), Just("u"), Just("é"), Just(r"\u0041")], 0..12)) {
            let json = format!("\"{}\"", escapes.concat());
            let text = mended(&json).unwrap_or(json);
            prop_assert!(serde_json::from_str::<String>(&text).is_ok(), "{}", text);
        }
    }
}
