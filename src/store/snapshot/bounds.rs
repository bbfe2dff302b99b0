//! What the numbers and texts of a snapshot keep to, so that they can be used as places and shown.
//!
//! Checksums tell damage, not intent: whoever can write the file can make them right. So every array whose numbers are
//! places in another one is held to the length of that one, in the same pass that compares the checksums. What is cheap to
//! test where it is used, such as the place of a record, is tested there.

use bytemuck::Pod;

use super::Damage;
use crate::store::array::Array;
use crate::store::pool::{Bitmaps, Lists, Strings};

/// What one array keeps to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Below(Below),
    /// No number is below the one before it, and none is above this one.
    Ascending(u32),
    /// No control characters, and none that reorder a line.
    Harmless,
}

/// That every number of an array, or of one column of a table, is below a limit.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Below {
    columns: usize,
    column: usize,
    /// Is added before the comparison: 1 where the greatest number stands for nothing.
    shift: u32,
    /// The bits that are the number.
    mask: u32,
    /// What they are below, after the shift.
    limit: u32,
}

impl Below {
    pub(in crate::store) fn limit(limit: usize) -> Self {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Self { columns: 1, column: 0, shift: 0, mask: u32::MAX, limit }
    }

    /// The greatest number may stand too, for nothing.
    pub(in crate::store) fn or_none(self) -> Self {
        Self { shift: 1, limit: self.limit.saturating_add(1), ..self }
    }

    /// Only these bits are the number.
    pub(in crate::store) fn masked(self, mask: u32) -> Self {
        Self { mask, ..self }
    }

    /// Only one column of a table is meant.
    pub(in crate::store) fn in_column(self, column: usize) -> Self {
        Self { column, ..self }
    }
}

/// A rule and the bytes of the file that it is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) rule: Rule,
}

/// Takes the rules of a store that was read.
#[derive(Debug)]
pub(in crate::store) struct Bounds {
    bounds: Vec<Bound>,
    fits: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bounds: Vec::new(), fits: true }
    }
}

impl Bounds {
    /// Something that is known already has to hold.
    pub(in crate::store) fn holds(&mut self, fits: bool) {
        self.fits &= fits;
    }

    /// All numbers keep to the rule. Each element of `array` is a row of them.
    pub(in crate::store) fn numbers<T: Pod>(&mut self, array: &Array<T>, below: Below) {
        let columns = size_of::<T>() / size_of::<u32>();
        self.bound(array, Rule::Below(Below { columns, ..below }));
    }

    /// So many lists of such numbers.
    pub(in crate::store) fn lists(&mut self, lists: &Lists, count: usize, below: Below) {
        self.ends(&lists.ends, count, lists.elements.len());
        self.numbers(&lists.elements, below);
    }

    /// So many strings. Whether they are UTF-8 is seen when they are read.
    pub(in crate::store) fn strings(&mut self, strings: &Strings, count: usize) {
        self.ends(&strings.ends, count, strings.text.len());
    }

    /// So many strings that are shown as they are.
    pub(in crate::store) fn shown(&mut self, strings: &Strings, count: usize) {
        self.strings(strings, count);
        self.bound(&strings.text, Rule::Harmless);
    }

    /// Whether they are sets is seen when they are read.
    pub(in crate::store) fn sets(&mut self, sets: &Bitmaps, count: usize) {
        self.ends(&sets.ends, count, sets.bytes.len());
    }

    /// Says where each of so many things ends among so many elements.
    pub(in crate::store) fn ends(&mut self, ends: &Array<u32>, count: usize, elements: usize) {
        self.holds(ends.len() == count);
        self.bound(ends, Rule::Ascending(u32::try_from(elements).unwrap_or(u32::MAX)));
    }

    fn bound<T: Pod>(&mut self, array: &Array<T>, rule: Rule) {
        if let &Array::Mapped { start, bytes, .. } = array {
            self.bounds.push(Bound { start: start as u64, bytes: bytes as u64, rule });
        }
    }

    pub(super) fn finish(self) -> Result<Vec<Bound>, Damage> {
        if self.fits { Ok(self.bounds) } else { Err(Damage::Misfit) }
    }
}

/// What of an array was looked at before: how many bytes, and the last ones of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    bytes: usize,
    last: [u8; 4],
}

impl Before {
    /// Begins behind the first bytes of an array.
    pub(super) fn new(first: &[u8]) -> Self {
        let mut before = Self { bytes: 0, last: [0; 4] };
        before.pass(first);
        before
    }

    /// Moves behind more bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        for &byte in &bytes[bytes.len().saturating_sub(4)..] {
            self.last.rotate_left(1);
            self.last[3] = byte;
        }
    }
}

