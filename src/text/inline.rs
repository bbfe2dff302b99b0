//! Markup inside one line: escapes, entities, emphasis and addresses become spans. A sign that is not certainly markup
//! stays text. It does not know lists or paragraphs.

use std::borrow::Cow;

use super::address::address;
use super::clean::clean_line;
use super::effort;
use super::rich::{Span, Tone};

/// Longest emphasis in bytes; what is longer is text with two stray signs.
const EMPHASIS: usize = 200;
/// Longest strong text in bytes.
const STRONG: usize = 800;

/// Named entities that registry text is known to hold, and their like.
const ENTITIES: &[(&str, char)] = &[
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ge", '≥'),
    ("le", '≤'),
    ("ne", '≠'),
    ("plusmn", '±'),
    ("micro", 'µ'),
    ("mu", 'μ'),
    ("deg", '°'),
    ("times", '×'),
    ("divide", '÷'),
    ("middot", '·'),
    ("bull", '•'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("minus", '−'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("reg", '®'),
    ("trade", '™'),
    ("copy", '©'),
    ("sect", '§'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("iacute", 'í'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ouml", 'ö'),
    ("uacute", 'ú'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("rarr", '→'),
    ("larr", '←'),
    ("infin", '∞'),
];

/// The spans of one line of registry text, cleaned; neighbours differ in tone.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut scan = Scan { spans: Vec::new() };
    scan.run(text, Tone::Plain);
    for span in &mut scan.spans {
        if let std::borrow::Cow::Owned(cleaned) = clean_line(&span.text) {
            span.text = cleaned;
        }
    }
    scan.spans
}

/// The spans found so far.
struct Scan {
    spans: Vec<Span>,
}

impl Scan {
    fn run(&mut self, text: &str, tone: Tone) {
        let mut at = 0;
        while at < text.len() {
            let special =
                text[at..].find(['\\', '&', '*', '_', 'h']).map_or(text.len(), |far| at + far);
            self.push(&text[at..special], tone);
            if special == text.len() {
                return;
            }
            at = special + self.sign(text, special, tone);
        }
    }

    /// Takes what begins with the sign at `at`; returns how many bytes that was.
    fn sign(&mut self, text: &str, at: usize, tone: Tone) -> usize {
        let rest = &text[at..];
        let word_before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        match rest.as_bytes()[0] {
            b'*' | b'_' => return self.emphasis(text, at, tone),
            b'h' if !word_before => {
                if let Some(length) = address(rest) {
                    self.push(&unescape(&rest[..length]), Tone::Link);
                    return length;
                }
            }
            _ => {}
        }
        let (char, length) = character(rest);
        self.push(char.encode_utf8(&mut [0; 4]), tone);
        length
    }

    fn emphasis(&mut self, text: &str, at: usize, tone: Tone) -> usize {
        let sign = text.as_bytes()[at];
        let run = text.as_bytes()[at..].iter().take_while(|byte| **byte == sign).count();
        let after = at + run;
        effort::look(run);
        let Some(close) = closing(text, at, run) else {
            self.push(&text[at..after], tone);
            return run;
        };
        let inner = if run > 1 || tone == Tone::Strong { Tone::Strong } else { Tone::Emphasis };
        self.run(&text[after..close], inner);
        close + run - at
    }

    fn push(&mut self, text: &str, tone: Tone) {
        match self.spans.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.tone == tone => last.text.push_str(text),
            _ => self.spans.push(Span::new(text, tone)),
        }
    }
}

/// Where the run of signs at `at` is closed, if it clearly opens emphasis: it touches the text inside,
/// and a single sign or an underscore touches no word outside.
fn closing(text: &str, at: usize, run: usize) -> Option<usize> {
    let sign = text.as_bytes()[at];
    let alone = run == 1 || sign == b'_';
    let word = |char: Option<char>| alone && char.is_some_and(char::is_alphanumeric);
    let inner = text[at + run..].chars().next()?;
    if run > 3 || inner.is_whitespace() || word(text[..at].chars().next_back()) {
        return None;
    }
    let limit = if run == 1 { EMPHASIS } else { STRONG };
    let bytes = text.as_bytes();
    let mut here = at + run;
    let mut before = b' ';
    while here < bytes.len().min(at + limit) {
        if bytes[here] == b'\\' {
            before = b'\\';
            here += 2;
        } else if bytes[here] == sign {
            let length = bytes[here..].iter().take_while(|byte| **byte == sign).count();
            effort::look(length);
            let outside = text[here + length..].chars().next();
            if length == run && !before.is_ascii_whitespace() && !word(outside) {
                return Some(here);
            }
            before = sign;
            here += length;
        } else {
            before = bytes[here];
            here += 1;
            effort::look(1);
        }
    }
    None
}

/// The first character that the text means, and its bytes: an escape, an entity or itself.
fn character(text: &str) -> (char, usize) {
    if let Some(escaped) = text.strip_prefix('\\') {
        if let Some((char, length)) = entity(escaped) {
            return (char, length + 1);
        }
        return match escaped.chars().next() {
            Some(char) if char.is_ascii_punctuation() => (char, 2),
            _ => ('\\', 1),
        };
    }
    let first = text.chars().next().unwrap_or_default();
    entity(text).unwrap_or((first, first.len_utf8()))
}

/// One cleaned line of a record with its escapes and entities read. Other signs are text: emphasis is read
/// only where a field is known to have it.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    let line = clean_line(text);
    if !line.bytes().any(|byte| matches!(byte, b'\\' | b'&')) {
        return line;
    }
    Cow::Owned(clean_line(&unescape(&line)).into_owned())
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (char, length) = character(&text[at..]);
        plain.push(char);
        at += length;
    }
    plain
}

/// The character that an entity at the beginning of the text names, and the entity's bytes. Records hold
/// entities of entities: `&amp;lt;` is a `<`.
fn entity(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let inner = body.trim_start_matches("amp;");
    let before = text.len() - inner.len();
    match named(inner) {
        Some((char, length)) => Some((char, before + length)),
        None => (before > 1).then_some(('&', before)),
    }
}

/// The character that the name behind a `&` stands for, and the bytes of the name with its `;`.
fn named(body: &str) -> Option<(char, usize)> {
    let end = body.bytes().take(10).position(|byte| byte == b';')?;
    let name = &body[..end];
    let char = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Spans written as `Tone:text|`.
    fn shown(text: &str) -> String {
        let spans = spans(text);
        spans
            .iter()
            .map(|span| match span.tone {
                Tone::Plain => span.text.clone(),
                tone => format!("‹{tone:?} {}›", span.text),
            })
            .collect()
    }

    #[test]
    fn markup_in_a_line_is_read() {
        for (raw, means) in [
            ("", ""),
            (
                r"\> 18, \<= 3 m\^2, R\&D 5\~22 \[a\] 1\. \_ \# \- \*",
                "> 18, <= 3 m^2, R&D 5~22 [a] 1. _ # - *",
            ),
            (r"C:\dir \\ \", r"C:\dir \ \"),
            (
                "&lt;3 &#8805;4 &#x2265;5 \\&#39;s &amp;gt; \\&amp;amp;lt;18 &amp;amp; &amp;x &nosuch; &",
                "<3 ≥4 ≥5 's > <18 & &x &nosuch; &",
            ),
            ("a&#27;[2J&#8238;b&#10;c", "a\u{FFFD}[2J\u{FFFD}b c"),
            ("&#xD800; &#99999999;", "&#xD800; &#99999999;"),
            ("**Note:** x", "‹Strong Note:› x"),
            (
                "***both*** _one_ *two* (*three*).",
                "‹Strong both› ‹Emphasis one› ‹Emphasis two› (‹Emphasis three›).",
            ),
            ("**a *b* c**", "‹Strong a b c›"),
            ("a * b * c, 2*3*4, snake_case_name", "a * b * c, 2*3*4, snake_case_name"),
            ("11* on ROMP* score", "11* on ROMP* score"),
            ("*p<0.05, **p<0.01", "*p<0.05, **p<0.01"),
            (r"or_\<90mm or diastolic _\>100 or _", "or_<90mm or diastolic _>100 or _"),
            ("name: ________", "name: ________"),
            (r"*not closed\*", "*not closed*"),
            ("*", "*"),
            (
                "see (https://a.org/x\\_y?a=1&amp;b=2). h",
                "see (‹Link https://a.org/x_y?a=1&b=2›). h",
            ),
            ("http:// xhttp://a.b", "http:// xhttp://a.b"),
        ] {
            assert_eq!(shown(raw), means, "{raw}");
        }
    }

    #[test]
    fn escapes_and_entities_of_a_line_are_read_and_nothing_else() {
        for (raw, said) in [
            ("", ""),
            (r"Grade \<3 \& \[a\]", "Grade <3 & [a]"),
            ("A &amp; B, &#x0003c;18, &#60;18", "A & B, <18, <18"),
            ("*a* _b_ **c**", "*a* _b_ **c**"),
            ("a&#27;[2J&#10;b", "a\u{FFFD}[2J b"),
            (r"C:\dir", r"C:\dir"),
            ("https://a.example/?x=1&amp;y=2&copy=3", "https://a.example/?x=1&y=2&copy=3"),
        ] {
            assert_eq!(unescaped(raw), said, "{raw}");
        }
    }

    #[test]
    fn entities_are_distinct() {
        for (index, (name, _)) in ENTITIES.iter().enumerate() {
            assert!(name.len() < 9, "{name}");
            assert!(ENTITIES[..index].iter().all(|(other, _)| other != name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn letters_are_never_lost(text in "[ab日 \\\\*_.>h]{0,40}") {
            let joined: String = spans(&text).into_iter().map(|span| span.text).collect();
            let letters = |text: &str| text.chars().filter(|char| char.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&joined), letters(&text));
        }

        #[test]
        fn nothing_panics_and_everything_is_clean(text in "(&#?|;|[0-9a-fx]{1,5}|\\\\|\\*|_|http://|\\PC){0,40}") {
            for span in spans(&text) {
                prop_assert_eq!(clean_line(&span.text), span.text.as_str());
            }
        }
    }
}
