//! The keys of a script, and what a terminal sends for them.

use anyhow::{Result, bail};

const NAMED: &[(&str, &str)] = &[
    ("enter", "\r"),
    ("esc", "\x1b"),
    ("tab", "\t"),
    ("backtab", "\x1b[Z"),
    ("space", " "),
    ("bs", "\x7f"),
    ("del", "\x1b[3~"),
    ("up", "\x1b[A"),
    ("down", "\x1b[B"),
    ("right", "\x1b[C"),
    ("left", "\x1b[D"),
    ("home", "\x1b[H"),
    ("end", "\x1b[F"),
    ("pgup", "\x1b[5~"),
    ("pgdn", "\x1b[6~"),
    ("f1", "\x1bOP"),
    ("lt", "<"),
];

/// What a terminal sends for a word of a script: `li<space>ver<enter>`.
pub(crate) fn typed(word: &str) -> Result<String> {
    let mut sent = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('<') {
        sent.push_str(before);
        let Some((name, after)) = after.split_once('>') else {
            sent.push('<');
            rest = after;
            continue;
        };
        if let Some((_, bytes)) = NAMED.iter().find(|(other, _)| *other == name) {
            sent.push_str(bytes);
        } else if let [b'c', b'-', letter @ b'a'..=b'z'] = name.as_bytes() {
            sent.push(char::from(letter & 0x1f));
        } else {
            bail!("<{name}>: no such key");
        }
        rest = after;
    }
    sent.push_str(rest);
    Ok(sent)
}
