//! The text taken apart, line by line: headings begin parts, everything else is a line of the part in which it
//! stands. Where a side may hold the other, the whole text is as registered.

mod aside;

use std::collections::HashSet;

use aside::may_turn;

use super::certainty::{Mentions, is_certain};
use super::enclosed::{self, Enclosing, Mark};
use super::group;
use super::heading::{self, Found, Stands};
use super::list::{Marker, Nesting, split_marker};
use super::series;
use super::settle::settle;
use super::term::{Term, may_head, may_name};
use super::word::{Word, words};
use super::{Criteria, Criterion, Kind, Part, Role};
use crate::text::{clean_text, fold, plain};

/// Most headings looked for in one line.
const HEADINGS: usize = 8;
/// No title, and no sentence that introduces a list, is longer, in bytes.
const TITLE: usize = 80;
const SENTENCE: usize = 400;
/// A line of prose shorter than this, in bytes, was not broken to fit a width.
const WRAPPED: usize = 50;

/// Splits a text of eligibility criteria.
pub fn criteria(text: &str) -> Criteria {
    let text = clean_text(text);
    let mut split = Split::default();
    let lines: Vec<&str> = text.trim_end().split('\n').collect();
    for (place, line) in lines.iter().enumerate() {
        let is_blank = line.trim().is_empty();
        if !is_blank {
            split.below = &lines[place + 1..];
            split.line(line);
        }
        split.blank = is_blank;
    }
    let Split { mut parts, marks, mentions, .. } = split;
    let is_enclosed: Vec<bool> = marks.iter().map(|mark| mark.is_enclosed).collect();
    if !is_certain(&parts, &is_enclosed, &mentions) {
        return as_registered(&text);
    }
    enclosed::settle(&mut parts, &marks);
    settle(&mut parts);
    Criteria { parts }
}

/// Everything in one part, as it stands.
fn as_registered(text: &str) -> Criteria {
    let mut split = Split::default();
    split.part(Role::AsRegistered, "");
    let lines: Vec<&str> = text.trim_end().split('\n').collect();
    for (place, line) in lines.iter().enumerate() {
        split.blank |= line.trim().is_empty();
        if !line.trim().is_empty() {
            split.below = &lines[place + 1..];
            let (marker, body) = split_marker(line);
            let body = plain(body);
            split.add(&marker, body.trim_start_matches('#').trim_start().to_owned());
            split.blank = false;
        }
    }
    let mut parts = split.parts;
    parts.retain(|part| !part.criteria.is_empty());
    settle(&mut parts);
    Criteria { parts }
}

/// The parts found so far.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about another line before")]
struct Split<'a> {
    parts: Vec<Part>,
    /// One for each part.
    marks: Vec<Mark>,
    mentions: Mentions,
    /// The list around the last part, if it lies within one.
    enclosing: Option<Enclosing>,
    nesting: Nesting,
    words: Vec<Word>,
    /// The lines below this one.
    below: &'a [&'a str],
    /// Whether a blank line stands before this one.
    blank: bool,
    /// Whether the last line added had one before it.
    above: bool,
    /// Whether a heading was found that names a role.
    begun: bool,
    /// Whether the last heading stood behind a marker.
    listed: bool,
    /// Whether a line of the last part has a marker.
    has_list: bool,
    /// The number or letter of the last title that had one.
    label: Option<u32>,
    /// Whether the section began with the name of a group.
    grouped: bool,
    /// Names of groups under inclusion.
    groups: HashSet<String>,
}

