//! Cuts what a terminal sends into keys, clicks and pastes. Answers to questions that nobody here asked are left out:
//! reports of modes, colours, sizes and versions, strings of every kind, whatever they say and wherever they are cut.
//!
//! A sequence that does not go on ends by itself after a moment, so that no key is ever lost for good. It does not know
//! what a key means.

use std::time::Duration;

/// How long it takes until the key `Esc` is told from the beginning of a sequence.
const ESCAPE: Duration = Duration::from_millis(40);
/// How long a sequence may pause.
const SEQUENCE: Duration = Duration::from_millis(100);
const STRING: Duration = Duration::from_millis(250);
const PASTE: Duration = Duration::from_secs(1);

/// No sequence of a key is longer.
const LONGEST: usize = 64;
/// So much of a paste is kept; no line takes as much.
const MOST_PASTED: usize = 1 << 20;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const BEGIN_PASTE: &[u8] = b"\x1b[200~";
const END_PASTE: &[u8] = b"\x1b[201~";

/// Something that a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The bytes of one key, or of one thing that the mouse did.
    Key(Vec<u8>),
    Paste(String),
}

/// What has begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Nothing,
    Escape,
    /// A character of which so many bytes are missing.
    Character(usize),
    Control,
    /// A key of the keypad.
    Keypad,
    /// The old report of the mouse, of which so many bytes are missing.
    Mouse(usize),
    String(Introducer),
    /// An escape within a string, which is its end, or the beginning of something else.
    StringEscape,
    Paste,
}

/// How a string began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Introducer {
    /// With an escape and a letter; as long as nothing follows it can be a key.
    Escape,
    /// With one control character of eight bits, which can end it as well.
    Single,
}

/// Takes bytes as they come.
#[derive(Debug, Default)]
pub struct Framer {
    state: State,
    held: Vec<u8>,
    /// How many bytes of the end of a paste have come.
    ended: usize,
}

impl Framer {
    /// Takes more bytes; gives what is whole.
    pub fn push(&mut self, bytes: &[u8], give: &mut impl FnMut(Piece)) {
        for &byte in bytes {
            self.take(byte, give);
        }
    }

