//! Between studies: white space and commas, the lists and pages that studies lie in, and text that is none of these.

use memchr::{memchr2, memchr3};

use super::page::Page;
use super::{Flaw, Framer, Piece, State, Turn};

/// How many brackets around studies are remembered.
const DEEPEST: usize = 64;

/// Stands for the `[` of a list in a page that need not be a list of studies.
const LIST_OF_VALUES: u8 = b'(';

/// How many characters of a text that is no study are quoted.
const QUOTED: usize = 40;

/// A stretch between studies.
pub(super) struct Gap {
    content: Content,
    /// How far the line is indented, as long as nothing but white space stands on it.
    indentation: Option<usize>,
    is_in_string: bool,
}

enum Content {
    /// What belongs between studies.
    Proper,
    /// Text that does not, where it begins, and how.
    Garbage { line: u64, start: u64, beginning: Vec<u8> },
    /// The rest of a torn record whose line was indented like this.
    Torn { home: usize },
}

impl Gap {
    /// The beginning of the text.
    pub(super) fn first() -> Self {
        Self::between(Some(0))
    }

    /// What follows a record, or on a line with nothing but so many blanks before it.
    pub(super) fn between(indentation: Option<usize>) -> Self {
        Self { content: Content::Proper, indentation, is_in_string: false }
    }

    /// What follows the place where a record was found to be torn.
    pub(super) fn after_torn(home: usize) -> Self {
        Self { content: Content::Torn { home }, indentation: None, is_in_string: false }
    }

    fn garbage(line: u64, start: u64) -> Self {
        let content = Content::Garbage { line, start, beginning: Vec::new() };
        Self { content, indentation: None, is_in_string: false }
    }

    /// Counts the indentation; false when the byte is no blank.
    fn is_blank(&mut self, byte: u8) -> bool {
        match byte {
            b'\n' => self.indentation = Some(0),
            b' ' | b'\t' => self.indentation = self.indentation.map(|indentation| indentation + 1),
            // The last four: record separators of JSON text sequences, byte order marks.
            b'\r' | b',' | 0x1e | 0xef | 0xbb | 0xbf => {}
            _ => return false,
        }
        true
    }
}

impl Framer {
    /// Goes to the next study.
    pub(super) fn gap(&mut self) -> Turn {
        match &self.state {
            State::Gap(Gap { content: Content::Proper, .. }) => self.between(),
            _ => self.strange(),
        }
    }

    /// Passes over what belongs between studies.
    fn between(&mut self) -> Turn {
        let State::Gap(gap) = &mut self.state else { return Turn::Again };
        loop {
            let Some(&byte) = self.text.bytes().get(self.text.at) else { return Turn::Starved };
            let around = self.context.innermost();
            let is_page = around == Some(b'{');
            let is_value = is_page || around == Some(LIST_OF_VALUES);
            if gap.is_in_string {
                match memchr3(b'"', b'\\', b'\n', &self.text.bytes()[self.text.at..]) {
                    None => {
                        let part = &self.text.bytes()[self.text.at..];
                        self.page.iter_mut().for_each(|page| page.string(part));
                        self.text.at = self.text.end;
                    }
                    Some(length) => {
                        let part = &self.text.bytes()[self.text.at..self.text.at + length];
                        self.page.iter_mut().for_each(|page| page.string(part));
                        self.text.at += length;
                        match (self.text.bytes()[self.text.at], self.text.end - self.text.at) {
                            (b'\\', 1) => return Turn::Starved,
                            (b'\\', _) => self.text.at += 2,
                            _ => {
                                gap.is_in_string = false;
                                self.page.iter_mut().for_each(Page::string_ends);
                                self.text.at += 1;
                            }
                        }
                    }
                }
                continue;
            }
            if is_page && let Some(page) = &mut self.page {
                page.sign(byte);
            }
            if !gap.is_blank(byte) {
                match byte {
                    b'{' if is_page => match self.text.begins_study(self.text.at) {
                        None => return Turn::Starved,
                        Some(true) => return self.begin(),
                        Some(false) => self.context.open(byte),
                    },
                    b'{' => return self.begin(),
                    b'[' if is_value => self.context.open(LIST_OF_VALUES),
                    b'[' => self.context.open(byte),
                    b']' => self.context.close_list(),
                    b'}' if self.context.close_page() => {}
                    b'"' if is_value => gap.is_in_string = true,
                    _ if is_value => {}
                    _ => {
                        let at = self.text.at;
                        *gap = Gap::garbage(self.text.line(at), self.text.place(at));
                        return Turn::Again;
                    }
                }
                gap.indentation = None;
            }
            self.text.at += 1;
        }
    }

