//! What is not wanted, as people say it: `nsclc without placebo`, `erectile dysfunction not bayer`, `asthma no children`.

use super::either;
use crate::search::hits::Word;
use crate::search::meant::everyday;
use crate::search::{code, parse};
use crate::store::Store;

/// Not `excluding`: trials that exclude something are asked about as often as trials without it.
const NEGATIONS: &[&str] = &["without", "no", "not", "except"];

/// Words before which or behind which a negation says something else: `with or without`, `does not`.
const OTHERWISE: &[&str] = &[
    "or", "and", "can", "could", "did", "do", "does", "has", "have", "is", "are", "was", "were",
    "will", "would", "should", "but",
];

/// Words behind which it is said of what or where else something is asked: `without placebo for asthma`.
const BEHIND: &[&str] = &["among", "at", "during", "for", "from", "in", "near"];

/// Longer questions are titles, in which a negation belongs to what is studied.
const LONGEST_QUESTION: usize = 8;

/// Where the words end that say what is not wanted, and what they ask, if such begin at `at`.
pub(super) fn at(
    store: &Store,
    words: &[Word],
    folded: &[String],
    at: usize,
) -> Option<(usize, String)> {
    let before = at.checked_sub(1).map(|at| folded[at].as_str())?;
    let is_negation = NEGATIONS.contains(&&*folded[at]) && !OTHERWISE.contains(&before);
    if !is_negation || words.len() > LONGEST_QUESTION {
        return None;
    }
    let start = at + 1;
    let rest = words.get(start..)?;
    if let Some((count, query)) = code_at(folded, start) {
        return Some((start + count, negative(&query)?));
    }
    let longest = (1..=rest.len().min(either::LONGEST)).rev();
    let ends = |count: &usize| {
        let end = start + count;
        let says_nothing = |word: &Word| {
            word.parts.iter().all(|it| everyday::is_empty(it) || everyday::is_of_question(it))
        };
        let is_over = folded.get(end).is_some_and(|word| BEHIND.contains(&&**word));
        is_over || words[end..].iter().all(says_nothing) || code_at(folded, end).is_some()
    };
    let count = longest.into_iter().filter(ends).find(|&count| is_one(store, &rest[..count]))?;
    Some((start + count, negative(&either::asked(&rest[..count]))?))
}

/// Whether words are one thing that can be left out.
fn is_one(store: &Store, words: &[Word]) -> bool {
    let is_common = |word: &Word| word.parts.iter().all(|part| everyday::is_common(part));
    !words.iter().all(is_common) && either::is_one(store, words)
}

fn code_at(folded: &[String], at: usize) -> Option<(usize, String)> {
    code::meant(folded[at..].iter().map(String::as_str))
}

fn negative(query: &str) -> Option<String> {
    Some(parse(&format!("-({query})")).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    #[test]
    fn what_is_said_not_to_be_wanted_is_left_out() {
        let store = Store::of([
            made(1).title("Blue Pills").conditions(["Gout"]).sponsor("Smith"),
            made(2).title("Blue Water").conditions(["Lung Cancer"]).status("COMPLETED"),
            made(3).title("Blue Light without Red").conditions(["Head Lice"]),
        ]);
        for (typed, found, read) in [
            ("blue without pills", 2, Some("-pills")),
            ("blue no lung cancer", 2, Some("-(lung cancer)")),
            ("blue not smith", 2, Some("-smith")),
            ("blue not completed", 2, Some("-status:completed")),
            ("blue except gout", 2, Some("-gout")),
            ("trials without pills for blue", 2, Some("-pills")),
            ("blue without pills in spain", 0, Some("-pills")),
            ("without pills", 0, None),
            ("blue with or without pills", 0, None),
            ("blue light does not red", 0, None),
            ("blue not lung", 2, Some("-lung")),
            ("blue no light red", 0, None),
        ] {
            let results = answer(&store, &parse(typed).unwrap(), &Cancel::default()).unwrap();
            let told = results.codes.iter().find(|code| code.term.starts_with('-'));
            let told = told.map(|code| code.term.as_str());
            assert_eq!((results.rows.len(), told), (found, read), "{typed}");
        }
    }
}
