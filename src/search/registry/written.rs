//! Writes a query as the registry would be asked for it. What has no counterpart there is named, with the reason.

use std::ops::Bound::{Excluded, Included, Unbounded};

use super::{Counterpart, PIECES, pieces_of};
use crate::search::query::{AreaTerm, Ask, Expr, Query, Reading, Term};
use crate::search::range::{Ends, Range, When};
use crate::study::calendar::{Day, Span};
use crate::study::concept::Kind;
use crate::study::{Age, Concept, PartialDate};

/// A query in the registry's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Empty if nothing of the query has a counterpart.
    pub expression: String,
    /// The parts that are left out, each with the reason.
    pub left_out: Vec<String>,
}

/// The query as the registry would be asked, with relative dates counted from `today`.
pub fn as_registry(query: &Query, today: PartialDate) -> Translation {
    let writer = Writer { today: Span::of(today).last };
    let (mut parts, mut left_out) = (Vec::new(), Vec::new());
    for part in query.conjuncts() {
        match writer.part(part, Inside::Study) {
            Ok(text) => parts.push(text),
            Err(Lost { part, why }) => left_out.push(format!("{part}: {why}")),
        }
    }
    if query.sort.first().is_some() {
        left_out.push(format!("sort:{}: the registry's form has no order", query.sort));
    }
    let mut expression = parts.join(" AND ");
    if query.reading == Reading::AsTyped && !parts.is_empty() {
        expression = format!("EXPANSION[Term]({expression})");
    }
    Translation { expression, left_out }
}

/// A part that has no counterpart.
struct Lost {
    part: String,
    why: String,
}

/// Of what something is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Study,
    Location,
}

struct Writer {
    today: Day,
}

impl Writer {
    fn part(&self, expr: &Expr, inside: Inside) -> Result<String, Lost> {
        let lost = |why: &str| Err(Lost { part: expr.to_string(), why: why.to_owned() });
        let each = |parts: &[Expr], between: &str| {
            let parts = parts.iter().map(|part| self.part(part, inside));
            let parts = parts.collect::<Result<Vec<_>, _>>()?;
            Ok(format!("({})", parts.join(between)))
        };
        match expr {
            Expr::Everything => Ok("ALL".to_owned()),
            Expr::And(parts) => each(parts, " AND "),
            Expr::Or(parts) => each(parts, " OR "),
            Expr::Not(inner) => Ok(format!("NOT {}", self.part(inner, inside)?)),
            Expr::Term(term) => self.term(term, inside),
            Expr::Area(AreaTerm { area, ask }) => match words(ask) {
                Some(words) => Ok(format!("AREA[{}]{words}", area.definition().code)),
                None => lost("an area has words, phrases and MISSING"),
            },
            Expr::Site(inner) => {
                let inner = self.part(inner, Inside::Location)?;
                let is_closed = inner.starts_with('(');
                let inner = if is_closed { inner } else { format!("({inner})") };
                Ok(format!("SEARCH[Location]{inner}"))
            }
            Expr::NotMeant(_) => lost("the registry adds synonyms of its own"),
            Expr::Marked(_) => lost("the registry does not know your marks"),
            Expr::Near(_) => lost("the registry takes a distance in its parameter filter.geo"),
        }
    }

    fn term(&self, term: &Term, inside: Inside) -> Result<String, Lost> {
        let written = self.asked(term, inside);
        written.map_err(|why| Lost { part: term.to_string(), why })
    }

