//! The text taken apart, line by line: headings begin parts, everything else is a line of the part in which it
//! stands. Where a side may hold the other, the whole text is as registered.

use std::collections::HashSet;

use super::certainty::{Aside, Mentions, is_certain};
use super::group;
use super::heading::{self, Found, Heading, Stands};
use super::list::{Marker, Nesting, split_marker};
use super::settle::settle;
use super::term::{Term, may_head, may_name};
use super::word::{Word, words};
use super::{Criteria, Criterion, Kind, Part, Role, content};
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
    let mut lines = text.trim_end().split('\n').peekable();
    while let Some(line) = lines.next() {
        let is_blank = line.trim().is_empty();
        if !is_blank {
            split.is_last = lines.peek().is_none();
            split.line(line);
        }
        split.blank = is_blank;
    }
    let Split { mut parts, mentions, asides, .. } = split;
    if !is_certain(&parts, &mentions, &asides) {
        return as_registered(&text);
    }
    settle(&mut parts);
    Criteria { parts }
}

/// Everything in one part, as it stands.
fn as_registered(text: &str) -> Criteria {
    let mut split = Split::default();
    split.part(Role::AsRegistered, "");
    for line in text.split('\n') {
        split.blank |= line.trim().is_empty();
        if !line.trim().is_empty() {
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
struct Split {
    parts: Vec<Part>,
    mentions: Mentions,
    asides: Vec<Aside>,
    /// The role and the columns of an aside that was the last line.
    open_aside: Option<(Role, usize)>,
    nesting: Nesting,
    words: Vec<Word>,
    /// Whether the line is the last of the text.
    is_last: bool,
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

impl Split {
    fn line(&mut self, line: &str) {
        let (mut marker, body) = split_marker(line);
        let text = plain(body);
        // What is nested in an item of the other role is of no certain role.
        if let Some((role, indent)) = self.open_aside.take()
            && !marker.text.is_empty()
            && marker.indent > indent + 1
        {
            self.doubt(role);
        }
        let mut rest = text.trim_start_matches('#').trim_start().to_owned();
        if self.is_plain(&marker, &rest) {
            self.add(&marker, rest);
            return;
        }
        let mut headings = 0;
        loop {
            words(&rest, &mut self.words);
            let heading = match heading::find(&rest, &self.words, self.stands(&marker)) {
                Found::Heading(heading) => heading,
                Found::Doubt(role) => {
                    self.doubt(role);
                    break;
                }
                Found::Nothing => break,
            };
            if headings == 0 && self.is_aside(heading, &marker, &rest) {
                let (role, part) = (heading.role, self.parts.len() - 1);
                if self.parts[part].role != role {
                    self.asides.push(Aside { role, part });
                    self.open_aside = Some((role, marker.indent));
                }
                break;
            }
            headings += 1;
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
            self.open(heading.role, &marker, &rest[heading.start..heading.end]);
            let (inner, behind) = split_marker(&rest[heading.end..]);
            (marker, rest) = (inner, behind.to_owned());
            marker.indent = 0;
            self.blank = false;
            if !rest.chars().any(char::is_alphanumeric) {
                return;
            }
        }
        if !self.titled(&marker, &rest) {
            self.mention(rest.len());
            self.add(&marker, rest);
        }
    }

    /// Whether a line can be told to be no heading and no title without a look at its words, as most can.
    fn is_plain(&self, marker: &Marker, text: &str) -> bool {
        match self.stands(marker) {
            _ if text.len() > SENTENCE => !may_name(text),
            Stands::First => false,
            Stands::Listed if text.len() > TITLE => !may_name(text),
            Stands::Listed => !may_head(text) && !is_spaced(text) && !text.ends_with([':', '：']),
            Stands::Alone | Stands::Within => {
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

    /// Whether a line that may be a heading is an item: it stands in a list, has text of its own, and more follows.
    fn is_aside(&self, heading: Heading, marker: &Marker, text: &str) -> bool {
        let Some(part) = self.parts.last() else { return false };
        let inside = |word: &&Word| (heading.start..heading.end).contains(&word.start);
        let full = self.words.iter().filter(inside).any(|word| word.term == Term::Criteria);
        // In so many words, at the head of a list or under its own role, it is a heading.
        let is_heading =
            full && (heading.start > 0 || part.criteria.is_empty() || part.role == heading.role);
        let is_listed = part.role != Role::AsRegistered
            && matches!(self.stands(marker), Stands::Listed | Stands::Within);
        let has_text = text[heading.end..].contains(char::is_alphanumeric)
            || content::start(&text[heading.start..]).is_some();
        is_listed && !is_heading && has_text && !self.is_last && !text.ends_with([':', '：'])
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
        self.parts.push(Part { role, heading, criteria: Vec::new() });
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
            Some(label) => self.label == Some(label - 1),
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
        let role = match role {
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

    /// Adds a line to the part in which it stands, or joins it to the one that it continues.
    fn add(&mut self, marker: &Marker, text: String) {
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