    /// An object begins here.
    fn begin(&mut self) -> Turn {
        let State::Gap(gap) = &self.state else { return Turn::Again };
        self.home = gap.indentation.unwrap_or(self.home);
        let start = self.text.at;
        self.state = State::beginning(start, self.text.line(start), self.home);
        Turn::Again
    }

    /// Passes over text that does not belong here, line by line.
    fn strange(&mut self) -> Turn {
        let State::Gap(gap) = &mut self.state else { return Turn::Again };
        let from = self.text.at;
        let mut at = from;
        let is_over = loop {
            let bytes = self.text.bytes();
            if gap.indentation.is_none() {
                let Some(length) = memchr2(b'\n', b'{', &bytes[at..]) else {
                    at = bytes.len();
                    break false;
                };
                at += length;
            }
            let Some(&byte) = bytes.get(at) else { break false };
            let fits = match (&gap.content, gap.indentation, byte) {
                (_, None, _) => false,
                (Content::Torn { home }, Some(indentation), b'{') => indentation == *home,
                (Content::Torn { home }, Some(indentation), b'[' | b']') => indentation <= *home,
                (_, Some(_), byte) => matches!(byte, b'{' | b'[' | b']'),
            };
            if fits {
                break true;
            }
            if byte == b'{' {
                match self.text.begins_study(at) {
                    None => break false,
                    Some(true) => break true,
                    Some(false) => {}
                }
            }
            if !gap.is_blank(byte) {
                gap.indentation = None;
            }
            at += 1;
        };
        self.text.at = at;
        if let Content::Garbage { beginning, .. } = &mut gap.content {
            let room = (QUOTED * 4).saturating_sub(beginning.len());
            beginning.extend(self.text.buffer[from..at].iter().take(room));
        }
        if is_over { self.strange_ends() } else { Turn::Starved }
    }

    /// The text that does not belong here has come to its end.
    fn strange_ends(&mut self) -> Turn {
        let State::Gap(gap) = &mut self.state else { return Turn::Again };
        let between = Gap::between(gap.indentation);
        match std::mem::replace(gap, between).content {
            Content::Garbage { line, start, beginning } => {
                let outcome = Err(Flaw::Garbage(quoted(&beginning)));
                Turn::Found(Piece { line, start, outcome })
            }
            Content::Torn { .. } | Content::Proper => Turn::Again,
        }
    }

    /// The whole text has come to its end.
    pub(super) fn gap_ends(&mut self) -> Turn {
        if let State::Gap(Gap { content: Content::Garbage { .. }, .. }) = &self.state {
            return self.strange_ends();
        }
        self.state = State::Over;
        if self.context.innermost().is_some() {
            self.found(Err(Flaw::OpenList))
        } else {
            Turn::Starved
        }
    }
}

impl super::Context {
    fn open(&mut self, bracket: u8) {
        if self.brackets.len() == DEEPEST {
            self.brackets.clear();
        }
        self.brackets.push(bracket);
    }

    fn close_list(&mut self) {
        if matches!(self.innermost(), Some(b'[' | LIST_OF_VALUES)) {
            self.brackets.pop();
        }
    }

    /// Closes the innermost object and a list in it whose end was lost; false when no object is open.
    fn close_page(&mut self) -> bool {
        let page = self.brackets.iter().rposition(|&bracket| bracket == b'{');
        self.brackets.truncate(page.unwrap_or(self.brackets.len()));
        page.is_some()
    }
}

/// The first line, between marks, cut.
fn quoted(beginning: &[u8]) -> String {
    let text = String::from_utf8_lossy(beginning);
    let first = text.trim().lines().next().unwrap_or_default().trim_end();
    let quoted: String = first.chars().take(QUOTED).collect();
    let more = if quoted.len() < text.trim().len() { "…" } else { "" };
    format!("`{}`{more}", crate::load::visible(&quoted))
}
