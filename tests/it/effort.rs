//! The work of every reader of text grows with the text and no quicker.
//!
//! Counted, not timed: a machine may be busy, and a text that is slow when it is large is not slow when it is small.
//! Going through a text once is not what makes a reader slow; looking ahead or back at every step is. Whoever does that
//! says how far (`trialdex::text::effort`, in development builds alone), and the alignment of two texts counts each
//! comparison of two words. Allocations would not do: what rescans allocates nothing. What a library does with a text
//! is not seen, only how much text is handed to it and how often.

use trialdex::compare::compare;
use trialdex::study::{self, Study};
use trialdex::text::{self, Line, Tone, effort};

type Reader = (&'static str, fn(&str));

const READERS: &[Reader] = &[
    ("links", |text| _ = study::links(text)),
    ("mentions", |text| _ = study::mentions(text).count()),
    ("markup", |text| _ = text::markup(text)),
    ("plain text", |text| _ = text::plain(text)),
    ("cleaning", |text| _ = (text::clean_line(text).len(), text::clean_text(text).len())),
    ("folding", |text| _ = text::words(&text::fold(text)).count()),
    ("wrapping", |text| _ = text::flow(&[Line::toned(text, Tone::Plain)], 40)),
    ("wrapping for a file", |text| {
        _ = text::flow_with(&[Line::toned(text, Tone::Plain)], 40, text::Addresses::Whole);
    }),
    ("criteria", |text| _ = study::eligibility::criteria(text)),
    ("comparing", |text| {
        let [one, other] = [text.to_owned(), text.replace('a', "b a")].map(|text| {
            Study::from(serde_json::json!({"protocolSection": {
                "identificationModule": {"nctId": "NCT00000001"},
                "descriptionModule": {"detailedDescription": text},
            }}))
        });
        _ = compare(&one, &other);
    }),
];

/// What is repeated, and what stands before it.
const BEFORE: &[&str] = &["", "http://a", "* ", "Inclusion Criteria:\n", "(", "**", "10.1234/"];
const REPEATED: &[&str] = &[
    "]",
    ")",
    "(",
    ")(",
    ".",
    ",",
    "a",
    "h",
    "1",
    "N",
    "http://",
    "http://a ",
    "http://.",
    "h)",
    "10.1,",
    "10.1234/",
    "PMID:",
    "PMID ",
    "NCT0",
    "NCT00000001 ",
    "*",
    "**a",
    "_a_",
    "*a",
    "**",
    "&",
    "&amp;",
    "&#",
    "\\",
    "\\*",
    "[",
    "<",
    "• ",
    "•",
    "1. ",
    "1.1.",
    "(1) ",
    "- ",
    "\n",
    "  ",
    " ",
    "a ",
    "a-",
    "日",
    "\u{200d}",
    "👩\u{200d}",
    "e\u{301}",
    "\u{200b}",
    "\t",
    "a\n* ",
    "  * a\n",
    "Key ",
    "Inclusion Criteria: ",
    "Exclusion Criteria\n",
    "Exclusion Criteria for ",
    "a (Exclusion Criteria ",
    "Inclusion:\nExclusion:\n",
    "Cohort A:\n",
    "Patients\n\n",
    "1. a:\n",
    "i. a\n",
    "E ",
    "exclusion",
    "Part A\n",
    "a b c ",
    ": ",
    "/a",
];

/// What takes fewer looks a byte than this is quick, however it began.
const QUICK: u64 = 100;

/// How much is done for a text: its length, and what is looked at beyond.
#[cfg(debug_assertions)]
fn work(read: fn(&str), text: &str) -> u64 {
    effort::taken();
    read(text);
    effort::taken() + text.len() as u64
}

#[test]
#[cfg(debug_assertions)]
fn twice_the_length_is_at_most_thrice_the_work() {
    let mut complaints = Vec::new();
    for (name, read) in READERS {
        // Words are compared each with each up to some hundreds of them.
        let is_comparing = *name == "comparing";
        let (befores, first) = if is_comparing { (&BEFORE[..1], 13) } else { (BEFORE, 11) };
        for before in befores {
            for repeated in REPEATED {
                let lengths: [usize; 3] = [1 << first, 2 << first, 4 << first];
                let works = lengths.map(|length| {
                    let times = length / repeated.len();
                    work(*read, &format!("{before}{}", repeated.repeat(times)))
                });
                let is_slow = |at: usize| {
                    works[at] > works[at - 1] * 3 && works[at] > QUICK * lengths[at] as u64
                };
                if is_slow(1) || is_slow(2) {
                    complaints.push(format!("{name}: {before:?} and {repeated:?}: {works:?}"));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
