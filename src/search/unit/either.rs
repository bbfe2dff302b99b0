//! Words of which any will do: with `or` between them (`viagra or cialis`, `lung cancer or melanoma`), two stages
//! (`stage iiib/iv`), or words of another language and what they are in English (`lungenkrebs`).

use crate::search::hits::Word;
use crate::search::meant::{self, everyday};
use crate::search::{code, matching, parse};
use crate::store::Store;
use crate::study::Concept;

/// The longest name that stands before or behind `or`, in words.
pub(super) const LONGEST: usize = 4;

/// What names are of that stand there.
const NAMED: [Concept; 2] = [Concept::Condition, Concept::Intervention];

/// Where the words end of which any will do, and what they ask, if such begin at `at`.
pub(super) fn at(store: &Store, words: &[Word], at: usize) -> Option<(usize, String)> {
    stages(words, at)
        .or_else(|| with_or_between(store, words, at))
        .or_else(|| translated(words, at))
}

/// Where names with `or` between them end, and what they ask.
fn with_or_between(store: &Store, words: &[Word], at: usize) -> Option<(usize, String)> {
    let is_or = |word: &&Word| word.typed == "or";
    let end = (1..=LONGEST).find(|&count| words.get(at + count).as_ref().is_some_and(is_or))?;
    if !is_one(store, &words[at..at + end]) {
        return None;
    }
    let mut names = vec![asked(&words[at..at + end])];
    let mut end = at + end;
    while words.get(end).as_ref().is_some_and(is_or) {
        let rest = words.get(end + 1..)?;
        let next = rest.iter().position(|word| is_or(&word)).unwrap_or(rest.len());
        let longest = (1..=next.min(LONGEST)).rev();
        let Some(count) = longest.into_iter().find(|&count| is_one(store, &rest[..count])) else {
            break;
        };
        names.push(asked(&rest[..count]));
        end += 1 + count;
    }
    let query = parse(&names.join(" | ")).ok()?.to_string();
    (names.len() > 1).then_some((end, query))
}

/// Where words of another language end, and what they ask.
fn translated(words: &[Word], at: usize) -> Option<(usize, String)> {
    let rest = &words[at..];
    let says_something = |word: &Word| !word.parts.iter().all(|part| everyday::is_empty(part));
    (1..=rest.len().min(meant::LONGEST_NAME)).rev().find_map(|count| {
        if !says_something(&rest[0]) || !says_something(&rest[count - 1]) {
            return None;
        }
        let parts = rest[..count].iter().flat_map(|word| &word.parts).map(String::as_str);
        let query = meant::translated(&parts.collect::<Vec<_>>())?;
        Some((at + count, parse(&query).ok()?.to_string()))
    })
}

/// Words between two stages.
const BETWEEN_STAGES: &[&str] = &["or", "to"];

/// Where the words end that name two stages, and what they ask: `stage iiib/iv`, `stage 3 or 4`.
fn stages(words: &[Word], at: usize) -> Option<(usize, String)> {
    let of = |at: usize| words.get(at).map_or(&[][..], |word| &word.parts[..]);
    if !matches!(of(at), [stage] if ["stage", "stages"].contains(&&**stage)) {
        return None;
    }
    let (count, stages) = match (of(at + 1), of(at + 2), of(at + 3)) {
        ([one, other], ..) => (2, [one, other]),
        ([one], [between], [other]) if BETWEEN_STAGES.contains(&&**between) => (4, [one, other]),
        // An `and` between words is no word of a query.
        ([one], [other], _) => (3, [one, other]),
        _ => return None,
    };
    let [one, other] = stages;
    let are_stages = code::is_stage(one) && code::is_stage(other);
    are_stages.then(|| (at + count, format!("(stage {one}) | (stage {other})")))
}

/// Whether words are one thing: a word that says something, or a name.
pub(super) fn is_one(store: &Store, words: &[Word]) -> bool {
    let says_nothing = |word: &Word| {
        word.parts.iter().all(|part| everyday::is_empty(part) || everyday::is_of_question(part))
    };
    if let [word] = words {
        return !says_nothing(word);
    }
    let parts: Vec<&str> = words.iter().flat_map(|word| &word.parts).map(String::as_str).collect();
    let name = parts.join(" ");
    meant::is_name(&parts) || NAMED.iter().any(|&it| matching::is_value(store, it, &name))
}

/// What asks for words.
pub(super) fn asked(words: &[Word]) -> String {
    let typed: Vec<&str> = words.iter().map(|word| word.typed).collect();
    if typed.len() == 1 { typed[0].to_owned() } else { format!("({})", typed.join(" ")) }
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    #[test]
    fn two_stages_are_either() {
        let stages = ["IIIA", "IIIB", "IV", "II"];
        let store = Store::of(
            (1..).zip(stages).map(|(id, stage)| made(id).title(&format!("Stage {stage}"))),
        );
        for (typed, found) in [
            ("stage IIIB/IV", 2),
            ("stage iii-iv", 3),
            ("stage 3 or 4", 3),
            ("stages II and IIIA", 2),
            ("stage II", 1),
        ] {
            let results = answer(&store, &parse(typed).unwrap(), &Cancel::default()).unwrap();
            assert_eq!(results.rows.len(), found, "{typed}");
        }
    }

    #[test]
    fn words_of_other_languages_are_read_in_english() {
        let store = Store::of([
            made(1).title("Drugs against Lung Cancer"),
            made(2).title("Drugs against Breast Cancer"),
            made(3).title("A Registry: Lungenkrebs"),
        ]);
        for (typed, found, read) in [
            ("lungenkrebs", 2, Some("\"lungenkrebs\" | (lung cancer)")),
            ("drugs cáncer de pulmón", 1, Some("\"cancer de pulmon\" | (lung cancer)")),
            ("krebs", 2, Some("\"krebs\" | cancer")),
            ("cancro", 2, None),
            ("lung cancer", 1, None),
        ] {
            let results = answer(&store, &parse(typed).unwrap(), &Cancel::default()).unwrap();
            let told = results.codes.first().map(|code| code.term.as_str());
            assert_eq!((results.rows.len(), told), (found, read), "{typed}");
        }
    }

    #[test]
    fn words_with_or_between_them_are_either() {
        let store = Store::of([
            made(1).title("Blue Pills").conditions(["Gout"]),
            made(2).title("Red Pills").conditions(["Lung Cancer"]),
            made(3).title("Green Pills").conditions(["Head Lice"]),
        ]);
        for (typed, found, read) in [
            ("blue or red", 2, Some("blue | red")),
            ("pills blue or red or green", 3, Some("blue | red | green")),
            ("blue or red pills", 2, Some("blue | red")),
            ("lung cancer or head lice", 2, Some("(lung cancer) | (head lice)")),
            ("lung cancer or gout", 2, Some("(lung cancer) | gout")),
            ("blue OR red", 2, None),
            ("with or without", 0, None),
            ("or red", 0, None),
        ] {
            let results = answer(&store, &parse(typed).unwrap(), &Cancel::default()).unwrap();
            let told = results.codes.iter().find(|code| code.typed.contains(" or "));
            let told = told.map(|code| code.term.as_str());
            assert_eq!((results.rows.len(), told), (found, read), "{typed}");
            if let Some(read) = read {
                assert_eq!(parse(read).unwrap().to_string(), read);
            }
        }
    }
}
