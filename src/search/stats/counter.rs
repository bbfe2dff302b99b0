//! How often each key comes. Small keys, which nearly all are, cost an addition each.

use std::collections::BTreeMap;

/// Keys below this are small.
const SMALL: usize = 1 << 17;

pub(super) struct Counter {
    small: Vec<u32>,
    great: BTreeMap<u32, u32>,
}

impl Default for Counter {
    fn default() -> Self {
        Self { small: vec![0; SMALL], great: BTreeMap::new() }
    }
}

impl Counter {
    pub(super) fn add(&mut self, key: u32) {
        match self.small.get_mut(key as usize) {
            Some(count) => *count += 1,
            None => *self.great.entry(key).or_default() += 1,
        }
    }

    /// Every key that came, ascending, and how often.
    pub(super) fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        let small = (0..).zip(self.small.iter().copied()).filter(|&(_, count)| count > 0);
        small.chain(self.great.iter().map(|(&key, &count)| (key, count)))
    }
}
