//! Sentences that introduce a list: `Patients will be excluded if they meet any of the following:`. Knows what
//! the verbs of such a sentence say, and when they deny it.

use super::{Found, Heading, Line, Stands};
use crate::study::eligibility::Role;
use crate::study::eligibility::term::Term;
use crate::study::eligibility::word::Word;

/// Words that deny: what they stand with is not a heading of what it names.
#[rustfmt::skip]
pub(super) const DENIALS: &[&str] = &["none", "no", "not", "never", "without", "neither", "nor", "free", "unless", "except", "absence", "cannot", "fail", "lack"];

/// Words with which a sentence opens a list without a colon.
#[rustfmt::skip]
const OPENS: &[&str] = &["if", "who", "with", "when", "whom", "having", "following", "are", "criteria", "include", "had", "have", "has", "they"];

/// Most words of a sentence that introduces a list.
const SENTENCE_WORDS: usize = 32;

impl Line<'_> {
    /// A sentence that introduces a list: `Patients will be excluded if they meet any of the following:`.
    pub(super) fn introduced(&self) -> Found {
        self.introduction().unwrap_or(Found::Nothing)
    }

    fn introduction(&self) -> Option<Found> {
        // `* Not eligible:`
        let short = self.words.len() <= 4 && self.text.ends_with([':', '：']);
        let text = self.text;
        let colon = text.find([':', '：']);
        let end = colon.unwrap_or(text.len());
        let words = &self.words[..self.words.iter().take_while(|word| word.start < end).count()];
        // `* Not eligible: minors`
        let is_terse = colon.is_some() && words.len() <= 4;
        if self.stands == Stands::Listed && !short && !is_terse {
            return None;
        }
        let ends = colon.is_some_and(|colon| text[colon..].chars().count() == 1);
        let most = if ends { SENTENCE_WORDS } else { 18 };
        let last = words.last()?;
        if words.len() > most
            || colon.is_none() && !last.is(OPENS)
            || text[..end].contains(['.', ';'])
        {
            return None;
        }
        let has = |term: Term| words.iter().any(|word| word.term == term);
        let any = |list: &[&str]| words.iter().any(|word| word.is(list));
        let role = polarity(words)?;
        let introduces = any(&[
            "following",
            "criteria",
            "study",
            "trial",
            "if",
            "who",
            "with",
            "participate",
            "when",
        ]) || words.len() <= 5;
        let named = has(Term::Inclusion) || has(Term::Exclusion);
        let introduces =
            introduces && (!named || any(&["following", "criteria", "study", "trial", "if"]));
        // `Do not include: pregnant women`
        let terse = role == Role::Exclusion && words.len() <= 5;
        // A colon in the middle of a sentence is one of a heading only behind few words.
        let introduces = introduces
            && (ends
                || colon.is_none()
                || terse
                || any(&["if", "following", "are", "criteria", "who", "excluded", "ineligible"]));
        let end = colon.map_or(text.len(), |colon| {
            colon + text[colon..].chars().next().map_or(0, char::len_utf8)
        });
        // Who says more of whom it is about, or stands in an item, may speak of them alone.
        let restricted = words.windows(2).any(|pair| {
            pair[0].is(&["with", "without", "having", "receiving", "whose", "undergoing"])
                && !pair[1].is(&["any", "one", "the", "all", "following", "at", "either", "these"])
        });
        // `Not eligible for surgery: confirmed by a surgeon` may be what is asked for.
        let limited = terse && any(&["for", "to", "by", "with", "of"]);
        let aside = colon.is_some() && !ends && (words.len() > 7 || limited);
        let is_item = self.stands == Stands::Listed && terse && !ends;
        let stands = matches!(self.stands, Stands::Alone | Stands::First | Stands::Behind);
        let is_sure = (stands || is_item) && !restricted && !aside;
        let heading = Found::Heading(Heading { start: 0, end, role });
        introduces.then_some(if is_sure { heading } else { Found::Doubt(role) })
    }
}

/// Which role the sentence gives to what it introduces, if it does not deny it.
fn polarity(words: &[Word]) -> Option<Role> {
    let near =
        |at: usize, list: &[&str]| words[at.saturating_sub(3)..at].iter().any(|word| word.is(list));
    let denied = |at: usize| near(at, &["not", "cannot", "never", "no", "isn", "aren"]);
    let mut out = false;
    let mut within = false;
    let mut turned = Vec::new();
    for (at, word) in words.iter().enumerate() {
        match word.term {
            Term::Excluded | Term::Inclusion if denied(at) => return None,
            Term::Excluded => out = true,
            Term::Included if denied(at) => {
                out = true;
                turned.push(at);
            }
            Term::Included => within = true,
            _ => {}
        }
        // `Patients cannot take part if`
        if word.is(&[
            "participate",
            "enrolled",
            "enroll",
            "enter",
            "join",
            "recruited",
            "enrol",
            "take",
        ]) && denied(at)
        {
            out = true;
            turned.push(at);
        }
    }
    let named = |term: Term| words.iter().any(|word| word.term == term);
    let denial = words.iter().enumerate().any(|(at, word)| {
        word.is(DENIALS) && !turned.iter().any(|&turn| (at + 1..=at + 3).contains(&turn))
    });
    let meets = words.iter().any(|word| {
        word.is(&["meet", "meets", "fulfil", "fulfill", "satisfy", "fulfilled", "met"])
    });
    let following = words.iter().any(|word| word.is(&["following", "if", "are", "study", "trial"]));
    match (out, within) {
        _ if denial => None,
        (true, false) if !named(Term::Inclusion) => Some(Role::Exclusion),
        // `must meet the following inclusion criteria`
        (false, within)
            if !named(Term::Exclusion)
                && (within || named(Term::Inclusion) && (meets || following)) =>
        {
            Some(Role::Inclusion)
        }
        // `Any of the following exclusion criteria:`
        (false, false)
            if !named(Term::Inclusion)
                && named(Term::Exclusion)
                && words.iter().all(|word| word.term != Term::None || word.is(LEADS)) =>
        {
            Some(Role::Exclusion)
        }
        _ => None,
    }
}

/// Words that lead to a list and say nothing else.
#[rustfmt::skip]
const LEADS: &[&str] = &["any", "of", "the", "following", "one", "or", "more", "are", "as", "at", "least", "these", "all", "study", "is", "presence"];
