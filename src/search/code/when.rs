//! Ages and years as people say them: `over 65`, `70 years old`, `since 2020`, `between 2018 and 2020`.

/// The youngest age that a bare number stands for; smaller ones count something else.
const YOUNGEST: u32 = 12;
/// Nobody is older.
const OLDEST: u32 = 110;
/// The years in which trials start.
const YEARS: std::ops::RangeInclusive<u32> = 1950..=2050;

/// What follows a number that is no age.
const OTHER_UNITS: &[&str] = &[
    "day", "days", "hour", "hours", "kg", "mg", "ml", "min", "minutes", "month", "months", "week",
    "weeks", "percent",
];

/// The ages that words name, as a query, and how many words those are.
pub(super) fn age(words: &[&str]) -> Option<(usize, String)> {
    let (mut bound, number, rest) = match words {
        ["over" | "above", number, rest @ ..] | ["older", "than", number, rest @ ..] => {
            (Bound::AtLeast, *number, rest)
        }
        ["under" | "below", number, rest @ ..] | ["younger", "than", number, rest @ ..] => {
            (Bound::Below, *number, rest)
        }
        ["aged" | "age", number, rest @ ..] => (Bound::Just, *number, rest),
        [number, rest @ ..] => {
            // A number by itself is an age only where it says so.
            let (years, said) = years_old(number, rest)?;
            let sign = if rest.starts_with(&["years", "older"]) { ">=" } else { "" };
            return (years > 0 && years <= OLDEST)
                .then(|| (1 + said, format!("age:{sign}{years}")));
        }
        [] => return None,
    };
    let (years, mut said) = years_old(number, rest).or_else(|| {
        let number = number.strip_suffix('s').unwrap_or(number);
        Some((number.parse().ok()?, years(rest)))
    })?;
    let is_other = rest.first().is_some_and(|unit| OTHER_UNITS.contains(unit));
    if is_other || !(YOUNGEST..=OLDEST).contains(&years) {
        return None;
    }
    if let (Bound::Just, ["older" | "over" | "above", ..]) = (&bound, &rest[said..]) {
        (bound, said) = (Bound::AtLeast, said + 1);
    }
    let asked = match bound {
        Bound::AtLeast => format!("age:>={years}"),
        Bound::Below => format!("age:<{years}"),
        Bound::Just => format!("age:{years}"),
    };
    Some((words.len() - rest.len() + said, asked))
}

enum Bound {
    AtLeast,
    Below,
    Just,
}

/// The number of years in `number` and how many of the words behind it belong to it, if they say that it is an age.
fn years_old(number: &str, rest: &[&str]) -> Option<(u32, usize)> {
    let joined = ["-year-olds", "-year-old", "yo", "y/o"];
    if let Some(number) = joined.iter().find_map(|end| number.strip_suffix(end)) {
        return Some((number.parse().ok()?, 0));
    }
    let number = number.parse().ok()?;
    match rest {
        ["year" | "years" | "yr" | "yrs", "old" | "olds", ..] | ["years", "older", ..] => {
            Some((number, 2))
        }
        ["yo" | "y/o", ..] => Some((number, 1)),
        _ => None,
    }
}

/// How many words behind a number only say that it counts years.
fn years(rest: &[&str]) -> usize {
    match rest {
        ["years", "of", "age", ..] => 3,
        ["year" | "years" | "yr" | "yrs", ..] => 1,
        _ => 0,
    }
}

/// The years of the start that words name, as a query, and how many words those are.
pub(super) fn year(words: &[&str]) -> Option<(usize, String)> {
    let year =
        |word: &str| word.parse().ok().filter(|year| word.len() == 4 && YEARS.contains(year));
    Some(match words {
        // An `and` between words is no word of a query.
        ["between", one, other, ..] => {
            let (one, other) = (year(one)?, year(other)?);
            (3, format!("start:{}..{}", one.min(other), one.max(other)))
        }
        ["from", one, "to" | "until", other, ..] => {
            let (one, other) = (year(one)?, year(other)?);
            (4, format!("start:{}..{}", one.min(other), one.max(other)))
        }
        ["since", one, ..] => (2, format!("start:>={}", year(one)?)),
        ["after", one, ..] => (2, format!("start:>{}", year(one)?)),
        ["before", one, ..] => (2, format!("start:<{}", year(one)?)),
        ["in", one, ..] => (2, format!("start:{}", year(one)?)),
        ["started" | "starting", rest @ ..] if !rest.is_empty() => {
            let (count, query) = self::year(rest)?;
            (1 + count, query)
        }
        _ => return None,
    })
}

/// The years that a number by itself may be; other numbers are names of things.
const RECENT: std::ops::RangeInclusive<u32> = 1990..=2040;

/// The year of the start that a number by itself is, as a query.
pub(super) fn bare_year(word: &str) -> Option<String> {
    let year: u32 = word.parse().ok().filter(|_| word.len() == 4)?;
    RECENT.contains(&year).then(|| format!("start:{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    #[test]
    fn ages_are_known_as_people_say_them() {
        for (typed, count, query) in [
            ("over 65", 2, "age:>=65"),
            ("older than 65 years", 4, "age:>=65"),
            ("over 65s", 2, "age:>=65"),
            ("under 18", 2, "age:<18"),
            ("aged 70", 2, "age:70"),
            ("aged 65 over", 3, "age:>=65"),
            ("over 65 years old", 4, "age:>=65"),
            ("age 70 women", 2, "age:70"),
            ("70 years old", 3, "age:70"),
            ("70-year-old man", 1, "age:70"),
            ("5 year old", 3, "age:5"),
            ("65 years older", 3, "age:>=65"),
            ("over 65 years of age", 5, "age:>=65"),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(age(&words), Some((count, query.to_owned())), "{typed}");
            assert_eq!(parse(query).unwrap().to_string(), query);
        }
        for typed in
            ["over 5", "over 20 mg", "under 30 minutes", "70", "over the counter", "over 200"]
        {
            assert_eq!(age(&typed.split(' ').collect::<Vec<_>>()), None, "{typed}");
        }
    }

    #[test]
    fn years_are_those_of_the_start() {
        for (typed, count, query) in [
            ("since 2020", 2, "start:>=2020"),
            ("after 2020 lung", 2, "start:>2020"),
            ("before 2015", 2, "start:<2015"),
            ("in 2021", 2, "start:2021"),
            ("started in 2021", 3, "start:2021"),
            ("between 2018 2020", 3, "start:2018..2020"),
            ("from 2018 to 2020", 4, "start:2018..2020"),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(year(&words), Some((count, query.to_owned())), "{typed}");
            assert_eq!(parse(query).unwrap().to_string(), query);
        }
        for typed in ["since surgery", "in 20", "2021", "before 20150", "in spain"] {
            assert_eq!(year(&typed.split(' ').collect::<Vec<_>>()), None, "{typed}");
        }
    }
}
