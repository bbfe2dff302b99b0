//! Inside an object that may be a study: following brackets and strings to its end, or to the proof that it has none.

use memchr::{memchr3, memmem};

use super::page::Page;
use super::{Flaw, Framer, Piece, RUNS, STUDY, State, Turn, Window, quoted};

/// Brackets whose kind is remembered; deeper ones are only counted.
const REMEMBERED: u32 = 128;

/// What an object is called that has no key known here.
pub(in crate::load) const UNKNOWN: &str = "JSON without any study";

/// An object under way.
pub(super) struct Element {
    /// Where it begins.
    pub(super) start: usize,
    line: u64,
    /// Where its first line is known to be indented, the indentation; else that of the records before.
    home: usize,
    depth: u32,
    /// One bit for each open bracket, the innermost lowest: 1 for `{`.
    braces: u128,
    /// Brackets at this depth and above it are no longer known by kind, since it once went so deep.
    forgotten: u32,
    is_in_string: bool,
    /// Where the last string began.
    string: usize,
    /// What the last string of the outermost level says.
    word: Word,
    /// The key whose value is being read, on the outermost level.
    key: Word,
    subject: Subject,
    size: Size,
    /// A line that begins with `{` as the records do: where to begin anew should this one turn out to be torn.
    candidate: Option<usize>,
}

/// The keys that say what an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Other,
    ProtocolSection,
    Studies,
    FullStudies,
    StudyFields,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Study,
    Foreign(&'static str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Fits,
    /// Larger than the limit: followed to its end, but not kept.
    Outgrown,
}

/// Where to go on after a torn record: another one seems to begin there.
pub(super) struct Restart {
    at: usize,
    /// Known when it begins its line.
    indentation: Option<usize>,
}

/// What was met while following an object.
enum Met {
    Starved,
    End,
    /// The list of a page of the API.
    List,
    /// Another study begins.
    Study,
    Torn(Flaw),
}

impl Element {
    pub(super) fn new(start: usize, line: u64, home: usize) -> Self {
        Self {
            start,
            line,
            home,
            depth: 0,
            braces: 0,
            forgotten: 0,
            is_in_string: false,
            string: 0,
            word: Word::Other,
            key: Word::Other,
            subject: Subject::Foreign(UNKNOWN),
            size: Size::Fits,
            candidate: None,
        }
    }

    pub(super) fn is_kept(&self) -> bool {
        self.size == Size::Fits
    }

    pub(super) fn outgrow(&mut self) {
        self.size = Size::Outgrown;
        self.candidate = None;
    }

    /// Moves all positions when the text before `by` is dropped.
    pub(super) fn shift(&mut self, by: usize) {
        self.start -= by;
        self.string = self.string.saturating_sub(by);
        self.candidate = self.candidate.map(|candidate| candidate - by);
    }

    /// Where to go on should this object be torn, as far as it was followed.
    pub(super) fn restart(&self, text: &Window) -> Option<Restart> {
        let hidden = self.restart_at_study(text);
        let candidate = self.candidate.map(|at| Restart { at, indentation: Some(self.home) });
        [candidate, hidden].into_iter().flatten().min_by_key(|restart| restart.at)
    }

    /// Where another study begins within this object, which no study may.
    fn restart_at_study(&self, text: &Window) -> Option<Restart> {
        let followed = text.buffer.get(self.start..text.at).filter(|_| self.is_kept())?;
        let offset = hidden_study(followed)?;
        Some(Restart { at: self.start + offset, indentation: None })
    }

    /// Follows the text from `text.at` on.
    fn follow(&mut self, text: &mut Window) -> Met {
        let bytes = text.bytes();
        let mut at = text.at;
        let met = loop {
            if self.is_in_string {
                at = memchr3(b'"', b'\\', b'\n', &bytes[at..])
                    .map_or(bytes.len(), |length| at + length);
                match self.string_ends(bytes, &mut at) {
                    Some(met) => break met,
                    None => continue,
                }
            }
            let Some(&byte) = bytes.get(at) else { break Met::Starved };
            match byte {
                b'"' => {
                    self.is_in_string = true;
                    self.string = at + 1;
                }
                b'{' if self.depth > 0 => match self.brace(text, at) {
                    Some(met) => break met,
                    None => self.open(byte),
                },
                b'[' if self.is_list() => break Met::List,
                b'{' | b'[' => self.open(byte),
                b'}' | b']' if !self.close(byte) => break Met::Torn(Flaw::Brackets),
                b'}' | b']' if self.depth == 0 => {
                    at += 1;
                    break Met::End;
                }
                b':' if self.depth == 1 => self.key(),
                b'\n' => at += bytes[at + 1..].iter().take_while(|&&byte| byte == b' ').count(),
                _ => {}
            }
            at += 1;
        };
        text.at = at;
        met
    }

