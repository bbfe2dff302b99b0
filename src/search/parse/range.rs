//! What stands behind the prefix of a date, a count or an age: from the text to ranges.
//!
//! ```text
//! ranges = range (("," | "|") range)*
//! range  = [sign] value | value ".." value | value ".." | ".." value | "[" value TO value "]" | RANGE "[" value "," value "]"
//!        | value "/" value | value "-" value | value "+" | "none" | "actual" | "estimated"
//! sign   = ">" | ">=" | "<" | "<=" | "="
//! ```
//! All but the first four forms are rewritten as one of them.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::measure::{self, Measure, Wrong};
use super::{NEGATIONS, Parser, QueryError};
use crate::search::query::{Ask, Expr, Term};
use crate::search::range::{Ends, Fit, Range};
use crate::study::calendar::Day;
use crate::study::concept::Kind;
use crate::study::{Certainty, Concept};

/// How a value is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    More,
    AtLeast,
    Less,
    AtMost,
    Equal,
}

/// Longer signs stand before those that they begin with.
const SIGNS: &[(&str, Sign)] = &[
    (">=", Sign::AtLeast),
    ("=>", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("=<", Sign::AtMost),
    ("≤", Sign::AtMost),
    (">", Sign::More),
    ("<", Sign::Less),
    ("=", Sign::Equal),
];

/// Whether ranges are asked of `concept`.
pub(super) fn is_measured(concept: Concept) -> bool {
    Measure::of(concept).is_some()
}

/// Whether `text` begins with a sign that compares.
pub(super) fn is_compared(text: &str) -> bool {
    text.starts_with(['<', '>', '≤', '≥']) || text.starts_with("=<") || text.starts_with("=>")
}

impl Parser<'_> {
    /// Reads the ranges that are asked of `concept`; `start` is where the term begins.
    pub(super) fn ranges(&mut self, concept: Concept, start: usize) -> Result<Expr, QueryError> {
        self.skip_space();
        let is_ago = measure::is_ago(self.rest()) && Measure::of(concept) == Some(Measure::Date);
        let is_left_out = !is_ago && NEGATIONS.iter().any(|&sign| self.takes(sign));
        let mut any = self.listed(concept, start)?;
        while self.rest().strip_prefix('|').is_some_and(goes_on) {
            self.takes('|');
            any.extend(self.listed(concept, start)?);
        }
        let any = Expr::or(any);
        Ok(if is_left_out { any.left_out() } else { any })
    }

    /// Reads one range, or several with commas between them.
    fn listed(&mut self, concept: Concept, start: usize) -> Result<Vec<Expr>, QueryError> {
        let measure = Measure::of(concept).expect("ranges are asked of it");
        let sign = self.takes_sign();
        if sign.is_some() {
            self.skip_space();
        }
        let at = self.at;
        let text = if sign.is_none()
            && let Some(text) = self.bracketed(start)?
        {
            text
        } else {
            match self.ask() {
                Some(Ask::Word(text) | Ask::Quoted(text)) => text,
                Some(_) | None => String::new(),
            }
        };
        let text = match measure {
            Measure::Count | Measure::Age => measure::without_thousands(measure, &text)
                .map_err(|reason| self.error(at..self.at, reason))?,
            Measure::Date => text,
        };
        let text = text.trim_matches([',', ';', ' ']);
        if text.is_empty() {
            let reason = format!(
                "{} comes after {}:, as {}",
                measure.one(),
                concept.name(),
                measure.examples()
            );
            return Err(self.error(start..self.at, reason));
        }
        let pieces: Vec<&str> = match measure {
            _ if text.starts_with(['[', '{']) => vec![text],
            _ => text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()).collect(),
        };
        let today = self.around.today;
        let asked = pieces.into_iter().map(|piece| asked(concept, (measure, today), sign, piece));
        asked.collect::<Result<_, _>>().map_err(|reason| self.error(at..self.at, reason))
    }

    fn takes_sign(&mut self) -> Option<Sign> {
        let (text, sign) = SIGNS.iter().find(|(text, _)| self.rest().starts_with(text))?;
        self.at += text.len();
        Some(*sign)
    }

    /// Reads `[a TO b]` or `RANGE[a, b]`, if one stands here, without the word before its bracket.
    fn bracketed(&mut self, start: usize) -> Result<Option<String>, QueryError> {
        let rest = self.rest();
        let word = "range";
        let has_word = rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
        let inner = if has_word { &rest[word.len()..] } else { rest };
        if !inner.starts_with(['[', '{']) {
            return Ok(None);
        }
        let before = rest.len() - inner.len();
        let Some(end) = inner.find([']', '}']) else {
            self.at = self.text.len();
            let reason = "a range in brackets ends with ], as [2023 TO 2024]";
            return Err(self.error(start..self.at, reason));
        };
        self.at += before + end + 1;
        Ok(Some(inner[..=end].to_owned()))
    }

    /// Takes the name of a field that is compared without a colon: `enrollment>500`, `start >= 2020`.
    pub(super) fn compared(&mut self) -> Option<Concept> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-')?;
        let concept = Concept::from_prefix(&rest[..end])?;
        let after = &rest[end..];
        let follows = after.trim_start();
        let is_apart = follows.len() < after.len();
        let is_meant = if is_apart {
            // In a title the word and the sign mean no field where no value follows.
            let value = follows.trim_start_matches(['<', '>', '=', '≤', '≥', ' ']);
            let is_value = value.starts_with(|c: char| c.is_ascii_digit());
            (is_compared(follows) || follows.starts_with('=') && is_measured(concept)) && is_value
        } else {
            is_compared(follows) || follows.starts_with('=')
        };
        is_meant.then(|| {
            self.at += rest.len() - follows.len();
            concept
        })
    }
}

