//! What words, a range or MISSING ask of what an AREA names.

use super::words::Text;
use super::{Reader, Scope, Sense};
use crate::search::area::Area;
use crate::search::parse::QueryError;
use crate::search::parse::measure::Measure;
use crate::search::parse::range;
use crate::search::parse::value::is_wordless;
use crate::search::query::{AreaTerm, Ask, Expr, Term, of_field};
use crate::search::registry::Counterpart;
use crate::study::concept::Kind;
use crate::study::{Certainty, Concept, NctId};

/// What can stand behind an AREA.
pub(super) enum Source {
    Words(Vec<Text>),
    /// What stands in the brackets of a RANGE.
    Range(String),
    Missing,
}

impl Reader<'_> {
    /// What a source asks; it stands from `start` on.
    pub(super) fn asked(
        &self,
        scope: Scope,
        source: &Source,
        start: usize,
    ) -> Result<Expr, QueryError> {
        let (name, counterpart) = scope.piece;
        let error = |reason: String| self.error(start..self.at, reason);
        if let Source::Words(words) = source
            && words.iter().all(|word| is_wordless(&word.text))
        {
            return Err(error("nothing is asked for here".to_owned()));
        }
        if !scope.is_named && !matches!(source, Source::Words(_)) {
            return Err(error("an AREA[…] stands before RANGE and MISSING".to_owned()));
        }
        match counterpart {
            Counterpart::Field(concept) => asked_of(scope, concept, source, self.today),
            Counterpart::PartOf(concept) => Ok(id(name, concept, source).map_err(error)?),
            Counterpart::Area(area) => asked_of_area(scope, area, source),
            Counterpart::Flag(concept, code) => yes_or_no(name, source).map(|is_so| {
                let has = term(concept, Ask::Word(code.to_owned()));
                if is_so { has } else { has.left_out() }
            }),
            Counterpart::Certainty(concept) => certainty(name, concept, source),
            Counterpart::SiteStatus => {
                let asked = asked_of(scope, Concept::Status, source, self.today);
                asked.map(|asked| if scope.is_site { asked } else { Expr::Site(Box::new(asked)) })
            }
        }
        .map_err(error)
    }
}

fn term(concept: Concept, ask: Ask) -> Expr {
    Expr::Term(Term { concept: Some(concept), ask })
}

