//! What a source reads from: a file or a stream, its first bytes, where it stands and how far it was read.
//!
//! Knows nothing of formats.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::mem;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use super::budget::Counted;
use super::original::absolute;
use super::{BadRecord, Place, Progress, damage, shown, visible};

/// How many bytes are looked at to say what something is.
pub(super) const HEAD: u64 = 64 * 1024;

/// Files and members up to this size are read as a whole.
pub(super) const WHOLE: u64 = 16 << 20;

/// How many bytes a zip that lies in another archive may have, since it is copied to a temporary file.
const NESTED_ZIP: u64 = 4 << 30;

/// How it came that something is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A person named it.
    Named,
    /// It was met in a folder or in an archive.
    Met,
}

/// Something to be read, its kind not yet known.
pub(super) struct Input {
    pub(super) place: Place,
    pub(super) origin: Origin,
    pub(super) progress: Arc<Progress>,
    /// How many archives and compressed streams this lies in.
    pub(super) depth: usize,
    head: Vec<u8>,
    /// The file of the dataset whose bytes these are, as they are.
    file: Option<Arc<str>>,
    /// Where a copy is kept of what can be read only once.
    copy: Option<Copy>,
    body: Body,
}

/// Standard input as a file without a name, from when it was copied.
pub(super) type Copy = Arc<OnceLock<File>>;

/// Bytes without end in sight; `Send`, since a load has its own thread.
pub(super) type Stream = Box<dyn Read + Send>;

enum Body {
    File(File, Arc<Meter>),
    Stream(Stream),
}

/// Counts what is read of one file into the progress; what is never read counts when the file is closed.
#[derive(Debug)]
pub(super) struct Meter {
    progress: Arc<Progress>,
    size: u64,
    read: AtomicU64,
}

/// The rest of a stream that has failed: tells so once.
pub(super) struct Broken(pub(super) Option<io::Error>);

/// A reader whose bytes are counted.
pub(super) struct Metered<R> {
    pub(super) reader: R,
    pub(super) meter: Arc<Meter>,
}

impl Input {
    /// Opens a file by the path that a person named.
    pub(super) fn named(path: &Path, progress: &Arc<Progress>) -> Result<Self, BadRecord> {
        Self::file(path, Origin::Named, progress)
    }

    /// Opens a file that was met in a folder.
    pub(super) fn met(path: &Path, progress: &Arc<Progress>) -> Result<Self, BadRecord> {
        Self::file(path, Origin::Met, progress)
    }

    /// Standard input, or what was kept of it when it was read for the first time.
    pub(super) fn standard(name: Arc<str>, copy: &Copy, progress: &Arc<Progress>) -> Self {
        let meter = Arc::new(Meter::new(Arc::clone(progress), 0));
        let rewound = |copy: &File| {
            let mut file = copy.try_clone().ok()?;
            file.rewind().ok()?;
            Some(file)
        };
        let (copy, body) = if let Some(file) = copy.get().and_then(rewound) {
            (None, Body::File(file, meter))
        } else {
            let stream = Box::new(Metered { reader: io::stdin(), meter });
            (Some(Arc::clone(copy)), Body::Stream(stream))
        };
        Self {
            place: Place { file: name, within: String::new() },
            origin: Origin::Named,
            progress: Arc::clone(progress),
            depth: 0,
            head: Vec::new(),
            file: None,
            copy,
            body,
        }
    }

    /// Bytes that are part of the program.
    pub(super) fn embedded(name: &str, bytes: &'static [u8], progress: &Arc<Progress>) -> Self {
        let meter = Arc::new(Meter::new(Arc::clone(progress), bytes.len() as u64));
        Self {
            place: Place { file: name.into(), within: String::new() },
            origin: Origin::Named,
            progress: Arc::clone(progress),
            depth: 0,
            head: Vec::new(),
            file: None,
            copy: None,
            body: Body::Stream(Box::new(Metered { reader: bytes, meter })),
        }
    }

    /// An input at the same place, without a byte.
    fn shell(&self) -> Self {
        Self {
            place: self.place.clone(),
            origin: self.origin,
            progress: Arc::clone(&self.progress),
            depth: self.depth,
            head: Vec::new(),
            file: None,
            copy: None,
            body: Body::Stream(Box::new(io::empty())),
        }
    }

