//! The words that name a role in a line: `inclusion criteria`, `criteria for inclusion`, `non-inclusion`. Does
//! not know whether the line is a heading.

use super::Line;
use crate::study::eligibility::Role;
use crate::study::eligibility::term::Term;

/// Words between "criteria" and the role: `criteria for the inclusion`, `critères d'inclusion`.
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &["for", "of", "the", "to", "de", "d", "di", "da", "do", "la", "l", "fur", "den", "der", "die", "zum", "zur", "pour", "para", "per", "patient", "patients", "subject", "study"];
/// Nouns that stand for "criteria" at the end of a heading.
#[rustfmt::skip]
const NOUNS: &[&str] = &["factors", "factor", "conditions", "condition", "rules", "list", "requirements", "standard", "standards", "checklist", "items", "guidelines", "parameters", "characteristics", "reasons"];
/// Nouns that stand for "criteria" before the role: `reasons for exclusion`.
const REASONS: &[&str] = &["reason", "reasons", "grounds", "causes"];
/// Words that turn a role round, from "criteria" on or joined by a hyphen.
const TURNS: &[&str] = &["non", "no", "nao", "nicht", "not", "niet"];

/// The words of the phrase that names the role: `inclusion criteria`, `criteria for inclusion`.
#[derive(Clone, Copy)]
pub(super) struct Phrase {
    pub(super) first: usize,
    /// The word behind the phrase.
    pub(super) behind: usize,
    /// As registered where the phrase names both, or it is not clear which.
    pub(super) role: Role,
    /// Whether the word "criteria" is in it.
    pub(super) full: bool,
}

impl Line<'_> {
    pub(super) fn is(&self, at: usize, list: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| word.is(list))
    }

    fn term(&self, at: usize) -> Term {
        self.words.get(at).map_or(Term::None, |word| word.term)
    }

    /// The text between the word before `at` and the word at it.
    pub(super) fn gap(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |before| self.words[before].end);
        let to = self.words.get(at).map_or(self.text.len(), |word| word.start);
        &self.text[from..to]
    }

    /// The phrase whose role is named by the first such word from `from` on.
    pub(super) fn phrase(&self, from: usize) -> Option<Phrase> {
        let at = (from..self.words.len()).find(|&at| named(self.term(at)).is_some())?;
        let mut role = named(self.term(at))?;
        if matches!(self.term(at), Term::InclusionCriteria | Term::ExclusionCriteria) {
            return Some(Phrase { first: at, behind: at + 1, role, full: true });
        }
        let mut behind = at + 1;
        // One heading over both roles tells nothing: `inclusion/exclusion`, `inclusion and exclusion`.
        // Whatever joins them, in whatever language.
        let other = (at + 1..at + 5).find(|&next| {
            named(self.term(next)).is_some_and(|it| it != role || self.is(next - 1, TURNS))
        });
        let joins = |&other: &usize| {
            (at + 1..=other).all(|at| !self.gap(at).contains([':', '：', '.', ';', '(']))
        };
        if let Some(other) = other.filter(joins) {
            role = Role::AsRegistered;
            behind = other + 1;
        }
        let mut first = at;
        // `non-inclusion`, and `no inclusión` behind "criterios de"
        if at > from && self.is(at - 1, TURNS) {
            let hyphen = !self.gap(at).is_empty() && !self.gap(at).contains(char::is_whitespace);
            if hyphen || self.is(at - 1, &["non"]) || self.criteria_before(at - 1, from).is_some() {
                first = at - 1;
                role = turned_round(role);
            }
        }
        let full = self.term(behind) == Term::Criteria || self.ends_with_noun(behind);
        match self.criteria_before(first, from) {
            // `Criteria Exclusion criteria`: the nearer one belongs to it.
            Some(before) if before + 1 < first || !full && before == 0 => {
                Some(Phrase { first: before, behind, role, full: true })
            }
            _ => Some(Phrase { first, behind: behind + usize::from(full), role, full }),
        }
    }

    /// The word "criteria" before the one at `first`, with nothing but links between them.
    fn criteria_before(&self, first: usize, from: usize) -> Option<usize> {
        let links = (from..first).rev().take(3).take_while(|&at| self.is(at, LINKS)).count();
        let at = (first - links).checked_sub(1).filter(|&at| at >= from)?;
        let is_reason = links > 0 && at == from && self.is(at, REASONS);
        ((self.term(at) == Term::Criteria || is_reason)
            && !self.gap(at + 1).contains([':', '.', ';']))
        .then_some(at)
    }

    /// Whether the line ends with a noun that stands for "criteria".
    fn ends_with_noun(&self, at: usize) -> bool {
        let gap = || self.gap(at + 1);
        self.is(at, NOUNS) && (at + 1 == self.words.len() || gap().contains([':', '：']))
    }
}

/// The role that a term names, if it does; none for certain where it is unclear.
fn named(term: Term) -> Option<Role> {
    match term {
        Term::Inclusion | Term::InclusionCriteria => Some(Role::Inclusion),
        Term::Exclusion | Term::ExclusionCriteria => Some(Role::Exclusion),
        Term::Unclear => Some(Role::AsRegistered),
        _ => None,
    }
}

/// What is not for inclusion is for exclusion; no heading says it the other way round.
fn turned_round(role: Role) -> Role {
    if role == Role::Inclusion { Role::Exclusion } else { Role::AsRegistered }
}
