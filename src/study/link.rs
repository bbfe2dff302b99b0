//! What a text points to: other studies, publications, pages. Knows nothing of what can be opened.

use std::ops::Range;

use super::NctId;
use crate::text::effort;

/// Something that a text points to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    Study(NctId),
    /// The number of an article in `PubMed`.
    PubMed(u32),
    /// Such as `10.1000/182`.
    Doi(String),
    /// An address, as it stands in the text.
    Web(String),
}

impl Link {
    /// The address of what the link points to.
    pub fn url(&self) -> String {
        match self {
            Self::Study(id) => id.url(),
            Self::PubMed(number) => format!("https://pubmed.ncbi.nlm.nih.gov/{number}/"),
            Self::Doi(doi) => format!("https://doi.org/{doi}"),
            Self::Web(url) => url.clone(),
        }
    }

    /// What the link is called: `PubMed 12345`.
    pub fn name(&self) -> String {
        match self {
            Self::Study(id) => id.to_string(),
            Self::PubMed(number) => format!("PubMed {number}"),
            Self::Doi(doi) => format!("DOI {doi}"),
            Self::Web(url) => url.clone(),
        }
    }
}

/// Finds a link of one kind at the start of a text, and how many bytes of it that is.
type Find = fn(&str) -> Option<(usize, Link)>;

/// How links begin. Where one ends, the next may begin.
const KINDS: &[(&str, Find)] =
    &[("NCT", study), ("http", web), ("10.", doi), ("PMID", pubmed), ("pmid", pubmed)];

/// Every link in a cleaned text, and where it stands.
pub fn links(text: &str) -> Vec<(Range<usize>, Link)> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(at) = text[start..].find(['N', 'h', '1', 'P', 'p']).map(|at| at + start) {
        let rest = &text[at..];
        let bounded = !text[..at].ends_with(|char: char| char.is_alphanumeric() || char == '.');
        let link = KINDS
            .iter()
            .filter(|(prefix, _)| bounded && rest.starts_with(prefix))
            .find_map(|(_, find)| find(rest));
        start = at + 1;
        if let Some((length, link)) = link {
            found.push((at..at + length, link));
            start = at + length;
        }
    }
    found
}

fn study(text: &str) -> Option<(usize, Link)> {
    let digits = digits(&text[3..]);
    let id = text[..3 + digits].parse().ok()?;
    Some((3 + digits, Link::Study(id)))
}

fn web(text: &str) -> Option<(usize, Link)> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let length = word(text);
    (length > scheme.len()).then(|| (length, Link::Web(text[..length].to_owned())))
}

fn doi(text: &str) -> Option<(usize, Link)> {
    let registrant = digits(&text[3..]);
    let slash = 3 + registrant;
    if !(4..=9).contains(&registrant) || !text[slash..].starts_with('/') {
        return None;
    }
    let length = word(text);
    (length > slash + 1).then(|| (length, Link::Doi(text[..length].to_owned())))
}

fn pubmed(text: &str) -> Option<(usize, Link)> {
    let rest = text[4..].trim_start_matches([':', ' ']);
    let start = text.len() - rest.len();
    effort::look(start);
    let digits = digits(rest);
    let number = rest[..digits].parse().ok()?;
    (digits <= 8).then_some((start + digits, Link::PubMed(number)))
}

fn digits(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    effort::look(digits);
    digits
}

/// How long the address at the start of a text is, without the punctuation of the sentence behind it.
fn word(text: &str) -> usize {
    let odd = |char: char| char.is_whitespace() || "\"'`<>\\^{|}…".contains(char);
    let word = &text[..text.find(odd).unwrap_or(text.len())];
    effort::look(word.len());
    // How many more brackets open than close; the last one belongs to the address while none is missing.
    let balance = |open, close| {
        let count = |sign| word.bytes().filter(|&byte| byte == sign).count();
        count(open).cast_signed() - count(close).cast_signed()
    };
    let (mut round, mut square) = (balance(b'(', b')'), balance(b'[', b']'));
    let mut end = word.len();
    for last in word.bytes().rev() {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'*' | b'_' => {}
            b')' if round < 0 => round += 1,
            b']' if square < 0 => square += 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_are_found_in_texts() {
        for (text, names) in [
            ("", [].as_slice()),
            ("see NCT00000102, NCT000001022 and xNCT00000102", &["NCT00000102"]),
            ("(NCT00000102/NCT00000103)", &["NCT00000102", "NCT00000103"]),
            ("PMID: 12345; pmid 678 PMID 123456789", &["PubMed 12345", "PubMed 678"]),
            ("doi: 10.1016/j.x(20)1-2. Epub", &["DOI 10.1016/j.x(20)1-2"]),
            ("https://doi.org/10.1000/182).", &["https://doi.org/10.1000/182"]),
            ("http://a.example/x_(y), https://", &["http://a.example/x_(y)"]),
            ("10.5 mg, 10.12/3, 110.1000/x", &[]),
            ("<https://a.example/é>", &["https://a.example/é"]),
        ] {
            let found: Vec<_> = links(text).iter().map(|(_, link)| link.name()).collect();
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn links_lead_to_pages() {
        for (text, url) in [
            ("NCT00000102", "https://clinicaltrials.gov/study/NCT00000102"),
            ("PMID: 7", "https://pubmed.ncbi.nlm.nih.gov/7/"),
            ("10.1000/182", "https://doi.org/10.1000/182"),
            ("https://a.example", "https://a.example"),
        ] {
            assert_eq!(links(text)[0].1.url(), url);
        }
    }

    proptest! {
        #[test]
        fn links_stand_one_behind_the_other(text in "(NCT[0-9]{8}|https://|10.1000/|PMID:? ?|[a-z0-9 .()é]){0,20}") {
            let mut end = 0;
            for (range, _) in links(&text) {
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                end = range.end;
            }
        }
    }
}