    fn asked(&self, term: &Term, inside: Inside) -> Result<String, String> {
        let Some(concept) = term.concept else {
            let words = words(&term.ask).ok_or("the registry has no such words")?;
            return Ok(match inside {
                Inside::Study => words,
                Inside::Location => format!("AREA[LocationSearch]{words}"),
            });
        };
        let pieces = pieces_of(concept);
        let any = |text: &str| each(&pieces, " OR ", text);
        match (concept, &term.ask) {
            (Concept::Status, _) if inside == Inside::Location => {
                let value = value(concept, &term.ask)?;
                Ok(format!("AREA[LocationStatus]{value}"))
            }
            (Concept::AgeLimits, ask) => age_limits(ask),
            (Concept::Inclusion | Concept::Exclusion, _) => {
                Err("the registry does not tell inclusion from exclusion; crit: asks for both"
                    .to_owned())
            }
            (Concept::AnyProse, ask) => {
                let words = words(ask).ok_or(NO_NEAR)?;
                let pieces =
                    ["EligibilityCriteria", "BriefSummary", "DetailedDescription", "OutcomeSearch"];
                let between = if *ask == Ask::NotStated { " AND " } else { " OR " };
                Ok(each(&pieces, between, &words))
            }
            (Concept::Documents, ask) if *ask != Ask::NotStated => documents(ask),
            _ if pieces.is_empty() => Err(NO_FIELD.to_owned()),
            (_, Ask::NotStated) => Ok(each(&pieces, " AND ", "MISSING")),
            (_, Ask::Range(Range::Certainty(certainty))) => {
                let piece = PIECES.iter().find(|it| it.1 == Counterpart::Certainty(concept));
                let (piece, _) = piece.ok_or(NO_FIELD)?;
                Ok(format!("AREA[{piece}]{}", format!("{certainty:?}").to_uppercase()))
            }
            (_, Ask::Range(range)) => self.range(pieces[0], range),
            (_, Ask::Apart(..)) => Err(NO_NEAR.to_owned()),
            (_, ask) => Ok(any(&value(concept, ask)?)),
        }
    }

    fn range(&self, piece: &str, range: &Range) -> Result<String, String> {
        let (from, to) = match range {
            Range::Dates(ends, _) => self.days(*ends),
            Range::Counts(Ends { from, to }) => (
                match from {
                    Included(count) => Some(count.to_string()),
                    Excluded(count) => Some((count + 1).to_string()),
                    Unbounded => None,
                },
                match to {
                    Included(count) => Some(count.to_string()),
                    Excluded(0) => return Err("no number is less than 0".to_owned()),
                    Excluded(count) => Some((count - 1).to_string()),
                    Unbounded => None,
                },
            ),
            Range::Ages(Ends { from, to }) => {
                // An end that is left out is asked as what lies beyond it.
                let beyond = [
                    if let Excluded(age) = from {
                        Some(format!("MIN, {}", in_full(*age)))
                    } else {
                        None
                    },
                    if let Excluded(age) = to {
                        Some(format!("{}, MAX", in_full(*age)))
                    } else {
                        None
                    },
                ];
                let included =
                    |end| if let Included(age) = end { Some(in_full(age)) } else { None };
                let all = ranged(piece, (included(*from), included(*to)));
                let parts = beyond.into_iter().flatten();
                let parts: Vec<String> =
                    parts.map(|range| format!(" AND NOT AREA[{piece}]RANGE[{range}]")).collect();
                return Ok(if parts.is_empty() {
                    all
                } else {
                    format!("({all}{})", parts.concat())
                });
            }
            Range::Certainty(_) => return Err(NO_FIELD.to_owned()),
        };
        Ok(ranged(piece, (from, to)))
    }

    /// The first and the last day of a range.
    fn days(&self, ends: Ends<When>) -> (Option<String>, Option<String>) {
        let is_one = ends.from == ends.to;
        let span =
            |when: When| if is_one { when.span(self.today) } else { when.as_end(self.today) };
        let from = match ends.from {
            Included(when) => Some(span(when).first),
            Excluded(when) => Some(Day(span(when).last.0 + 1)),
            Unbounded => None,
        };
        let to = match ends.to {
            Included(when) => Some(span(when).last),
            Excluded(when) => Some(Day(span(when).first.0 - 1)),
            Unbounded => None,
        };
        let text = |day: Option<Day>| day.map(|day| day.date().to_string());
        (text(from), text(to))
    }
}

const NO_FIELD: &str = "the registry has no field for it";

const NO_NEAR: &str = "the registry has no distance between words";

fn ranged(piece: &str, (from, to): (Option<String>, Option<String>)) -> String {
    let [from, to] = [from.unwrap_or("MIN".to_owned()), to.unwrap_or("MAX".to_owned())];
    format!("AREA[{piece}]RANGE[{from}, {to}]")
}

/// An age as the registry takes it: `16 years`.
fn in_full(age: Age) -> String {
    age.as_registered().to_lowercase()
}