/// Whether what follows a bar is asked of the same field: no word of a text begins so.
fn goes_on(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || "()|".contains(c)).next().unwrap_or("");
    let names = ["none", "actual", "estimated", "today"];
    let ways = ["last-", "next-", "range["];
    let lower = word.to_ascii_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit() || "<>=≤≥[{.".contains(c))
        || names.contains(&&*lower)
        || ways.iter().any(|way| lower.starts_with(way))
}

/// What one piece of text asks of `concept`.
pub(super) fn asked(
    concept: Concept,
    (measure, today): (Measure, Option<Day>),
    sign: Option<Sign>,
    text: &str,
) -> Result<Expr, Wrong> {
    let term = |ask| Expr::Term(Term { concept: Some(concept), ask });
    let certainty = match &*text.to_ascii_lowercase() {
        "none" if sign.is_none() => return Ok(term(Ask::NotStated)),
        "actual" if sign.is_none() => Some(Certainty::Actual),
        "estimated" if sign.is_none() => Some(Certainty::Estimated),
        _ => None,
    };
    if let Some(certainty) = certainty {
        return if has_certainty(concept) {
            Ok(term(Ask::Range(Range::Certainty(certainty))))
        } else {
            Err(format!(
                "{} is neither actual nor estimated; dates and enrollment are",
                concept.label()
            ))
        };
    }
    let range = |range| term(Ask::Range(range));
    match measure {
        Measure::Date => {
            let fit = if sign == Some(Sign::Equal) { Fit::Certainly } else { Fit::Possibly };
            let is_later = |one, other| measure::is_later(one, other, today);
            let ends = ends((measure, sign), text, measure::when, is_later)?;
            Ok(conjoined(ends, |ends| range(Range::Dates(ends, fit))))
        }
        Measure::Count => {
            let ends = ends((measure, sign), text, measure::count, |a, b| a > b)?;
            Ok(conjoined(ends, |ends| range(Range::Counts(ends))))
        }
        Measure::Age => {
            let ends = ends((measure, sign), text, measure::age, |a, b| a.minutes() > b.minutes())?;
            Ok(conjoined(ends, |ends| range(Range::Ages(ends))))
        }
    }
}

/// Whether records say of values of `concept` if they came to pass.
fn has_certainty(concept: Concept) -> bool {
    concept == Concept::Enrollment || matches!(concept.definition().kind, Kind::Date(_))
}

