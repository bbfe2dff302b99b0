//! Whether bytes of a snapshot are those that were written.

use std::fs::File;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;

use super::{Damage, piece};
use crate::store::map::Map;

/// Neighbouring bytes and what their checksum has to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) checksum: u32,
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

/// Compares the checksum of every part, without keeping what is read in memory.
pub(super) fn check(file: &File, map: &Map, parts: &[Part], cores: Cores) -> Result<(), Damage> {
    let (next, wrong) = (AtomicUsize::new(0), AtomicBool::new(false));
    let check = || {
        let mut buffer = vec![0; 1 << 18];
        while let Some(part) = parts.get(next.fetch_add(1, Relaxed)) {
            if checksum(file, map, part, &mut buffer) != Some(part.checksum) {
                wrong.store(true, Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        (1..cores.count()).for_each(|_| _ = scope.spawn(check));
        check();
    });
    if wrong.load(Relaxed) { Err(Damage::Checksum) } else { Ok(()) }
}

/// The checksum of a part; `None` when it is not there or cannot be read.
fn checksum(file: &File, map: &Map, part: &Part, buffer: &mut [u8]) -> Option<u32> {
    let whole = piece(map, part.start, part.bytes)?;
    let mut hasher = crc32fast::Hasher::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileExt as _;
        let mut at = part.start;
        for chunk in whole.chunks(buffer.len()) {
            let buffer = &mut buffer[..chunk.len()];
            file.read_exact_at(buffer, at).ok()?;
            hasher.update(buffer);
            at += chunk.len() as u64;
        }
    }
    #[cfg(not(unix))]
    {
        _ = (file, buffer);
        hasher.update(whole);
    }
    Some(hasher.finalize())
}
