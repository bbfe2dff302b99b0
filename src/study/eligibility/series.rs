//! Several items on one line: `1. adults 2. consent 3. asthma`. Finds them by their signs and numbers alone, and by
//! numbers only where they count on without doubt.

use super::list::{Marker, split_marker};

/// A number behind one of these belongs to it: `grade 2`, `1 or 2`.
#[rustfmt::skip]
const BEFORE_NUMBERS: &[&str] = &[
    "grade", "grades", "stage", "stages", "type", "types", "phase", "class", "level", "score", "part", "cohort", "arm", "group", "step", "day", "week",
    "month", "year", "visit", "cycle", "dose", "line", "item", "criterion", "criteria", "number", "no", "section", "table", "figure", "vitamin", "hepatitis", "factor", "or", "and", "to",
    "than", "least", "most", "of", "is", "was", "are", "by", "for", "in", "at", "from", "between", "with",   "over", "under", "below", "above",
    "ecog", "asa", "nyha", "bclc", "cin", "copd", "covid", "hiv", "pd", "her", "see", "within", "every", "minus", "plus",
];

/// Takes the items of a line apart: each with its marker, the first with `marker`. `following` is the line below.
pub(super) fn apart(
    marker: Marker,
    text: String,
    following: Option<&str>,
) -> Vec<(Marker, String)> {
    if let Some(sign) = marker.bullet() {
        let items = text.split(sign).map(|item| (marker.clone(), item.trim().to_owned()));
        return items.collect();
    }
    if !marker.is_counted() {
        return vec![(marker, text)];
    }
    let mut breaks: Vec<(usize, Marker, usize)> = Vec::new();
    let mut is_clear = true;
    let (mut from, mut last) = (0, marker.clone());
    while let Some((at, next, behind)) = next_item(&text, from, &last) {
        is_clear &= text[from..at].trim_end().ends_with(['.', ';', ',', ':', ')', '?', '!'])
            || next.text.trim_end().ends_with(')');
        breaks.push((at, next.clone(), behind));
        (from, last) = (behind, next);
    }
    // The line below counts on where this one is a single item.
    let conflicts = following.is_some_and(|line| {
        let (below, _) = split_marker(line);
        breaks.iter().any(|(_, next, _)| below.is_same(next))
    });
    if breaks.is_empty() || conflicts || breaks.len() < 2 && !is_clear {
        return vec![(marker, text)];
    }
    let ends = breaks.iter().map(|&(at, ..)| at).chain([text.len()]);
    let begins = [(marker, 0)].into_iter();
    let begins = begins.chain(breaks.iter().map(|(_, marker, behind)| (marker.clone(), *behind)));
    let items = begins.zip(ends);
    items.map(|((marker, from), to)| (marker, text[from..to].trim().to_owned())).collect()
}

/// The next item from a place on, with what stands behind its marker: the first number that counts on from `last`.
fn next_item(text: &str, from: usize, last: &Marker) -> Option<(usize, Marker, usize)> {
    let mut at = from;
    for word in text[from..].split_inclusive(' ') {
        let start = at;
        at += word.len();
        let before = text[from..start].trim_end();
        if before.is_empty()
            || !word.starts_with(|char: char| char == '(' || char.is_alphanumeric())
        {
            continue;
        }
        let (mut marker, rest) = split_marker(&text[start..]);
        if !marker.is_counted() || !marker.follows(last) || !begins_item(rest) {
            continue;
        }
        let joined = [" or", " and"].iter().find_map(|word| before.strip_suffix(word));
        let is_listed = joined.is_some_and(|before| before.ends_with([';', ',']));
        let word = before.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
        let is_number = !is_listed && BEFORE_NUMBERS.contains(&word.to_lowercase().as_str())
            || before.ends_with(['<', '>', '=', '≥', '≤', '-', '–', '/', '+'])
            || before.matches('(').count()
                > before.matches(')').count() + usize::from(marker.text.starts_with('('));
        if !is_number {
            marker.indent = last.indent;
            return Some((start, marker, text.len() - rest.len()));
        }
    }
    None
}

/// Whether a text can be that of an item.
fn begins_item(text: &str) -> bool {
    text.chars().next().is_some_and(|char| char.is_alphabetic() || "≥≤<>(\"“".contains(char))
}

#[cfg(test)]
mod tests {
    use crate::study::eligibility::tests::shown;

    #[test]
    fn items_on_one_line_are_a_line_each() {
        for (raw, means) in [
            ("1. a 2. b 3. c", "1. a/2. b/3. c/"),
            ("1. Adults; 2. Consent", "1. Adults;/2. Consent/"),
            ("1) Adults 2) Consent", "1) Adults/2) Consent/"),
            ("i) Pain; or ii) fever", "i) Pain; or/ii) fever/"),
            ("(1) Adults, (2) consent, (3) asthma", "(1) Adults,/(2) consent,/(3) asthma/"),
            ("a) Men b) Smokers c) Cancer", "a) Men/b) Smokers/c) Cancer/"),
            ("a. Men. b. Smokers.", "a. Men./b. Smokers./"),
            ("• Adults • Consent •asthma", "• Adults/• Consent/• asthma/"),
            ("1. a. 2. b.\n3. c. 4. d.", "1. a./2. b./3. c./4. d./"),
            // These count nothing.
            ("1. Stage 1 or 2. No surgery", "1. Stage 1 or 2. No surgery/"),
            ("1. Aged 18 to 65\n2. Tumor", "1. Aged 18 to 65/2. Tumor/"),
            ("1. Grade 2. Tumor", "1. Grade 2. Tumor/"),
            ("1. Adults 2. Consent", "1. Adults 2. Consent/"),
            ("1. Adults; 2. Consent\n2. Asthma", "1. Adults; 2. Consent/2. Asthma/"),
            ("1) Pain (grade 1 or 2) at rest", "1) Pain (grade 1 or 2) at rest/"),
            ("* Adults 1. a 2. b 3. c", "• Adults 1. a 2. b 3. c/"),
            ("1. Dose of 1.5 mg 2 times", "1. Dose of 1.5 mg 2 times/"),
        ] {
            assert_eq!(shown(raw), format!("[?]{means}"), "{raw:?}");
        }
        assert_eq!(
            shown(
                "Inclusion Criteria: 1. men 2. women 3. adults Exclusion Criteria: 1. pain 2. fever 3. cough"
            ),
            "[+Inclusion Criteria]1. men/2. women/3. adults/[-Exclusion Criteria]1. pain/2. fever/3. cough/"
        );
    }
}
