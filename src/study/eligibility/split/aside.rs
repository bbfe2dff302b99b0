//! Items of one role in a list of the other: where they begin a part, and where the list around it goes on.

use super::Split;
use crate::study::eligibility::enclosed::{self, Enclosing};
use crate::study::eligibility::heading::{Heading, Stands};
use crate::study::eligibility::list::Marker;
use crate::study::eligibility::term::Term;
use crate::study::eligibility::word::Word;
use crate::study::eligibility::{Kind, Role, content};

impl Split<'_> {
    /// Whether a line that may be a heading is an item: it stands in a list, has text of its own, and more follows.
    pub(super) fn is_aside(&self, heading: Heading, marker: &Marker, text: &str) -> bool {
        let Some(part) = self.parts.last() else { return false };
        let inside = |word: &&Word| (heading.start..heading.end).contains(&word.start);
        let full = self.words.iter().filter(inside).any(|word| word.term == Term::Criteria);
        // In so many words, at the head of a list or under its own role, it is a heading.
        let is_heading =
            full && (heading.start > 0 || part.criteria.is_empty() || part.role == heading.role);
        let is_listed = match self.stands(marker) {
            Stands::Listed | Stands::Within => part.role != Role::AsRegistered || !full,
            // Before any heading it may stand in a list without one.
            Stands::First => !self.begun && self.has_list && !full,
            Stands::Alone | Stands::Behind => false,
        };
        let has_text = text[heading.end..].contains(char::is_alphanumeric)
            || content::start(&text[heading.start..]).is_some();
        is_listed
            && !is_heading
            && has_text
            && !self.below.is_empty()
            && !text.ends_with([':', '：'])
    }

    /// The list around a heading that is one of its items; `None` where headings are listed beside each other.
    pub(super) fn around(&self, heading: Heading, marker: &Marker) -> Option<Enclosing> {
        let part = self.parts.last()?;
        let is_item = !marker.text.is_empty() && heading.start == 0 && part.role != heading.role;
        // Where headings are the items of a list, what stands beside them has no role.
        let is_beside = self.stands(marker) == Stands::First;
        let role = if is_beside { Role::AsRegistered } else { part.role };
        let (nesting, marker) = (self.nesting.clone(), marker.clone());
        is_item.then(|| Enclosing::new(role, nesting, self.listed, marker))
    }

    /// Notes that the last part lies within a list.
    pub(super) fn enclose(&mut self, around: Enclosing) {
        if let Some(mark) = self.marks.last_mut() {
            mark.is_enclosed = around.role != Role::AsRegistered;
        }
        self.enclosing = Some(around);
    }

    /// Ends a part within a list where a line stands at the level of that list again, which then goes on.
    pub(super) fn leave_enclosed(&mut self, marker: &Marker, text: &str) {
        let Some(mut around) = self.enclosing.take() else { return };
        let begins = self.blank || !text.starts_with(char::is_lowercase);
        match around.place(marker, begins) {
            enclosed::Stands::Within => self.enclosing = Some(around),
            enclosed::Stands::Never => {
                if let Some(mark) = self.marks.last_mut() {
                    mark.is_enclosed = false;
                }
            }
            enclosed::Stands::Behind => {
                let inner = self.parts.last().map(|part| part.role);
                self.part(around.role, "");
                (self.nesting, self.listed) = (around.nesting, around.listed);
                self.has_list = true;
                if let Some(mark) = self.marks.last_mut() {
                    mark.behind = inner;
                }
            }
        }
    }

    /// An item that names the other role and says more: `* Exclusion: minors` under inclusion. It is a part of its own;
    /// what stands beside it is not.
    pub(super) fn aside(&mut self, heading: Heading, mut marker: Marker, text: &str) {
        let Some(outer) = self.parts.last().map(|part| part.role) else { return };
        let nesting = self.nesting.clone();
        let around = Enclosing::new(outer, nesting, self.listed, marker.clone()).around_text();
        let (ahead, rest) = text.split_at(heading.start);
        if ahead.contains(char::is_alphanumeric) {
            self.add(&std::mem::take(&mut marker), ahead.trim_end().to_owned());
        }
        // What may be taken into exclusion, or out of it, is not said by a word.
        let is_exclusion = outer != Role::Exclusion && heading.role == Role::Exclusion;
        if is_exclusion {
            let end = heading.end - heading.start;
            let content = content::start(rest).unwrap_or(end).min(rest.len());
            self.part(Role::Exclusion, &rest[..content]);
            self.add(&Marker::default(), rest[content..].trim_start().to_owned());
            if let Some(last) = self.parts.last_mut().and_then(|part| part.criteria.last_mut()) {
                last.kind = Kind::Criterion;
            }
            // What is nested in the item lies below its text.
            self.nesting.enter(around.marker(), false);
        } else {
            self.part(Role::AsRegistered, "");
            self.add(&marker, rest.to_owned());
        }
        self.enclose(around);
        if let Some(mark) = self.marks.last_mut() {
            mark.is_enclosed = true;
        }
    }
}

/// Whether an item can begin with words that deny a role: `Not included: minors`.
pub(super) fn may_turn(text: &str) -> bool {
    const FAR: usize = 40;
    let head = text.as_bytes().iter().take(FAR).take_while(|byte| **byte != b':');
    let head: Vec<u8> = head.map(u8::to_ascii_lowercase).collect();
    head.len() < FAR.min(text.len()) && head.windows(4).any(|word| word == b"not ")
}