    /// Looks at what may end a string, and steps over it.
    fn string_ends(&mut self, bytes: &[u8], at: &mut usize) -> Option<Met> {
        match (bytes.get(*at), bytes.get(*at + 1)) {
            (Some(b'"'), _) => {
                self.is_in_string = false;
                if self.depth == 1 && self.is_kept() {
                    self.word = Word::read(&bytes[self.string..*at]);
                }
                *at += 1;
            }
            (Some(b'\n'), _) => return Some(Met::Torn(Flaw::OpenText)),
            (_, None) => return Some(Met::Starved),
            (_, Some(b'\n')) => *at += 1,
            (_, Some(_)) => *at += 2,
        }
        None
    }

    /// Looks at an inner `{`: it may be the beginning of the next study, this one being torn.
    fn brace(&mut self, text: &Window, at: usize) -> Option<Met> {
        match text.begins_study(at) {
            None => return Some(Met::Starved),
            Some(true) => return Some(Met::Study),
            Some(false) if !self.is_kept() => return None,
            Some(false) => {}
        }
        let before = &text.buffer[self.start..at];
        if indentation(before) == Some(self.home) {
            self.candidate.get_or_insert(at);
            let last = before.iter().rev().find(|byte| !byte.is_ascii_whitespace());
            let is_value = match last {
                Some(b':' | b'[') => true,
                Some(b',') => self.depth <= self.forgotten || self.braces & 1 == 0,
                _ => false,
            };
            return (!is_value).then_some(Met::Torn(Flaw::NoEnd));
        }
        None
    }

    /// Whether a `[` here opens the list of a page of the API.
    fn is_list(&self) -> bool {
        self.depth == 1 && self.key == Word::Studies && self.subject != Subject::Study
    }

    fn open(&mut self, bracket: u8) {
        self.depth = self.depth.saturating_add(1);
        self.braces = self.braces << 1 | u128::from(bracket == b'{');
        self.forgotten = self.forgotten.max(self.depth.saturating_sub(REMEMBERED));
    }

    /// Closes a bracket; false when another kind is open.
    fn close(&mut self, bracket: u8) -> bool {
        let fits = self.depth <= self.forgotten || (self.braces & 1 == 1) == (bracket == b'}');
        if fits {
            self.depth -= 1;
            self.braces >>= 1;
        }
        fits
    }

    /// The last string was a key.
    fn key(&mut self) {
        self.key = self.word;
        match self.key {
            Word::ProtocolSection => self.subject = Subject::Study,
            _ if self.subject == Subject::Study => {}
            Word::FullStudies => self.subject = Subject::Foreign("legacy FullStudiesResponse JSON"),
            Word::StudyFields => self.subject = Subject::Foreign("legacy StudyFieldsResponse JSON"),
            Word::Studies | Word::Other => {}
        }
    }

    /// The open brackets, outermost first.
    fn brackets(&self) -> impl Iterator<Item = u8> {
        let braces = self.braces;
        (0..self.depth.min(REMEMBERED))
            .rev()
            .map(move |bit| if braces >> bit & 1 == 1 { b'{' } else { b'[' })
    }
}

impl Framer {
    /// Follows the object under way.
    pub(super) fn element(&mut self) -> Turn {
        let State::Element(element) = &mut self.state else { return Turn::Again };
        match element.follow(&mut self.text) {
            Met::Starved => Turn::Starved,
            Met::End => self.ends(),
            Met::Study if element.subject == Subject::Study || !element.is_kept() => {
                let restart = Restart { at: self.text.at, indentation: None };
                self.tear(Flaw::NoEnd, Some(restart))
            }
            Met::Study if element.candidate.is_some() => {
                let restart = element.restart(&self.text);
                self.tear(Flaw::NoEnd, restart)
            }
            // A page of the API, or an object of another kind in which a study begins.
            met @ (Met::List | Met::Study) => {
                if matches!(met, Met::List) {
                    let beginning = self.text.buffer.get(element.start..self.text.at);
                    let page = Page::new(beginning.unwrap_or_default());
                    self.leave_page();
                    self.page = Some(page);
                }
                self.enter();
                Turn::Again
            }
            Met::Torn(flaw) => {
                let restart = element.restart(&self.text);
                self.tear(flaw, restart)
            }
        }
    }

