//! Ids that stand in a text. Knows nothing of records: it reads their JSON as any other text.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::NctId;

/// The letters of an id as registrants write it.
static LETTERS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("NCT"));

/// Every id in `text`, as often as it stands there.
pub fn mentions(text: &str) -> impl Iterator<Item = NctId> {
    let bytes = text.as_bytes();
    LETTERS.find_iter(bytes).filter_map(move |start| {
        let id = text.get(start..start + 11)?.parse().ok()?;
        let is_longer = bytes.get(start + 11).is_some_and(u8::is_ascii_digit);
        (!is_longer).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_three_letters_and_eight_digits_and_no_more() {
        for (text, ids) in [
            ("", &[][..]),
            ("an extension of NCT00000102.", &[102]),
            ("\"NCT00000102\",\"x/NCT00000103?\"", &[102, 103]),
            ("NCT0000010", &[]),
            ("NCT000001022", &[]),
            ("NCTNCT00000102", &[102]),
            ("nct00000102 NCT0000010é", &[]),
        ] {
            assert_eq!(mentions(text).map(NctId::number).collect::<Vec<_>>(), ids, "{text}");
        }
    }
}