impl Rule {
    /// Whether the next bytes of an array keep to it; they begin at an address that is a multiple of four.
    pub(super) fn holds(self, before: Before, bytes: &[u8]) -> bool {
        if let Self::Harmless = self {
            return is_harmless(before.last, bytes);
        }
        let Ok(numbers) = bytemuck::try_cast_slice::<u8, u32>(bytes) else { return false };
        let is_aligned = before.bytes.is_multiple_of(size_of::<u32>());
        let place = before.bytes / size_of::<u32>();
        is_aligned
            && match self {
                Self::Below(rule) => rule.holds(place, numbers),
                Self::Ascending(most) => {
                    let first = if place == 0 { 0 } else { u32::from_ne_bytes(before.last) };
                    let begins = numbers.first().is_none_or(|&number| number >= first);
                    begins && numbers.is_sorted() && numbers.last().is_none_or(|&last| last <= most)
                }
                Self::Harmless => true,
            }
    }
}

impl Below {
    fn holds(self, place: usize, numbers: &[u32]) -> bool {
        let exceeds = |number: u32| number.wrapping_add(self.shift) & self.mask >= self.limit;
        if self.columns == 1 {
            return !numbers.iter().fold(false, |found, &number| found | exceeds(number));
        }
        let skipped = (self.column + self.columns - place % self.columns) % self.columns;
        !numbers.iter().skip(skipped).step_by(self.columns).any(|&number| exceeds(number))
    }
}

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// Whether a text has no control characters and none that reorder a line. `before` are the bytes before it.
fn is_harmless(before: [u8; 4], text: &[u8]) -> bool {
    let mut last = before;
    for block in text.chunks(BLOCK) {
        let is_plain = block.iter().fold(true, |plain, &byte| plain & (0x20..0x7f).contains(&byte));
        if is_plain {
            last = [0; 4];
            continue;
        }
        for &byte in block {
            let [_, _, second, first] = last;
            let is_harmful = matches!(
                (second, first, byte),
                (_, _, ..0x20 | 0x7f)
                    | (_, 0xc2, 0x80..0xa0)
                    | (_, 0xd8, 0x9c)
                    | (0xe2, 0x80, 0x8e | 0x8f | 0xa8..=0xae)
                    | (0xe2, 0x81, 0xa6..=0xa9)
            );
            if is_harmful {
                return false;
            }
            last = [0, second, first, byte];
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Looks at `bytes` in pieces of so many numbers.
    fn holds(rule: Rule, numbers: &[u32], step: usize) -> bool {
        let mut before = Before::new(&[]);
        numbers.chunks(step).all(|piece| {
            let bytes = bytemuck::cast_slice(piece);
            let holds = rule.holds(before, bytes);
            before.pass(bytes);
            holds
        })
    }

    proptest! {
        #[test]
        fn rules_hold_in_whatever_pieces(
            numbers in prop::collection::vec(prop_oneof![0..6_u32, Just(u32::MAX)], 0..20),
            step in 1..8_usize,
            limit in 0..7_usize,
        ) {
            let all = |test: &dyn Fn(u32) -> bool| numbers.iter().all(|&number| test(number));
            let is_below = |it: u32| (it as usize) < limit;
            let keeps = |rule: Below| holds(Rule::Below(rule), &numbers, step);
            let below = Below::limit(limit);
            prop_assert_eq!(keeps(below), all(&is_below));
            prop_assert_eq!(keeps(below.or_none()), all(&|it| it == u32::MAX || is_below(it)));
            prop_assert_eq!(keeps(below.masked(3)), all(&|it| is_below(it & 3)));
            let second = Below { columns: 3, ..below.in_column(1) };
            let mut column = numbers.iter().skip(1).step_by(3);
            prop_assert_eq!(keeps(second), column.all(|&it| is_below(it)));
            let most = limit as u32;
            let ascends = numbers.is_sorted() && all(&|it| it <= most);
            prop_assert_eq!(holds(Rule::Ascending(most), &numbers, step), ascends);
        }

        #[test]
        fn texts_are_harmless_in_whatever_pieces(
            text in "[a-z \u{e9}\u{1f600}\u{96e8}]{0,90}[a\u{9b}\n\u{202e}\u{2066}\u{61c}\u{2010}\u{a0}]?[a-z]{0,90}",
            step in 1..100_usize,
        ) {
            let harmful = |c: char| c.is_control() || "\u{202e}\u{2066}\u{61c}".contains(c);
            let mut before = Before::new(&[]);
            let found = text.as_bytes().chunks(step).all(|piece| {
                let holds = Rule::Harmless.holds(before, piece);
                before.pass(piece);
                holds
            });
            prop_assert_eq!(found, !text.contains(harmful));
        }
    }
}