impl Split<'_> {
    fn line(&mut self, line: &str) {
        let (mut marker, body) = split_marker(line);
        let text = plain(body);
        self.leave_enclosed(&marker, &text);
        let mut rest = text.trim_start_matches('#').trim_start().to_owned();
        if self.is_plain(&marker, &rest) {
            self.add(&marker, rest);
            return;
        }
        let (mut headings, mut ran_on) = (0, false);
        loop {
            words(&rest, &mut self.words);
            let is_behind = headings > 0 && !marker.is_sign();
            let stands = if is_behind { Stands::Behind } else { self.stands(&marker) };
            let heading = match heading::find(&rest, &self.words, stands) {
                Found::Heading(heading) => heading,
                Found::Doubt(role) => {
                    self.doubt(role);
                    break;
                }
                Found::Nothing => break,
            };
            if headings == 0 && self.is_aside(heading, &marker, &rest) {
                if self.parts.last().is_some_and(|part| part.role == heading.role) {
                    break;
                }
                return self.aside(heading, marker, &rest);
            }
            headings += 1;
            let around = self.around(heading, &marker).filter(|_| headings == 1);
            if headings > HEADINGS {
                self.part(Role::AsRegistered, "");
                break;
            }
            let ahead = rest[..heading.start].trim_end();
            if ahead.chars().any(char::is_alphanumeric) {
                let ahead = ahead.to_owned();
                self.mention(heading.start);
                self.add(&std::mem::take(&mut marker), ahead);
            }
            let in_item = heading.start > 0 && headings == 1;
            self.open(heading.role, &marker, &rest[heading.start..heading.end]);
            let (inner, behind) = split_marker(&rest[heading.end..]);
            (marker, rest) = (inner, behind.to_owned());
            marker.indent = 0;
            self.blank = false;
            if !rest.chars().any(char::is_alphanumeric) {
                if let Some(around) = around {
                    self.enclose(around);
                } else if in_item && let Some(mark) = self.marks.last_mut() {
                    mark.own_lines = Some(0);
                }
                return;
            }
            // A bullet begins a list.
            ran_on = in_item && !marker.is_sign();
        }
        if !self.titled(&marker, &rest) {
            self.mention(rest.len());
            self.add(&marker, rest);
            if ran_on && let (Some(part), Some(mark)) = (self.parts.last(), self.marks.last_mut()) {
                mark.own_lines = Some(part.criteria.len());
            }
        }
    }

    /// Whether a line can be told to be no heading and no title without a look at its words, as most can.
    fn is_plain(&self, marker: &Marker, text: &str) -> bool {
        match self.stands(marker) {
            _ if text.len() > SENTENCE => !may_name(text),
            Stands::First => false,
            Stands::Listed if may_turn(text) => false,
            Stands::Listed if text.len() > TITLE => !may_name(text),
            Stands::Listed => !may_head(text) && !is_spaced(text) && !text.ends_with([':', '：']),
            Stands::Alone | Stands::Within | Stands::Behind => {
                text.len() > TITLE && !text.contains([':', '：']) && !may_name(text)
            }
        }
    }

    fn stands(&self, marker: &Marker) -> Stands {
        match marker.text.is_empty() {
            true if marker.indent > 0 && self.nesting.is_open() => Stands::Within,
            true => Stands::Alone,
            false if !self.begun || self.listed && marker.indent == 0 => Stands::First,
            false => Stands::Listed,
        }
    }

    /// Begins the part of a heading. What is only the name of a group belongs to it.
    fn open(&mut self, role: Role, marker: &Marker, heading: &str) {
        self.listed = !marker.text.is_empty();
        if let Some(part) = self.parts.last_mut()
            && part.role == role
            && part.criteria.is_empty()
            && heading.ends_with([':', '：'])
            && group::is_sentence(&self.words)
        {
            // It introduces what the heading above it begins.
            part.criteria.push(Criterion {
                text: heading.to_owned(),
                kind: Kind::Note,
                ..Criterion::default()
            });
            return;
        }
        self.take_title(role);
        self.grouped = false;
        let number = if marker.is_sign() { "" } else { marker.text.as_str() };
        self.part(role, &format!("{number}{heading}"));
    }

    fn part(&mut self, role: Role, heading: &str) {
        let end = |char: char| char.is_whitespace() || ":：-–—".contains(char);
        let heading = heading.trim_end_matches(end).trim_start().to_owned();
        self.nesting.clear();
        self.begun |= role != Role::AsRegistered;
        self.has_list = false;
        self.enclosing = None;
        self.parts.push(Part { role, heading, criteria: Vec::new() });
        self.marks.push(Mark::default());
    }

    /// A short line right before a heading of this role is the title of what follows, if it is set off from the
    /// list above it or names a group.
    fn take_title(&mut self, role: Role) {
        let had_title = self.parts.iter().rev().take(4).any(Part::is_title);
        let Some(part) = self.parts.last_mut() else { return };
        if part.criteria.is_empty() && self.grouped && !part.heading.is_empty() {
            part.role = Role::AsRegistered;
            return;
        }
        let preamble = part.role == Role::AsRegistered;
        let is_listed = preamble || self.has_list;
        let Some((last, others)) = part.criteria.split_last().filter(|(last, _)| last.depth == 0)
        else {
            return;
        };
        // `B) Patients`: a label that counts nothing in this part.
        let is_number = !matches!(last.marker.as_str(), "" | "• " | "+ ");
        let label = group::label(&format!("{}{}", last.marker, last.text));
        let labelled = match label {
            Some(1) => preamble && others.iter().all(|line| line.marker.is_empty()),
            Some(label) => label > 0 && self.label == Some(label - 1),
            None => false,
        };
        if !(last.marker.is_empty() || is_number && labelled) {
            return;
        }
        words(&last.text, &mut self.words);
        let colon = last.text.ends_with([':', '：']);
        // Inclusion behind exclusion begins with another group.
        let renewed = part.role == Role::Exclusion && role == Role::Inclusion;
        let apart = is_listed && self.above && (renewed || group::has_group(&self.words));
        let named = (renewed || had_title) && group::is_title(&last.text, &self.words);
        let first = others.is_empty() && preamble;
        if (colon || labelled || apart || named || first)
            && group::is_short_title(&last.text, &self.words)
        {
            let title = part.criteria.pop().expect("there is a last one");
            let title = format!("{}{}", title.marker, title.text);
            self.label = label;
            if part.criteria.is_empty() && part.heading.is_empty() {
                self.parts.pop();
                self.marks.pop();
            }
            self.part(Role::AsRegistered, &title);
        }
    }

    /// Begins a part at the name of a group, or of criteria of another purpose. The words are those of `text`.
    fn titled(&mut self, marker: &Marker, text: &str) -> bool {
        let Some(part) = self.parts.last() else { return false };
        let role = part.role;
        if group::is_purpose(text, &self.words) && (marker.text.is_empty() || marker.indent == 0) {
            self.take_title(Role::AsRegistered);
            self.grouped = false;
            self.part(Role::AsRegistered, text);
            return true;
        }
        if !marker.text.is_empty() || marker.indent > 0 || !group::is_title(text, &self.words) {
            return false;
        }
        let (listed, first) = (self.has_list, part.criteria.is_empty());
        let colon = text.ends_with([':', '：']);
        // Between lines without markers a name may be a criterion.
        let numbered = group::is_numbered(&self.words) && (self.blank || self.words.len() == 2);
        if !(listed || first || colon || numbered || self.grouped) {
            return false;
        }
        let name = fold(text.trim_end_matches([':', '：', ' ']));
        let known = first && !part.is_title() || self.grouped || self.groups.contains(&name);
        let is_ruled_out = self.words.iter().any(|word| word.is(heading::RULED_OUT));
        let role = match role {
            _ if is_ruled_out => Role::AsRegistered,
            Role::Exclusion if !known => Role::AsRegistered,
            role => role,
        };
        if role == Role::Inclusion {
            self.groups.insert(name);
        }
        self.grouped = true;
        self.part(role, text);
        true
    }

    /// A line that may be a heading: what follows has no certain role.
    fn doubt(&mut self, role: Role) {
        let here = self.parts.last().map(|part| part.role);
        if here.is_none() || here == Some(role) || here == Some(Role::AsRegistered) {
            return;
        }
        match role {
            Role::Inclusion => self.mentions.inclusion.doubt = true,
            Role::Exclusion => self.mentions.exclusion.doubt = true,
            Role::AsRegistered => {}
        }
        self.grouped = false;
        self.part(Role::AsRegistered, "");
    }

    /// Notes which roles the words up to `end` name.
    fn mention(&mut self, end: usize) {
        for word in self.words.iter().take_while(|word| word.start < end) {
            match word.term {
                Term::Inclusion | Term::InclusionCriteria => self.mentions.inclusion.named = true,
                Term::Exclusion | Term::ExclusionCriteria | Term::Excluded | Term::Unclear => {
                    self.mentions.exclusion.named = true;
                }
                _ => {}
            }
        }
    }

    /// Adds a line, which may hold several items.
    fn add(&mut self, marker: &Marker, text: String) {
        let below = self.below.iter().find(|line| !line.trim().is_empty()).copied();
        for (marker, text) in series::apart(marker.clone(), text, below) {
            self.add_item(&marker, text);
            self.blank = false;
        }
    }

    /// Adds an item to the part in which it stands, or joins it to the one that it continues.
    fn add_item(&mut self, marker: &Marker, text: String) {
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.parts.is_empty() {
            self.part(Role::AsRegistered, "");
        }
        let blank = self.blank;
        self.above = blank;
        let part = self.parts.last_mut().expect("there is a part");
        let last = part.criteria.last_mut();
        let announced = last.as_ref().is_some_and(|last| last.text.ends_with([':', '：']));
        let depth =
            if marker.text.is_empty() { None } else { self.nesting.enter(marker, announced) };
        if let Some(depth) = depth {
            let kind = if is_name(&text, &mut self.words) { Kind::Note } else { Kind::Criterion };
            part.criteria.push(Criterion { depth, marker: marker.text.clone(), text, kind });
            self.has_list = true;
            return;
        }
        let text = format!("{}{text}", marker.text);
        let continues = |last: &Criterion| {
            let open = !last.text.ends_with(['.', ';', ':', '!', '?', '。', '；', '：']);
            open && text.starts_with(char::is_lowercase)
                && (!last.marker.is_empty() || last.text.len() >= WRAPPED)
        };
        if let Some(last) = last.filter(|last| !blank && continues(last)) {
            last.text.push(' ');
            last.text.push_str(&text);
            return;
        }
        let depth = self.nesting.within(marker.indent).unwrap_or(0);
        let kind = if blank { Kind::Paragraph } else { Kind::Note };
        part.criteria.push(Criterion { depth, marker: String::new(), text, kind });
    }
}

/// Whether letters stand apart: `E X C L U S I O N`.
fn is_spaced(text: &str) -> bool {
    text.split(' ').filter(|word| word.len() == 1).count() >= "exclusion".len()
}

/// Whether the text of an item is only the name of a group.
fn is_name(text: &str, found: &mut Vec<Word>) -> bool {
    if text.len() > 80 || !text.ends_with([':', '：']) {
        return false;
    }
    words(text, found);
    group::is_title(text, found)
}