/// All words as one text.
fn joined(words: &[Text]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a field is asked; an error is the reason.
fn asked_of(
    scope: Scope,
    concept: Concept,
    source: &Source,
    today: Option<crate::study::calendar::Day>,
) -> Result<Expr, String> {
    let name = scope.piece.0;
    let words = match source {
        Source::Missing => return Ok(term(concept, Ask::NotStated)),
        Source::Range(range) => match Measure::of(concept) {
            Some(measure) => {
                let ends: Vec<String> = range.split(',').map(as_we_write).collect();
                return range::asked(
                    concept,
                    (measure, today),
                    None,
                    &format!("[{}]", ends.join(", ")),
                );
            }
            None => {
                return Err(format!(
                    "AREA[{name}] has no order; dates, counts and ages have ranges"
                ));
            }
        },
        Source::Words(words) => words,
    };
    if let Some(measure) = Measure::of(concept) {
        return range::asked(concept, (measure, today), None, &as_we_write(&joined(words)));
    }
    if concept.has_codes() {
        let typed = joined(words);
        let codes: Vec<&str> = concept.terms().iter().map(|term| term.code).collect();
        let code = concept.code_meant(&typed).ok_or_else(|| {
            let codes = codes.join(", ");
            format!("“{typed}” is no value of AREA[{name}]; values are {codes}")
        })?;
        return Ok(term(concept, Ask::Word(code.to_owned())));
    }
    if scope.is_whole {
        let is_names = matches!(concept.definition().kind, Kind::Names(_));
        return if is_names {
            Ok(term(concept, Ask::Quoted(joined(words))))
        } else {
            Err(format!("COVERAGE[FullMatch] has no counterpart here for AREA[{name}]"))
        };
    }
    Ok(worded(scope.sense, words, |ask| Expr::Term(of_field(concept, &ask))))
}

fn asked_of_area(scope: Scope, area: Area, source: &Source) -> Result<Expr, String> {
    let name = scope.piece.0;
    // The words of a site are those of all its names.
    let of_area = |ask: Ask| {
        if scope.is_site {
            Expr::Term(Term { concept: None, ask })
        } else {
            Expr::Area(AreaTerm { area, ask })
        }
    };
    match source {
        Source::Missing if scope.is_site => {
            Err("MISSING is asked of one field of a location, as LocationCity".to_owned())
        }
        Source::Missing => Ok(of_area(Ask::NotStated)),
        Source::Range(_) => {
            Err(format!("AREA[{name}] has no order; dates, counts and ages have ranges"))
        }
        Source::Words(_) if scope.is_whole => {
            Err(format!("COVERAGE[FullMatch] has no counterpart here for AREA[{name}]"))
        }
        Source::Words(words) => Ok(worded(scope.sense, words, of_area)),
    }
}

/// What words ask, which is made of an ask for each.
fn worded(sense: Sense, words: &[Text], make: impl Fn(Ask) -> Expr) -> Expr {
    let is_one = sense != Sense::Meant && words.len() > 1;
    if is_one {
        return make(Ask::Quoted(joined(words)));
    }
    let asked = words.iter().filter(|word| !is_wordless(&word.text)).map(|word| {
        let is_quoted = word.is_quoted || sense == Sense::ToTheLetter || !is_plain(&word.text);
        let text = word.text.clone();
        make(if is_quoted { Ask::Quoted(text) } else { Ask::Word(text) })
    });
    Expr::and(asked.collect())
}

/// Whether a word means in our own form what it says.
fn is_plain(word: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || "-_.'/+*".contains(c);
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(is_of_word)
        && !word.eq_ignore_ascii_case("none")
}

/// An NCT number, or several.
fn id(name: &str, concept: Concept, source: &Source) -> Result<Expr, String> {
    let words = match source {
        Source::Words(words) => words,
        Source::Range(_) | Source::Missing => &Vec::new(),
    };
    let ids: Vec<NctId> = words.iter().filter_map(|word| word.text.parse().ok()).collect();
    if ids.is_empty() || ids.len() != words.len() {
        return Err(format!(
            "behind AREA[{name}] comes an NCT number; AREA[IdSearch] asks for other ids"
        ));
    }
    let asked = ids.into_iter().map(|id| term(concept, Ask::Word(id.to_string())));
    Ok(Expr::or(asked.collect()))
}

fn yes_or_no(name: &str, source: &Source) -> Result<bool, String> {
    let Source::Words(words) = source else {
        return Err(format!("behind AREA[{name}] comes true or false"));
    };
    match &*joined(words).to_ascii_lowercase() {
        "true" | "yes" | "y" => Ok(true),
        "false" | "no" | "n" => Ok(false),
        other => Err(format!("“{other}” is no value of AREA[{name}]; values are true, false")),
    }
}

fn certainty(name: &str, concept: Concept, source: &Source) -> Result<Expr, String> {
    let Source::Words(words) = source else {
        return Err(format!("behind AREA[{name}] comes ACTUAL or ESTIMATED"));
    };
    let certainty = match &*joined(words).to_ascii_uppercase() {
        "ACTUAL" => Certainty::Actual,
        "ESTIMATED" => Certainty::Estimated,
        other => {
            return Err(format!(
                "“{other}” is no value of AREA[{name}]; values are ACTUAL, ESTIMATED"
            ));
        }
    };
    Ok(term(concept, Ask::Range(crate::search::range::Range::Certainty(certainty))))
}

/// A date as we write it: 05/17/2023, with the month first, is 2023-05-17.
fn as_we_write(text: &str) -> String {
    let text = text.trim();
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [month, day, year] if year.len() == 4 => format!("{year}-{month}-{day}"),
        [month, year] if year.len() == 4 => format!("{year}-{month}"),
        _ => text.to_owned(),
    }
}