/// A range of which one end does not belong to it is asked as two.
fn conjoined<T: Copy>(ends: Ends<T>, range: impl Fn(Ends<T>) -> Expr) -> Expr {
    match ends {
        Ends { from: Excluded(_), to: Included(_) | Excluded(_) }
        | Ends { from: Included(_), to: Excluded(_) } => Expr::and(vec![
            range(Ends { from: ends.from, to: Unbounded }),
            range(Ends { from: Unbounded, to: ends.to }),
        ]),
        ends => range(ends),
    }
}

/// The ends of the range that `text` is behind `sign`.
fn ends<T: Copy>(
    (measure, sign): (Measure, Option<Sign>),
    text: &str,
    read: fn(&str) -> Result<T, Wrong>,
    is_greater: impl Fn(T, T) -> bool,
) -> Result<Ends<T>, Wrong> {
    let divided = divided(measure, text);
    let texts = match (sign, in_brackets(text)?, divided) {
        (Some(_), _, Some(_)) => {
            return Err(format!("{text} is a range, which no sign compares with; one value is"));
        }
        (Some(sign), ..) => return Ok(sign.ends(read(text)?)),
        (None, Some(ends), _) | (None, None, Some(ends)) => ends,
        (None, None, None) if text == "*" => return Ok(Ends { from: Unbounded, to: Unbounded }),
        (None, None, None) => {
            let value = read(text)?;
            return Ok(Ends::both(value, value));
        }
    };
    let ends = Ends { from: end(texts.from, read)?, to: end(texts.to, read)? };
    if let (Included(first) | Excluded(first), Included(last) | Excluded(last)) =
        (ends.from, ends.to)
        && is_greater(first, last)
    {
        let [from, to] = [texts.from, texts.to].map(|end| match end {
            Included(text) | Excluded(text) => text,
            Unbounded => "",
        });
        let greater = measure.greater();
        return Err(format!("{from} {greater} {to}; a range goes up, as {to}..{from}"));
    }
    Ok(ends)
}

impl Sign {
    fn ends<T: Copy>(self, value: T) -> Ends<T> {
        match self {
            Self::More => Ends { from: Excluded(value), to: Unbounded },
            Self::AtLeast => Ends { from: Included(value), to: Unbounded },
            Self::Less => Ends { from: Unbounded, to: Excluded(value) },
            Self::AtMost => Ends { from: Unbounded, to: Included(value) },
            Self::Equal => Ends::both(value, value),
        }
    }
}

/// Reads an end; one of which nothing is said is open.
fn end<T>(text: Bound<&str>, read: fn(&str) -> Result<T, Wrong>) -> Result<Bound<T>, Wrong> {
    let is_open = |text: &str| matches!(&*text.to_ascii_lowercase(), "" | "*" | "min" | "max");
    Ok(match text {
        Included(text) | Excluded(text) if is_open(text) => Unbounded,
        Included(text) => Included(read(text)?),
        Excluded(text) => Excluded(read(text)?),
        Unbounded => Unbounded,
    })
}

/// The two ends of a range in brackets; `{` and `}` leave the end itself out.
fn in_brackets(text: &str) -> Result<Option<Ends<&str>>, Wrong> {
    let Some(inner) = text.strip_prefix(['[', '{']) else { return Ok(None) };
    let inner = inner.trim_end_matches([']', '}']);
    let halves = match inner.to_ascii_lowercase().find(" to ") {
        Some(at) => Some((&inner[..at], &inner[at + 4..])),
        None => inner.split_once(','),
    };
    let (from, to) =
        halves.ok_or_else(|| format!("{text} has one end; a range has two, as [2023 TO 2024]"))?;
    let (from, to) = (from.trim(), to.trim());
    Ok(Some(Ends {
        from: if text.starts_with('{') { Excluded(from) } else { Included(from) },
        to: if text.ends_with('}') { Excluded(to) } else { Included(to) },
    }))
}

/// The two ends of a range that is written without brackets.
fn divided(measure: Measure, text: &str) -> Option<Ends<&str>> {
    let dots = ["...", "..", "…", "–", "—"].into_iter().find_map(|dots| text.split_once(dots));
    let from = || text.strip_suffix('+').map(|from| (from, ""));
    let halves = dots.or_else(from).or_else(|| measure.halves(text));
    halves.map(|(from, to)| Ends::both(from.trim(), to.trim()))
}

#[cfg(test)]
mod tests;
