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
    Numbers(Numbers),
    /// No number is below the one before it, and none is above this one.
    Ascending(u32),
    /// No control characters, and none that reorder a line.
    Harmless,
}

/// What every number, or every number of one column of a table, keeps to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    columns: usize,
    column: usize,
    /// Is added before the comparison: 1 where the greatest number stands for nothing.
    shift: u32,
    /// The bits that are the number.
    mask: u32,
    most: u32,
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

    /// Numbers below `limit`.
    pub(in crate::store) fn below(&mut self, numbers: &Array<u32>, limit: usize) {
        self.numbers(numbers, limit, Numbers::default());
    }

    /// Numbers below `limit`, or the greatest one, which stands for nothing.
    pub(in crate::store) fn below_or_none(&mut self, numbers: &Array<u32>, limit: usize) {
        self.numbers(numbers, limit, Numbers { shift: 1, ..Numbers::default() });
    }

    /// Numbers of which some bits are below `limit`.
    pub(in crate::store) fn masked(&mut self, numbers: &Array<u32>, mask: u32, limit: usize) {
        self.numbers(numbers, limit, Numbers { mask, ..Numbers::default() });
    }

    /// The numbers of one column are below `limit`.
    pub(in crate::store) fn column<const N: usize>(
        &mut self,
        rows: &Array<[u32; N]>,
        column: usize,
        limit: usize,
    ) where
        [u32; N]: Pod,
    {
        self.numbers(rows, limit, Numbers { columns: N, column, ..Numbers::default() });
    }

    /// The same, or the greatest one, which stands for nothing.
    pub(in crate::store) fn column_or_none<const N: usize>(
        &mut self,
        rows: &Array<[u32; N]>,
        column: usize,
        limit: usize,
    ) where
        [u32; N]: Pod,
    {
        self.numbers(rows, limit, Numbers { columns: N, column, shift: 1, ..Numbers::default() });
    }

    /// So many lists of numbers below `limit`.
    pub(in crate::store) fn lists(&mut self, lists: &Lists, count: usize, limit: usize) {
        self.ends(&lists.ends, count, lists.elements.len());
        self.below(&lists.elements, limit);
    }

    /// The same, where the greatest number stands for nothing.
    pub(in crate::store) fn lists_or_none(&mut self, lists: &Lists, count: usize, limit: usize) {
        self.ends(&lists.ends, count, lists.elements.len());
        self.below_or_none(&lists.elements, limit);
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

    fn numbers<T: Pod>(&mut self, array: &Array<T>, limit: usize, numbers: Numbers) {
        let most = limit.checked_add(numbers.shift as usize).and_then(|most| most.checked_sub(1));
        match most {
            Some(most) => {
                let most = u32::try_from(most).unwrap_or(u32::MAX);
                self.bound(array, Rule::Numbers(Numbers { most, ..numbers }));
            }
            None => self.holds(array.is_empty()),
        }
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

impl Default for Numbers {
    fn default() -> Self {
        Self { columns: 1, column: 0, shift: 0, mask: u32::MAX, most: u32::MAX }
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
                Self::Numbers(rule) => rule.holds(place, numbers),
                Self::Ascending(most) => {
                    let first = if place == 0 { 0 } else { u32::from_ne_bytes(before.last) };
                    let begins = numbers.first().is_none_or(|&number| number >= first);
                    begins && numbers.is_sorted() && numbers.last().is_none_or(|&last| last <= most)
                }
                Self::Harmless => true,
            }
    }
}

impl Numbers {
    fn holds(self, place: usize, numbers: &[u32]) -> bool {
        let exceeds = |number: u32| number.wrapping_add(self.shift) & self.mask > self.most;
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
            most in 0..7_u32,
        ) {
            let all = |test: &dyn Fn(u32) -> bool| numbers.iter().all(|&number| test(number));
            let rule = Numbers { most, ..Numbers::default() };
            prop_assert_eq!(holds(Rule::Numbers(rule), &numbers, step), all(&|it| it <= most));
            let or_none = Numbers { shift: 1, ..rule };
            prop_assert_eq!(
                holds(Rule::Numbers(or_none), &numbers, step),
                all(&|it| it == u32::MAX || it < most)
            );
            let second = Numbers { columns: 3, column: 1, ..rule };
            let expected = numbers.iter().skip(1).step_by(3).all(|&it| it <= most);
            prop_assert_eq!(holds(Rule::Numbers(second), &numbers, step), expected);
            let masked = Numbers { mask: 3, ..rule };
            prop_assert_eq!(holds(Rule::Numbers(masked), &numbers, step), all(&|it| it & 3 <= most));
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
