//! Web addresses in a text: where each begins and ends. It does not know markup, or what an address leads to.

use std::ops::Range;

use super::effort;

/// Where the addresses of a text stand, one behind the other.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut end) = (Vec::new(), 0);
    for (start, _) in text.match_indices("http") {
        if start >= end
            && let Some(length) = address(&text[start..])
        {
            end = start + length;
            found.push(start..end);
        }
    }
    found
}

/// The bytes of the web address with which the text begins, without the stop of its sentence.
pub(super) fn address(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let end = text.find(|char: char| char.is_whitespace() || "<>\"）；，。".contains(char));
    let mut address = &text[..end.unwrap_or(text.len())];
    effort::look(address.len());
    let has_bracket = address.contains('(');
    loop {
        let unbalanced = address.ends_with(')') && !has_bracket;
        let stop = address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*', ']', '\\']);
        if !stop && !unbalanced {
            break;
        }
        address = &address[..address.len() - 1];
    }
    (address.len() > scheme.len()).then_some(address.len())
}
