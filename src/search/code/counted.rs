//! How many people take part, as people say it: `more than 300 participants`, `at least 100 patients`.

/// Who is counted. Adults and children are not: `over 300 adults` is rare, and `under 18 children` is an age.
const PEOPLE: &[&str] =
    &["participants", "patients", "people", "persons", "subjects", "volunteers"];

/// Up to this number `over` and `under` are said of ages: `over 65 patients`.
const OLDEST: u32 = 110;

/// The enrollment that words name, as a query, and how many words those are.
pub(super) fn enrollment(words: &[&str]) -> Option<(usize, String)> {
    let (sign, said, rest) = match words {
        ["more", "than", rest @ ..] => (">", 2, rest),
        ["at", "least", rest @ ..] => (">=", 2, rest),
        ["fewer" | "less", "than", rest @ ..] => ("<", 2, rest),
        ["at", "most", rest @ ..] | ["up", "to", rest @ ..] => ("<=", 2, rest),
        ["over" | "above", rest @ ..] => (">", 1, rest),
        ["under" | "below", rest @ ..] => ("<", 1, rest),
        _ => return None,
    };
    let [number, who, ..] = rest else { return None };
    let count: u32 = number.replace(',', "").parse().ok()?;
    let is_of_age = said == 1 && count <= OLDEST;
    (PEOPLE.contains(who) && !is_of_age).then(|| (said + 2, format!("enrollment:{sign}{count}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    #[test]
    fn how_many_take_part_is_known_as_people_say_it() {
        for (typed, count, query) in [
            ("more than 300 participants", 4, "enrollment:>300"),
            ("at least 100 patients lung", 4, "enrollment:>=100"),
            ("fewer than 50 people", 4, "enrollment:<50"),
            ("less than 1,000 volunteers", 4, "enrollment:<1000"),
            ("up to 20 subjects", 4, "enrollment:<=20"),
            ("over 300 patients", 3, "enrollment:>300"),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(enrollment(&words), Some((count, query.to_owned())), "{typed}");
            assert_eq!(parse(query).unwrap().to_string(), query);
        }
        for typed in [
            "over 65 patients",
            "more than 300",
            "more than 3 months",
            "at least one patients",
            "300 patients",
            "under 18 children",
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(enrollment(&words), None, "{typed}");
        }
    }
}
