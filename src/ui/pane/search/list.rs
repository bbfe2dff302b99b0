//! The list below the search line: what can stand at the cursor, or how the words were read and what can be done about
//! that.

use super::understood::near;
use crate::search::{Added, Completion, Completions, How, Instead};
use crate::session::Session;
use crate::text;
use crate::ui::widget::choices::{Choice, Choices};

/// What taking an entry does.
#[derive(Clone)]
pub(super) enum Offer {
    /// Puts a text in the place of what was begun.
    Complete(Completion),
    /// Asks another query.
    Ask(String),
    /// Asks the same without what was added.
    TakeBack(Added),
    /// Asks for these words as they stand.
    ToTheLetter(String),
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Completions,
    Readings,
}

pub(super) struct List {
    pub(super) kind: Kind,
    pub(super) choices: Choices,
    offers: Vec<Offer>,
}

impl List {
    /// What words are elsewhere, and what can stand at the cursor; `None` if that is nothing.
    pub(super) fn completions(session: &Session, found: Completions) -> Option<Self> {
        let completions = found.items.into_iter().map(|item| {
            let choice = Choice {
                label: text::clean_line(&item.text).into_owned(),
                what: item.what.clone(),
                count: item.studies.map_or_else(String::new, text::grouped),
            };
            (choice, Offer::Complete(item))
        });
        Self::of(Kind::Completions, elsewhere(session).chain(completions))
    }

    /// How the words were read; `None` if they were found as they stand.
    pub(super) fn readings(session: &Session) -> Option<Self> {
        let results = &session.results;
        let codes = results.codes.iter().map(|code| {
            let label = format!("{} → {}", code.typed, code.term);
            (choice(&label, "read as a code", None), Offer::ToTheLetter(code.typed.clone()))
        });
        let mut added: Vec<&Added> = results.added.iter().collect();
        added.sort_by_key(|added| added.how != How::Near);
        let added = added.into_iter().map(|added| {
            let (sign, what) = match added.how {
                How::Near => ("≈", "corrected"),
                How::Name => ("+", "another name"),
                _ => ("+", "another spelling"),
            };
            let label = format!("{} {sign} {}", added.typed, added.name);
            (choice(&label, what, Some(added.studies)), Offer::TakeBack(added.clone()))
        });
        let guessed = results.taken.iter().filter_map(|taken| {
            let label = near(taken)?;
            Some((choice(&label, "what comes near", None), Offer::ToTheLetter(taken.term.clone())))
        });
        let left_out = results.clauses().iter().filter(|clause| clause.without > 0).map(|clause| {
            let label = format!("without {}", clause.text);
            (choice(&label, "leave it out", Some(clause.without)), Offer::Ask(clause.rest.clone()))
        });
        let read = codes.chain(added).chain(guessed).chain(left_out);
        Self::of(Kind::Readings, elsewhere(session).chain(read))
    }

    fn of(kind: Kind, entries: impl Iterator<Item = (Choice, Offer)>) -> Option<Self> {
        let (choices, offers): (Vec<Choice>, Vec<Offer>) = entries.unzip();
        let is_something = !offers.is_empty();
        is_something.then(|| Self { kind, choices: Choices::new(choices), offers })
    }

    /// The only entry, if there is just one.
    pub(super) fn is_single(&self) -> bool {
        self.offers.len() == 1
    }

    /// The entry at the cursor.
    pub(super) fn current(&self) -> Option<&Offer> {
        self.offers.get(self.choices.current())
    }

    pub(super) fn title(&self) -> &'static str {
        match self.kind {
            Kind::Completions => "Complete",
            Kind::Readings => "As read",
        }
    }
}

/// What words are in other fields, while what is on the screen is the answer to what stands in the line.
fn elsewhere(session: &Session) -> impl Iterator<Item = (Choice, Offer)> {
    let is_answered = !session.is_searching() && session.error().is_none();
    let offered = |it: &Instead| {
        (choice(&it.term, &it.in_words(), Some(it.studies)), Offer::Ask(it.query.clone()))
    };
    session.results.instead().iter().filter(move |_| is_answered).map(offered)
}

fn choice(label: &str, what: &str, studies: Option<u64>) -> Choice {
    Choice {
        label: text::clean_line(label).into_owned(),
        what: what.to_owned(),
        count: studies.map_or_else(String::new, text::grouped),
    }
}
