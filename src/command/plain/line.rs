//! What a line of the dialogue begins with.

use anyhow::Result;

use super::Dialogue;
use crate::store::StudyIdx;
use crate::study::NctId;

/// The first word of a line, and what follows it.
pub(super) fn first_word(line: &str) -> (&str, &str) {
    let line = line.trim();
    line.split_once(char::is_whitespace)
        .map_or((line, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The trial that a line begins with, if it does, and the rest of it.
pub(super) fn named<'a>(dialogue: &mut Dialogue, line: &'a str) -> Result<(StudyIdx, &'a str)> {
    let (word, rest) = first_word(line);
    let names_one = word.parse::<usize>().is_ok() || word.parse::<NctId>().is_ok();
    if names_one { Ok((dialogue.study(word)?, rest)) } else { Ok((dialogue.study("")?, line)) }
}