    /// What lies in this one, once it is unpacked.
    pub(super) fn holding(&self, stream: Stream) -> Self {
        let stream = Box::new(Counted::new(stream, &self.progress));
        Self { depth: self.depth + 1, body: Body::Stream(stream), ..self.shell() }
    }

    /// This input without its bytes, and the bytes.
    pub(super) fn emptied(self) -> (Self, Stream) {
        (self.shell(), self.into_stream())
    }

    /// A member of an archive that stands at `place`, `depth` archives deep.
    pub(super) fn member(
        place: Place,
        depth: usize,
        progress: &Arc<Progress>,
        stream: Stream,
    ) -> Self {
        Self {
            place,
            origin: Origin::Met,
            progress: Arc::clone(progress),
            depth,
            head: Vec::new(),
            file: None,
            copy: None,
            body: Body::Stream(Box::new(Counted::new(stream, progress))),
        }
    }

    fn file(path: &Path, origin: Origin, progress: &Arc<Progress>) -> Result<Self, BadRecord> {
        let place = Place { file: shown(path).into(), within: String::new() };
        match File::open(path).and_then(|file| Ok((file.metadata()?.len(), file))) {
            Ok((size, file)) => Ok(Self {
                place,
                origin,
                progress: Arc::clone(progress),
                depth: 0,
                head: Vec::new(),
                file: absolute(path),
                copy: None,
                body: Body::File(file, Arc::new(Meter::new(Arc::clone(progress), size))),
            }),
            Err(error) => {
                progress.notice(&error);
                Err(place.bad(format!("cannot be opened: {error}")))
            }
        }
    }

    /// The first bytes, up to 64 KiB; fewer only when there are no more.
    pub(super) fn head(&mut self) -> io::Result<&[u8]> {
        if self.head.is_empty() {
            match &mut self.body {
                Body::File(file, _) => {
                    file.take(HEAD).read_to_end(&mut self.head)?;
                    file.seek(SeekFrom::Start(0))?;
                }
                Body::Stream(stream) => {
                    let read = stream.take(HEAD).read_to_end(&mut self.head);
                    match read {
                        Ok(_) => {}
                        Err(error) if self.head.is_empty() => return Err(error),
                        // What came before the failure is as good as ever.
                        Err(error) => self.body = Body::Stream(Box::new(Broken(Some(error)))),
                    }
                }
            }
        }
        Ok(&self.head)
    }

    /// All bytes of a file that is not large, without counting it as read.
    pub(super) fn read_whole(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        if let Body::File(file, _) = &mut self.body {
            file.take(WHOLE).read_to_end(bytes)?;
            file.seek(SeekFrom::Start(0))?;
        }
        Ok(())
    }

    /// The absolute path of the file of the dataset whose bytes these are, as they are.
    pub(super) fn original(&self) -> Option<&Arc<str>> {
        self.file.as_ref()
    }

    /// Whether as much can be read as somebody cares to send, out of an archive or a pipe.
    pub(super) fn is_stream(&self) -> bool {
        matches!(self.body, Body::Stream(_))
    }

    /// All bytes in their order.
    pub(super) fn into_stream(self) -> Stream {
        self.body.into_stream(self.head)
    }

    /// The same input; of one that can be read only once a copy is kept, should the load begin again.
    pub(super) fn kept(mut self) -> io::Result<Self> {
        if self.copy.is_some() {
            let empty = Body::Stream(Box::new(io::empty()));
            let whole = Self { body: mem::replace(&mut self.body, empty), ..self.shell() };
            let whole = Self { head: mem::take(&mut self.head), copy: self.copy.take(), ..whole };
            let (file, meter) = whole.into_file()?;
            self.body = Body::File(file, meter);
        }
        Ok(self)
    }

    /// All bytes as a file; a stream is copied to a temporary file without a name.
    pub(super) fn into_file(self) -> io::Result<(File, Arc<Meter>)> {
        let most = if self.depth == 0 { u64::MAX } else { NESTED_ZIP };
        let stream = match self.body {
            Body::File(file, meter) => return Ok((file, meter)),
            Body::Stream(_) => self.body.into_stream(self.head),
        };
        let (mut file, mut stream) = (tempfile::tempfile()?, stream.take(most));
        // By pieces, so that a load can be cancelled meanwhile.
        while io::copy(&mut stream.by_ref().take(HEAD * 16), &mut file)? > 0 {
            if self.progress.cancelled.load(Relaxed) {
                return Err(io::ErrorKind::Interrupted.into());
            }
        }
        if stream.limit() == 0 {
            return Err(io::Error::other("an archive in an archive, larger than 4 GiB"));
        }
        file.rewind()?;
        if let Some(copy) = &self.copy {
            _ = copy.set(file.try_clone()?);
        }
        Ok((file, Arc::new(Meter::new(Arc::default(), 0))))
    }
}