/// The limits that let somebody of an age take part; one that is not stated is open.
fn age_limits(ask: &Ask) -> Result<String, String> {
    let open = |piece: &str, range: String| {
        format!("(AREA[{piece}]RANGE[{range}] OR AREA[{piece}]MISSING)")
    };
    match ask {
        Ask::NotStated => Ok(each(&["MinimumAge", "MaximumAge"], " AND ", "MISSING")),
        Ask::Range(Range::Ages(Ends { from, to })) => {
            let mut parts = Vec::new();
            match to {
                Included(age) => parts.push(open("MinimumAge", format!("MIN, {}", in_full(*age)))),
                Excluded(age) => {
                    parts.push(format!("NOT AREA[MinimumAge]RANGE[{}, MAX]", in_full(*age)));
                }
                Unbounded => (),
            }
            match from {
                Included(age) => parts.push(open("MaximumAge", format!("{}, MAX", in_full(*age)))),
                Excluded(_) => {
                    return Err(
                        "the registry compares no age that is just above another".to_owned()
                    );
                }
                Unbounded => (),
            }
            Ok(if parts.is_empty() {
                "ALL".to_owned()
            } else {
                format!("({})", parts.join(" AND "))
            })
        }
        _ => Err(NO_FIELD.to_owned()),
    }
}

/// What posted documents have.
fn documents(ask: &Ask) -> Result<String, String> {
    let (Ask::Word(typed) | Ask::Quoted(typed)) = ask else {
        return Err(NO_FIELD.to_owned());
    };
    let code = Concept::Documents.code_meant(typed);
    let is_flag = |counterpart: &Counterpart| matches!(counterpart, Counterpart::Flag(Concept::Documents, flag) if Some(*flag) == code);
    match PIECES.iter().find(|(_, counterpart)| is_flag(counterpart)) {
        Some((piece, _)) => Ok(format!("AREA[{piece}]true")),
        None => Err(NO_FIELD.to_owned()),
    }
}

/// The same asked of several fields.
fn each(pieces: &[&str], between: &str, text: &str) -> String {
    let parts: Vec<String> = pieces.iter().map(|piece| format!("AREA[{piece}]{text}")).collect();
    if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(between)) }
}

/// What stands behind the AREA of a field.
fn value(concept: Concept, ask: &Ask) -> Result<String, String> {
    if concept.has_codes() {
        let (Ask::Word(typed) | Ask::Quoted(typed) | Ask::Phrase(typed)) = ask else {
            return if *ask == Ask::NotStated {
                Ok("MISSING".to_owned())
            } else {
                Err(NO_CODE.to_owned())
            };
        };
        let is_flag = ["YES", "NO"].iter().all(|code| concept.code_meant(code).is_some());
        return match concept.code_meant(typed) {
            Some("YES") if is_flag => Ok("true".to_owned()),
            Some("NO") if is_flag => Ok("false".to_owned()),
            Some(code) => Ok(code.to_owned()),
            None => Err(NO_CODE.to_owned()),
        };
    }
    let written = words(ask).ok_or(NO_NEAR)?;
    // Behind the prefix of names, quotes mean the whole value.
    let is_whole = matches!((ask, concept.definition().kind), (Ask::Quoted(_), Kind::Names(_)));
    Ok(if is_whole { format!("COVERAGE[FullMatch]{written}") } else { written })
}

const NO_CODE: &str = "it is not one code of the registry";

/// Words as the registry reads them; `None` of what is neither words nor MISSING.
fn words(ask: &Ask) -> Option<String> {
    match ask {
        Ask::Word(word) => {
            let is_operator = ["AND", "OR", "NOT", "MISSING", "ALL"].contains(&word.as_str());
            let is_plain = word.chars().all(|c| c.is_alphanumeric() || "-_.'/".contains(c));
            Some(match word.trim_end_matches('*') {
                word if is_operator => format!("\\{word}"),
                word if is_plain => word.to_owned(),
                word => quoted(word),
            })
        }
        Ask::Quoted(text) | Ask::Phrase(text) => Some(format!("EXPANSION[Term]{}", quoted(text))),
        Ask::NotStated => Some("MISSING".to_owned()),
        Ask::Apart(..) | Ask::Range(_) => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}

#[cfg(test)]
mod tests;