    /// Takes the object under way as something around studies.
    fn enter(&mut self) {
        if let State::Element(element) = &self.state {
            self.context.brackets.extend(element.brackets());
            self.state = State::between(None);
        }
    }

    /// The object under way has come to its end.
    fn ends(&mut self) -> Turn {
        let State::Element(element) = &self.state else { return Turn::Again };
        let (line, start) = (element.line, self.text.place(element.start));
        // Two torn halves may happen to have matching brackets.
        if let Some(restart) = element.restart_at_study(&self.text) {
            return self.tear(Flaw::NoEnd, Some(restart));
        }
        let bytes = &self.text.buffer[element.start.min(self.text.at)..self.text.at];
        let limit = self.limits.record;
        let outcome = match (element.subject, std::str::from_utf8(bytes)) {
            (Subject::Foreign(legacy), _) if legacy != UNKNOWN => Err(Flaw::NoStudy(legacy)),
            _ if !element.is_kept() || bytes.len() as u64 > limit => {
                Err(Flaw::TooLarge(limit >> 20))
            }
            (Subject::Foreign(_), Ok(text)) if quoted::has_study(bytes) => {
                Err(Flaw::Quoted(text.to_owned()))
            }
            (Subject::Foreign(kind), _) => Err(Flaw::NoStudy(kind)),
            (Subject::Study, Ok(text)) => Ok(text.to_owned()),
            (Subject::Study, Err(error)) => Err(Flaw::NotUtf8(error.valid_up_to() + 1)),
        };
        self.runs = if outcome.is_ok() { RUNS } else { 0 };
        if let (Ok(_), Some(page)) = (&outcome, &mut self.page) {
            page.study();
        }
        if outcome.is_ok() {
            self.idle = (self.text.end - self.text.at) as u64;
        }
        self.state = State::between(None);
        Turn::Found(Piece { line, start, outcome })
    }

    /// Gives the object under way up, and goes on where the next one seems to begin.
    pub(super) fn tear(&mut self, flaw: Flaw, restart: Option<Restart>) -> Turn {
        let State::Element(element) = &self.state else { return Turn::Again };
        let (line, start) = (element.line, self.text.place(element.start));
        let is_all = flaw == Flaw::CutOff;
        let limit = self.limits.record;
        let fits = element.is_kept() && (self.text.at - element.start) as u64 <= limit;
        let outcome = Err(if fits { flaw } else { Flaw::TooLarge(limit >> 20) });
        self.state = match restart {
            Some(restart) => {
                self.text.at = restart.at;
                State::between(restart.indentation)
            }
            None if is_all => State::Over,
            None => State::after_torn(element.home),
        };
        Turn::Found(Piece { line, start, outcome })
    }
}

impl Word {
    fn read(text: &[u8]) -> Self {
        match text {
            b"protocolSection" => Self::ProtocolSection,
            b"studies" => Self::Studies,
            b"FullStudiesResponse" => Self::FullStudies,
            b"StudyFieldsResponse" => Self::StudyFields,
            _ => Self::Other,
        }
    }
}

/// The indentation of what follows `before`, if it begins a line; a comma before it does not count.
fn indentation(before: &[u8]) -> Option<usize> {
    let mut indentation = 0;
    for byte in before.iter().rev() {
        match byte {
            b'\n' => return Some(indentation),
            b' ' | b'\t' => indentation += 1,
            b',' => {}
            _ => return None,
        }
    }
    None
}

/// Where in a torn record, after its beginning, another study begins.
fn hidden_study(torn: &[u8]) -> Option<usize> {
    memmem::find_iter(torn, STUDY).find_map(|key| {
        let bracket = torn[..key].iter().rposition(|byte| !byte.is_ascii_whitespace())?;
        (bracket > 0 && torn[bracket] == b'{').then_some(bracket)
    })
}