impl Body {
    /// All bytes in their order, of which `head` was read already where this is a stream.
    fn into_stream(self, head: Vec<u8>) -> Stream {
        match self {
            Self::File(reader, meter) => Box::new(Metered { reader, meter }),
            Self::Stream(stream) => Box::new(io::Cursor::new(head).chain(stream)),
        }
    }
}

impl Place {
    /// A bad record that stands here.
    pub(super) fn bad(self, reason: impl Into<String>) -> BadRecord {
        BadRecord { place: self, reason: reason.into() }
    }

    /// Says that what stands here had to be copied to a file, which failed.
    pub(super) fn no_copy(self, progress: &Progress, error: &io::Error) -> BadRecord {
        progress.notice(error);
        if damage::is_noted(error) || error.raw_os_error().is_none() {
            return self.bad(format!("cannot be unpacked: {}", visible(&error.to_string())));
        }
        let folder = std::env::temp_dir();
        let reason = format!("cannot be copied to {}, make room there: {error}", folder.display());
        self.bad(visible(&reason))
    }

    /// The place `part` within this one.
    pub(super) fn within(&self, part: &str) -> Self {
        let gap = if self.within.is_empty() || part.is_empty() { "" } else { " " };
        Self { file: Arc::clone(&self.file), within: format!("{}{gap}{part}", self.within) }
    }
}

impl Meter {
    fn new(progress: Arc<Progress>, size: u64) -> Self {
        Self { progress, size, read: AtomicU64::new(0) }
    }

    pub(super) fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    pub(super) fn count(&self, bytes: usize) {
        self.read.fetch_add(bytes as u64, Relaxed);
        self.progress.bytes.fetch_add(bytes as u64, Relaxed);
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if !self.progress.cancelled.load(Relaxed) {
            let unread = self.size.saturating_sub(self.read.load(Relaxed));
            self.progress.bytes.fetch_add(unread, Relaxed);
        }
    }
}

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.meter.count(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(parts: &[&[u8]], failure: Option<io::Error>) -> Stream {
        Box::new(io::Cursor::new(parts.concat()).chain(Broken(failure)))
    }

    fn member(stream: Stream) -> Input {
        let place = Place { file: "f".into(), within: "member m".to_owned() };
        Input::member(place, 1, &Arc::default(), stream)
    }

    #[test]
    fn the_head_is_read_again_with_the_rest() {
        let long: &'static [u8] = &[b'x'; 100];
        let mut input = member(stream(&[long; 1000], None));
        assert_eq!(input.head().unwrap().len() as u64, HEAD);
        let mut all = Vec::new();
        input.into_stream().read_to_end(&mut all).unwrap();
        assert_eq!(all.len(), 100_000);
    }

    #[test]
    fn a_failure_in_the_head_is_told_after_what_came_before() {
        let mut input = member(stream(&[b"abc"], Some(io::Error::other("torn"))));
        assert_eq!(input.head().unwrap(), b"abc");
        let mut all = Vec::new();
        let failure = input.into_stream().read_to_end(&mut all).unwrap_err();
        assert_eq!((all.as_slice(), failure.to_string().as_str()), (b"abc".as_slice(), "torn"));
        assert!(member(stream(&[], Some(io::Error::other("torn")))).head().is_err());
    }

    #[test]
    fn a_file_that_is_closed_early_counts_whole() {
        let progress = Arc::<Progress>::default();
        let meter = Arc::new(Meter::new(Arc::clone(&progress), 10));
        let mut reader = Metered { reader: io::Cursor::new([0; 10]), meter };
        reader.read_exact(&mut [0; 4]).unwrap();
        assert_eq!(progress.bytes.load(Relaxed), 4);
        drop(reader);
        assert_eq!(progress.bytes.load(Relaxed), 10);
    }

    #[test]
    fn places_are_put_together() {
        let place = Place { file: "f".into(), within: String::new() };
        let member = place.within("member m");
        assert_eq!(member.within("line 2").within, "member m line 2");
        assert_eq!(member.within("").within, "member m");
    }
}
