//! A file mapped into memory: the one place that has to trust something beyond the language.

use std::fmt;
use std::fs::File;
use std::io;

use memmap2::Mmap;

/// The bytes of a whole file.
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a file that nobody writes to.
    ///
    /// Snapshots are written beside their final name, renamed when they are whole, and never changed
    /// after that; a newer one takes the name and leaves the mapped file as it is.
    #[expect(unsafe_code, reason = "the language cannot know that nobody changes the file")]
    pub(super) fn new(file: &File) -> io::Result<Self> {
        // SAFETY: no copy of this program writes to a snapshot once it has its name.
        Ok(Self(unsafe { Mmap::map(file)? }))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Map of {} bytes", self.0.len())
    }
}
