//! Writes JSON as the registry does: no blanks, keys in the order they are written. Knows nothing of studies.

use std::fmt::Write as _;

/// A JSON text that is being written.
#[derive(Debug, Default)]
pub(crate) struct Json {
    text: String,
    /// Where values with parts are put together.
    scratch: String,
}

impl Json {
    /// What has been written since the last call.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A value may stand behind an opening bracket or a colon; behind another value it needs a comma.
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.separate();
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
    }

    /// An object without a key: the whole text, or an element of a list.
    pub(crate) fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('{');
        write(self);
        self.text.push('}');
    }

    pub(crate) fn nested(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.key(key);
        self.object(write);
    }

    /// A list of whatever `write` adds.
    pub(crate) fn list(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        self.key(key);
        self.text.push('[');
        write(self);
        self.text.push(']');
    }

    pub(crate) fn strings<S: AsRef<str>>(&mut self, key: &str, strings: &[S]) {
        self.list(key, |json| strings.iter().for_each(|string| json.string(string.as_ref())));
    }

    /// A string without a key.
    pub(crate) fn string(&mut self, string: &str) {
        self.separate();
        self.text.push('"');
        escape(string, &mut self.text);
        self.text.push('"');
    }

    pub(crate) fn pair(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    /// A string that `write` puts together.
    pub(crate) fn written(&mut self, key: &str, write: impl FnOnce(&mut String)) {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write(&mut scratch);
        self.pair(key, &scratch);
        self.scratch = scratch;
    }

    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        self.key(key);
        self.text.push_str(if value { "true" } else { "false" });
    }

    pub(crate) fn number(&mut self, key: &str, value: u32) {
        self.key(key);
        push_number(value, &mut self.text);
    }

    /// A number with five decimals, as coordinates have.
    pub(crate) fn degrees(&mut self, key: &str, value: f64) {
        self.key(key);
        write!(self.text, "{value:.5}").expect("a string takes everything");
    }
}

/// Appends the digits of `value`.
pub(crate) fn push_number(value: u32, text: &mut String) {
    let mut digits = [0; 10];
    let (mut start, mut left) = (digits.len(), value);
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    text.extend(digits[start..].iter().map(|&digit| char::from(digit)));
}

fn escape(string: &str, text: &mut String) {
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    let mut rest = string;
    while let Some(at) = rest.as_bytes().iter().position(special) {
        text.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\n' => text.push_str("\\n"),
            b'\t' => text.push_str("\\t"),
            byte @ (b'"' | b'\\') => {
                text.push('\\');
                text.push(char::from(byte));
            }
            byte => write!(text, "\\u{byte:04x}").expect("a string takes everything"),
        }
        rest = &rest[at + 1..];
    }
    text.push_str(rest);
}
