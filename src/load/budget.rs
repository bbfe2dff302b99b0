//! How much may come out of what is packed, all archives and streams of a dataset together. Whatever unpacks to more is read no
//! further, and that is told; what was read before counts.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use super::Progress;

/// So much may come out of any dataset.
const ALWAYS: u64 = 256 << 20;
/// Records are packed to a tenth or so; more than this no compressor makes of them.
const RATIO: u64 = 1000;
/// A member counts as so many bytes at least, since reading none takes time too.
const LEAST: u64 = 1024;

/// What has come out so far, and whether that is too much.
#[derive(Debug, Default)]
pub(super) struct Budget {
    unpacked: AtomicU64,
    spent: AtomicBool,
}

impl Budget {
    pub(super) fn begin_again(&self) {
        self.unpacked.store(0, Relaxed);
        self.spent.store(false, Relaxed);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.spent.load(Relaxed)
    }
}

impl Progress {
    /// How many bytes may be unpacked in all.
    fn most_unpacked(&self) -> u64 {
        let files = self.total.load(Relaxed).max(self.bytes.load(Relaxed));
        match self.unpack_limit.load(Relaxed) {
            0 => files.saturating_mul(RATIO).saturating_add(ALWAYS),
            limit => limit,
        }
    }

    /// Counts bytes that were unpacked; says when they are too many.
    pub(super) fn unpacked(&self, bytes: u64) -> Result<(), String> {
        let before = self.budget.unpacked.fetch_add(bytes, Relaxed);
        let most = self.most_unpacked();
        if before.saturating_add(bytes) <= most {
            return Ok(());
        }
        self.budget.spent.store(true, Relaxed);
        // With a higher limit there is more in it: no index of this is kept.
        self.hindered.store(true, Relaxed);
        let most = most >> 20;
        Err(format!(
            "what is packed here unpacks to more than {most} MiB in all, and is read no further; --unpack-limit allows more"
        ))
    }

    /// The same for one member of an archive.
    pub(super) fn unpacked_member(&self, bytes: u64) -> Result<(), String> {
        self.unpacked(bytes.max(LEAST))
    }
}

/// What comes out of something packed.
pub(super) struct Counted<R> {
    packed: R,
    progress: Arc<Progress>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(packed: R, progress: &Arc<Progress>) -> Self {
        Self { packed, progress: Arc::clone(progress) }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.packed.read(buffer)?;
        self.progress.unpacked(count as u64).map_err(io::Error::other)?;
        Ok(count)
    }
}
