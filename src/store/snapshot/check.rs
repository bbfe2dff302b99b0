//! Whether bytes of a snapshot are those that were written, and keep to the rules for them.

use std::fs::File;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;

use super::bounds::{Before, Bound, Rule};
use super::{Damage, Section, piece};
use crate::cores;
use crate::store::map::Map;

/// Neighbouring bytes of an array, what their checksum has to be, and what they keep to.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Where the array begins.
    pub(super) array: u64,
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) checksum: u32,
    pub(super) rules: Vec<Rule>,
}

impl Part {
    /// What of an array is its front.
    pub(super) fn front(section: &Section) -> Self {
        let Section { start, front: bytes, front_checksum: checksum, .. } = *section;
        Self { array: start, start, bytes, checksum, rules: Vec::new() }
    }

    /// What is not.
    pub(super) fn rest(section: &Section) -> Self {
        let bytes = section.bytes.saturating_sub(section.front);
        let (array, start) = (section.start, section.start.saturating_add(section.front));
        Self { array, start, bytes, checksum: section.rest_checksum, rules: Vec::new() }
    }
}

/// Which cores check a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cores {
    All,
    /// One is left to those who draw and answer meanwhile.
    AllButOne,
}

impl Cores {
    fn count(self) -> usize {
        let all = thread::available_parallelism().map_or(1, usize::from);
        match self {
            Self::All => all,
            Self::AllButOne => (all - 1).max(1),
        }
    }
}

/// Gives what is left of each array its rules, and holds the fronts to them, whose checksums were compared.
pub(super) fn bind(map: &Map, table: &[Section], bounds: &[Bound]) -> Result<Vec<Part>, Damage> {
    let bound = |section: &Section| {
        let own = bounds.iter().filter(|it| (it.start, it.bytes) == (section.start, section.bytes));
        let rules: Vec<Rule> = own.map(|bound| bound.rule).collect();
        let front = piece(map, section.start, section.front).ok_or(Damage::Misfit)?;
        let hold = rules.iter().all(|rule| rule.holds(Before::new(&[]), front));
        hold.then(|| Part { rules, ..Part::rest(section) }).ok_or(Damage::Misfit)
    };
    table.iter().map(bound).collect()
}

/// Compares the checksum of every part and holds it to its rules, without keeping what is read in memory.
pub(super) fn check(file: &File, map: &Map, parts: &[Part], cores: Cores) -> Result<(), Damage> {
    let next = AtomicUsize::new(0);
    let (wrong, misfit) = (AtomicBool::new(false), AtomicBool::new(false));
    let check = || {
        // Numbers are read out of it.
        let mut buffer = vec![0_u64; 1 << 15];
        while let Some(part) = parts.get(next.fetch_add(1, Relaxed)) {
            match look(file, map, part, bytemuck::cast_slice_mut(&mut buffer)) {
                Some(looked) if looked.checksum != part.checksum => wrong.store(true, Relaxed),
                Some(looked) => _ = misfit.fetch_or(!looked.keeps, Relaxed),
                None => wrong.store(true, Relaxed),
            }
        }
    };
    thread::scope(|scope| {
        (1..cores.count()).for_each(|_| _ = cores::spawn(scope, check));
        check();
    });
    match (wrong.load(Relaxed), misfit.load(Relaxed)) {
        (true, _) => Err(Damage::Checksum),
        (_, true) => Err(Damage::Misfit),
        _ => Ok(()),
    }
}

/// What a look at a part tells.
struct Looked {
    checksum: u32,
    /// Whether it keeps to its rules.
    keeps: bool,
}

/// Reads a part; `None` when it is not there or cannot be read.
fn look(file: &File, map: &Map, part: &Part, buffer: &mut [u8]) -> Option<Looked> {
    let whole = piece(map, part.start, part.bytes)?;
    let before = piece(map, part.array, part.start.checked_sub(part.array)?)?;
    let mut before = Before::new(before);
    let (mut hasher, mut keeps, mut at) = (crc32fast::Hasher::new(), true, part.start);
    for chunk in whole.chunks(buffer.len()) {
        let buffer = &mut buffer[..chunk.len()];
        fill(file, chunk, buffer, at)?;
        hasher.update(buffer);
        keeps &= part.rules.iter().all(|rule| rule.holds(before, buffer));
        before.pass(buffer);
        at += chunk.len() as u64;
    }
    Some(Looked { checksum: hasher.finalize(), keeps })
}

/// Reads bytes of the file, not of the map, which would keep them in memory.
#[cfg(unix)]
fn fill(file: &File, _: &[u8], buffer: &mut [u8], at: u64) -> Option<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at).ok()
}

#[cfg(not(unix))]
fn fill(_: &File, mapped: &[u8], buffer: &mut [u8], _: u64) -> Option<()> {
    buffer.copy_from_slice(mapped);
    Some(())
}
