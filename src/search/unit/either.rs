//! Words with `or` between them, of which any will do: `viagra or cialis`, `lung cancer or melanoma`.

use crate::search::hits::Word;
use crate::search::meant::{self, everyday};
use crate::search::{matching, parse};
use crate::store::Store;
use crate::study::Concept;

/// The longest name that stands before or behind `or`, in words.
const LONGEST: usize = 4;

/// What names are of that stand there.
const NAMED: [Concept; 2] = [Concept::Condition, Concept::Intervention];

/// Where the words end of which any will do, and what they ask, if such begin at `at`.
pub(super) fn at(store: &Store, words: &[Word], at: usize) -> Option<(usize, String)> {
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

/// Whether words are one thing: a word that says something, or a name.
fn is_one(store: &Store, words: &[Word]) -> bool {
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

fn asked(words: &[Word]) -> String {
    let typed: Vec<&str> = words.iter().map(|word| word.typed).collect();
    if typed.len() == 1 { typed[0].to_owned() } else { format!("({})", typed.join(" ")) }
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

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