    /// How long to wait for more before [`settle`](Self::settle); `None` when nothing has begun.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Nothing => None,
            State::Escape => Some(ESCAPE),
            State::Character(_) | State::Control | State::Keypad | State::Mouse(_) => {
                Some(SEQUENCE)
            }
            State::String(_) | State::StringEscape => Some(STRING),
            State::Paste => Some(PASTE),
        }
    }

    /// Ends what has begun, since nothing more came.
    pub fn settle(&mut self, give: &mut impl FnMut(Piece)) {
        let state = std::mem::take(&mut self.state);
        let held = std::mem::take(&mut self.held);
        match state {
            State::Paste => self.paste(&held, give),
            // Alt and a letter that begins sequences. Alt-[ is no key: reports are cut behind it.
            State::Keypad | State::String(Introducer::Escape) if held.len() == 2 => {
                give(Piece::Key(held));
            }
            State::Escape => give(Piece::Key(held)),
            _ => {}
        }
    }

    fn take(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        match self.state {
            State::Nothing => self.begin(byte, give),
            State::Escape => self.escaped(byte, give),
            State::Character(missing) => self.character(missing, byte, give),
            State::Control => self.control(byte, give),
            State::Keypad => match byte {
                0x40..0x7f => self.whole(byte, give),
                _ => self.again(byte, give),
            },
            State::Mouse(missing) => match (byte, missing) {
                (..0x20, _) => self.again(byte, give),
                (_, 1) => self.whole(byte, give),
                _ => self.hold(byte, State::Mouse(missing - 1)),
            },
            State::String(introducer) => self.string(introducer, byte, give),
            State::StringEscape if byte == b'\\' => self.drop_held(),
            State::StringEscape => {
                self.held = vec![ESC];
                self.escaped(byte, give);
            }
            State::Paste => self.pasted(byte, give),
        }
    }

    fn begin(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        self.drop_held();
        match byte {
            ESC => self.hold(byte, State::Escape),
            0x80..0xa0 => self.single(byte),
            // The middle of a character without its beginning.
            0xa0..0xc0 => {}
            0xc0.. => self.hold(byte, State::Character(continuations(byte))),
            _ => give(Piece::Key(vec![byte])),
        }
    }

    /// Begins what a control character of eight bits begins.
    fn single(&mut self, byte: u8) {
        match byte {
            0x9b => {
                self.held = vec![ESC, b'['];
                self.state = State::Control;
            }
            0x90 | 0x98 | 0x9d..=0x9f => self.state = State::String(Introducer::Single),
            _ => {}
        }
    }

    fn escaped(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        match byte {
            b'[' => self.hold(byte, State::Control),
            b'O' => self.hold(byte, State::Keypad),
            b'P' | b'X' | b']' | b'^' | b'_' => {
                self.hold(byte, State::String(Introducer::Escape));
            }
            // The end of a string that is over already.
            b'\\' => self.drop_held(),
            ESC | CTRL_C => {
                give(Piece::Key(vec![ESC]));
                self.begin(byte, give);
            }
            0xc0.. => self.hold(byte, State::Character(continuations(byte))),
            0x80.. => self.again(byte, give),
            _ => self.whole(byte, give),
        }
    }

    fn character(&mut self, missing: usize, byte: u8, give: &mut impl FnMut(Piece)) {
        if !(0x80..0xc0).contains(&byte) {
            return self.again(byte, give);
        }
        if missing > 1 {
            return self.hold(byte, State::Character(missing - 1));
        }
        self.held.push(byte);
        let held = std::mem::take(&mut self.held);
        self.state = State::Nothing;
        match held[..] {
            // A control character of eight bits, written as a character.
            [0xc2, single @ 0x80..0xa0] => self.single(single),
            _ if std::str::from_utf8(&held).is_ok() => give(Piece::Key(held)),
            _ => {}
        }
    }

    fn control(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        let is_console = self.held.len() == 2 && byte == b'[';
        match byte {
            // A report that is too long for a key is read to its end all the same.
            0x20..0x40 if self.held.len() >= LONGEST => {}
            0x20..0x40 => self.hold(byte, State::Control),
            _ if is_console => self.hold(byte, State::Control),
            b'M' if self.held.len() == 2 => self.hold(byte, State::Mouse(3)),
            0x40..0x7f => {
                self.held.push(byte);
                let held = std::mem::take(&mut self.held);
                self.state = State::Nothing;
                if held == BEGIN_PASTE {
                    self.state = State::Paste;
                } else if is_of_a_person(&held) {
                    give(Piece::Key(held));
                }
            }
            _ => self.again(byte, give),
        }
    }

    fn string(&mut self, introducer: Introducer, byte: u8, give: &mut impl FnMut(Piece)) {
        match byte {
            CTRL_C => self.again(byte, give),
            ESC => self.hold(byte, State::StringEscape),
            // BEL ends it, CAN and SUB cancel it.
            0x07 | 0x18 | 0x1a => self.drop_held(),
            0x9c if introducer == Introducer::Single => self.drop_held(),
            // What it says is not kept, but that it says something.
            _ => self.held.resize(3, 0),
        }
    }

    fn pasted(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        if self.held.len() < MOST_PASTED + END_PASTE.len() {
            self.held.push(byte);
        }
        self.ended = match self.ended {
            ended if byte == END_PASTE[ended] => ended + 1,
            _ => usize::from(byte == ESC),
        };
        if self.ended == END_PASTE.len() {
            let held = std::mem::take(&mut self.held);
            self.drop_held();
            self.paste(held.strip_suffix(END_PASTE).unwrap_or(&held), give);
        }
    }

    fn paste(&mut self, bytes: &[u8], give: &mut impl FnMut(Piece)) {
        self.ended = 0;
        let bytes = &bytes[..bytes.len().min(MOST_PASTED)];
        give(Piece::Paste(String::from_utf8_lossy(bytes).into_owned()));
    }

    fn hold(&mut self, byte: u8, state: State) {
        self.held.push(byte);
        self.state = state;
    }

    /// With this byte a key is whole.
    fn whole(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        self.held.push(byte);
        give(Piece::Key(std::mem::take(&mut self.held)));
        self.state = State::Nothing;
    }

    fn drop_held(&mut self) {
        self.held.clear();
        self.state = State::Nothing;
    }

    /// What has begun goes no further; the byte begins something new.
    fn again(&mut self, byte: u8, give: &mut impl FnMut(Piece)) {
        self.begin(byte, give);
    }
}

/// How many bytes follow the first one of a character.
fn continuations(first: u8) -> usize {
    match first {
        0xf0.. => 3,
        0xe0.. => 2,
        _ => 1,
    }
}

/// Whether a control sequence is a key or the mouse, and no report of the terminal.
fn is_of_a_person(sequence: &[u8]) -> bool {
    let [ESC, b'[', parameters @ .., last] = sequence else { return false };
    let are_numbers =
        |parameters: &[u8]| parameters.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'));
    // Columns and rows count from 1.
    let is_place = |parameters: &[u8]| {
        let numbers = parameters.split(|&byte| byte == b';');
        are_numbers(parameters)
            && numbers.clone().count() == 3
            && numbers
                .skip(1)
                .all(|number| number.iter().any(|digit| (b'1'..=b'9').contains(digit)))
    };
    match (parameters, last) {
        ([b'['], b'A'..=b'E') => true,
        ([b'<', place @ ..], b'M' | b'm') | (place, b'M') => is_place(place),
        (numbers, b'A'..=b'D' | b'F' | b'H' | b'P' | b'Q' | b'S' | b'Z' | b'~' | b'u') => {
            are_numbers(numbers)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
