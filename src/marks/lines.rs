//! The bytes of a collection as events, and the lines that do not count. Lines are never changed.

use super::event::Event;
use super::line::{self, Unread};

/// A line that does not count. It stays in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// From 1.
    pub line: u64,
    pub reason: String,
}

/// What the lines of a file say.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) events: Vec<Event>,
    pub(super) damage: Vec<Damage>,
    /// The newest version that a line has, if this program does not know it.
    pub(super) newer: Option<u32>,
    /// Complete lines, and how many bytes they are.
    pub(super) count: u64,
    pub(super) bytes: u64,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Lines {
    /// Reads lines of which the first is line `first`, from 1. A last line without an end counts if it is whole.
    pub(super) fn read(bytes: &[u8], first: u64) -> Self {
        let mut lines = Self::default();
        for (number, line) in (first..).zip(bytes.split_inclusive(|&byte| byte == b'\n')) {
            if line.ends_with(b"\n") {
                lines.count += 1;
                lines.bytes += line.len() as u64;
            }
            // Some editors put a mark of the encoding before everything.
            let line = line.strip_prefix(BYTE_ORDER_MARK).filter(|_| number == 1).unwrap_or(line);
            lines.take(number, line.trim_ascii());
        }
        lines
    }

    fn take(&mut self, number: u64, line: &[u8]) {
        if line.is_empty() {
            return;
        }
        let reason = match line::read(line) {
            Ok(event) => return self.events.push(event),
            Err(Unread::Newer(version)) => {
                self.newer = self.newer.max(Some(version));
                format!("a newer version of trialdex wrote it (form {version})")
            }
            Err(Unread::Damaged(reason)) => reason,
        };
        self.damage.push(Damage { line: number, reason });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: &str =
        r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z","id":"NCT00000001","seen":true}"#;

    #[test]
    fn damaged_lines_cost_themselves_alone() {
        let text = format!("{SEEN}\n{{\"v\":1,\n\n{SEEN}\r\n{{\"v\":3}}\n{SEEN}");
        let lines = Lines::read(text.as_bytes(), 5);
        let damaged: Vec<u64> = lines.damage.iter().map(|damage| damage.line).collect();
        assert_eq!((lines.events.len(), damaged, lines.newer), (3, vec![6, 9], Some(3)));
        assert_eq!((lines.count, lines.bytes), (5, (text.len() - SEEN.len()) as u64));
    }

    #[test]
    fn a_byte_order_mark_is_no_damage_at_the_beginning() {
        let text = format!("\u{feff}{SEEN}\n\u{feff}{SEEN}\n");
        let lines = Lines::read(text.as_bytes(), 1);
        assert_eq!((lines.events.len(), lines.damage.len(), lines.damage[0].line), (1, 1, 2));
    }
}
