//! A store in one file: its arrays laid end to end, read by mapping them into memory.
//!
//! The file begins with a header, then come the copies of records, then the arrays, each at a
//! multiple of eight bytes, then a table that says where each array lies and what its checksums are: one of its
//! front, which is what a first frame can show, and one of the rest. Every record carries a checksum of its own.
//! A file that differs in anything is refused: what is lost with it is time, never an answer. So is one whose numbers
//! lead beyond what they are places in, whoever made its checksums right. Where snapshots lie and what they are of is
//! not known here.

mod bounds;
mod check;
mod stored;

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};
use tempfile::NamedTempFile;

use super::Store;
use super::array::Array;
use super::map::Map;
pub(super) use bounds::{Below, Bounds};
pub use check::Cores;
use check::{Part, bind, check};
pub(super) use stored::{Flat, Front, Sections, Stored, Writer, Written};

/// Grows with every change of what is written, in whatever order or meaning.
const FORMAT: u32 = 18;
const MAGIC: [u8; 8] = *b"trialdex";
/// Reads as another number on a machine that orders bytes the other way.
const ENDIANNESS: u32 = 0x0102_0304;
/// Where every array begins: a multiple of this.
const ALIGNMENT: u64 = 8;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What its files begin with.
    pub magic: [u8; 8],
    /// Grows with every change of what is written, in whatever order or meaning.
    pub format: u32,
}

const FORM: Form = Form { magic: MAGIC, format: FORMAT };

/// The index of the prose, which stands beside a snapshot.
pub(super) const PROSE: Form = Form { magic: *b"tdxprose", format: 2 };

/// Every kind of file that is made so.
const FORMS: [Form; 2] = [FORM, PROSE];

/// What stands at the beginning of the file.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Header {
    magic: [u8; 8],
    endianness: u32,
    format: u32,
    /// The version of the program, which may read values in another way than the one before.
    version: [u8; 16],
    /// The table of arrays: where it begins and its bytes.
    table: u64,
    table_bytes: u64,
    /// The length of the whole file.
    length: u64,
    table_checksum: u32,
    /// Of everything above.
    checksum: u32,
}

/// Where an array lies.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Section {
    start: u64,
    bytes: u64,
    /// So many bytes are its front.
    front: u64,
    front_checksum: u32,
    rest_checksum: u32,
}

/// What goes into a snapshot besides the store: what it is of, and remarks of whoever made it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Two snapshots of the same dataset have the same; opening compares it.
    pub identity: Vec<u8>,
    pub remarks: Vec<u8>,
}

/// Says why a snapshot is not used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Nothing is wrong with it.
    #[error("it was made by another version of trialdex")]
    OtherVersion,
    /// Nor with this one.
    #[error("its dataset has changed")]
    OtherDataset,
    #[error("it is damaged: {0}")]
    Damaged(#[from] Damage),
}

/// What is wrong with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("it is no snapshot")]
    NoSnapshot,
    #[error("it is cut off")]
    CutOff,
    #[error("a checksum does not hold")]
    Checksum,
    #[error("its parts do not fit together")]
    Misfit,
}

/// A snapshot that is being written, beside the name that it gets when it is whole.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
}

/// How the names of drafts begin, so that those of a program that was killed can be told.
pub const DRAFT_PREFIX: &str = ".draft-";

impl Draft {
    /// Begins a snapshot in `folder`. Only this user can read it. It is locked for as long as it is written.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        let mut file = tempfile::Builder::new().prefix(DRAFT_PREFIX).tempfile_in(folder)?;
        // Where files cannot be locked, a draft that was given up stays until somebody clears the cache.
        _ = file.as_file().try_lock();
        let unfinished = Header { magic: MAGIC, ..Header::zeroed() };
        file.write_all(bytemuck::bytes_of(&unfinished))?;
        Ok(Self { file })
    }

    /// Where copies of the records of the store that is being built are to be written. Whatever was written there
    /// before is dropped.
    pub fn records(&self) -> io::Result<File> {
        self.file.as_file().set_len(size_of::<Header>() as u64)?;
        self.file.as_file().try_clone()
    }

    /// Completes the snapshot of a store whose records were written to it, and names it `path`.
    ///
    /// When that fails, nothing remains of it but what the store has open.
    pub fn finish(self, store: &Store, about: &About, path: &Path) -> io::Result<()> {
        store.records.refused()?;
        self.write(FORM, |out| {
            Array::from(about.identity.clone()).write_front(out, Front::Whole)?;
            Array::from(about.remarks.clone()).write_front(out, Front::Whole)?;
            store.write(out)
        })?
        .persist(path)?;
        Ok(())
    }

    /// Completes a file of another form, names it `path`, and opens it as `open` does. Without a path it gets no name.
    pub(super) fn finish_as<T>(
        self,
        form: Form,
        path: Option<&Path>,
        write: impl FnOnce(&mut Writer) -> io::Result<()>,
        open: impl FnOnce(&Path) -> Result<T, SnapshotError>,
    ) -> Result<T, SnapshotError> {
        let file = self.write(form, write)?;
        match path {
            Some(path) => {
                file.persist(path).map_err(io::Error::from)?;
                open(path)
            }
            None => open(file.path()),
        }
    }

    /// Writes the arrays and what stands before them.
    fn write(
        mut self,
        form: Form,
        write: impl FnOnce(&mut Writer) -> io::Result<()>,
    ) -> io::Result<NamedTempFile> {
        let at = self.file.seek(SeekFrom::End(0))?;
        let mut out = Writer::new(BufWriter::with_capacity(1 << 20, self.file.as_file()), at);
        write(&mut out)?;
        let header = out.finish(form)?;
        self.file.rewind()?;
        self.file.write_all(bytemuck::bytes_of(&header))?;
        Ok(self.file)
    }
}

/// Whether the file at `path` begins as snapshots, their drafts and what is kept beside them do.
pub fn is_marked(path: &Path) -> bool {
    let mut magic = [0; MAGIC.len()];
    let is_read = File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok());
    is_read && FORMS.iter().any(|form| form.magic == magic)
}

/// Whether nobody writes the draft at `path` any more, because the program that did was killed.
pub fn is_given_up(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// A file without a name, for the records of a store that no snapshot is made of.
pub fn nameless() -> io::Result<File> {
    tempfile::tempfile()
}

/// A snapshot whose front is as it was written.
#[derive(Debug)]
pub struct Opened {
    /// What it says of the [`FRONT`](super::FRONT) studies that are newest, and of all of them together, can be
    /// trusted; everything else once [`rest`](Self::rest) has been checked.
    pub store: Store,
    pub remarks: Vec<u8>,
    pub rest: Rest,
}

/// What of a snapshot is still to be checked.
#[derive(Debug)]
pub struct Rest {
    file: File,
    map: Arc<Map>,
    parts: Vec<Part>,
}

impl Rest {
    /// Where in the file it lies.
    pub fn unchecked(&self) -> impl Iterator<Item = Range<u64>> {
        self.parts.iter().map(|part| part.start..part.start.saturating_add(part.bytes))
    }

    /// Takes as long as reading it: about 45 ms for a gigabyte on two cores.
    pub fn check(self, cores: Cores) -> Result<(), SnapshotError> {
        Ok(check(&self.file, &self.map, &self.parts, cores)?)
    }
}

/// Opens the snapshot at `path`, which must be of the dataset that `identity` says.
pub fn open(path: &Path, identity: &[u8]) -> Result<Opened, SnapshotError> {
    let Arrays { file, map, table } = open_as(path, identity, FORM)?;
    let mut sections = Sections::new(Arc::clone(&map), table.clone());
    let _identity: Array<u8> = Stored::read(&mut sections)?;
    let remarks: Array<u8> = Stored::read(&mut sections)?;
    let store = Store::read(&mut sections)?;
    sections.finish()?;
    let mut bounds = Bounds::default();
    store.bind(&mut bounds);
    let parts = bind(&map, &table, &bounds.finish()?)?;
    Ok(Opened { store, remarks: remarks.to_vec(), rest: Rest { file, map, parts } })
}

/// The arrays of a file, of which the fronts are as they were written.
pub(super) struct Arrays {
    file: File,
    pub(super) map: Arc<Map>,
    pub(super) table: Vec<Section>,
}

impl Arrays {
    /// Checks what is no front, and holds everything to the rules.
    pub(super) fn check(&self, bounds: Bounds, cores: Cores) -> Result<(), Damage> {
        let parts = bind(&self.map, &self.table, &bounds.finish()?)?;
        check(&self.file, &self.map, &parts, cores)
    }
}

/// Opens a file of that form, whose first array is what it is of.
pub(super) fn open_as(path: &Path, identity: &[u8], form: Form) -> Result<Arrays, SnapshotError> {
    if !path.metadata()?.is_file() {
        return Err(Damage::NoSnapshot.into());
    }
    let mut file = File::open(path)?;
    let header = header(&mut file, form)?;
    let length = file.metadata()?.len();
    if length != header.length {
        return Err(Damage::CutOff.into());
    }
    let map = Arc::new(Map::new(&file)?);
    let table = piece(&map, header.table, header.table_bytes).ok_or(Damage::Misfit)?;
    if crc32fast::hash(table) != header.table_checksum {
        return Err(Damage::Checksum.into());
    }
    let table: Vec<Section> = bytemuck::try_cast_slice(table).map_err(|_| Damage::Misfit)?.to_vec();
    if let Some(section) = table.first()
        && piece(&map, section.start, section.bytes) != Some(identity)
    {
        return Err(SnapshotError::OtherDataset);
    }
    let fronts: Vec<Part> = table.iter().map(Part::front).collect();
    check(&file, &map, &fronts, Cores::All)?;
    Ok(Arrays { file, map, table })
}

/// What the file at `path` is of, whatever its form, when it can be told.
pub fn identity(path: &Path) -> Result<Vec<u8>, SnapshotError> {
    let mut file = File::open(path)?;
    let mut magic = [0; MAGIC.len()];
    file.read_exact(&mut magic).map_err(|_| Damage::CutOff)?;
    file.rewind()?;
    let form = FORMS.into_iter().find(|form| form.magic == magic).unwrap_or(FORM);
    let header = header(&mut file, form)?;
    let mut section = Section::zeroed();
    file.seek(SeekFrom::Start(header.table))?;
    file.read_exact(bytemuck::bytes_of_mut(&mut section))?;
    let length = file.metadata()?.len();
    if section.start.saturating_add(section.bytes) > length {
        return Err(Damage::Misfit.into());
    }
    file.seek(SeekFrom::Start(section.start))?;
    let mut identity = Vec::new();
    file.take(section.bytes).read_to_end(&mut identity)?;
    // All of it is front.
    let holds = crc32fast::hash(&identity) == section.front_checksum;
    if holds { Ok(identity) } else { Err(Damage::Checksum.into()) }
}

fn header(file: &mut File, form: Form) -> Result<Header, SnapshotError> {
    let mut header = Header::zeroed();
    file.read_exact(bytemuck::bytes_of_mut(&mut header)).map_err(|_| Damage::CutOff)?;
    if header.magic != form.magic {
        return Err(Damage::NoSnapshot.into());
    }
    if header.endianness != ENDIANNESS
        || header.format != form.format
        || header.version != version()
    {
        return Err(SnapshotError::OtherVersion);
    }
    if header.checksum != header.own_checksum() {
        return Err(Damage::Checksum.into());
    }
    Ok(header)
}

fn version() -> [u8; 16] {
    let mut version = [0; 16];
    let words = env!("CARGO_PKG_VERSION").bytes();
    version.iter_mut().zip(words).for_each(|(slot, byte)| *slot = byte);
    version
}

impl Header {
    fn own_checksum(&self) -> u32 {
        let bytes = bytemuck::bytes_of(self);
        crc32fast::hash(&bytes[..bytes.len() - size_of::<u32>()])
    }
}

fn piece(map: &Map, start: u64, bytes: u64) -> Option<&[u8]> {
    let start = usize::try_from(start).ok()?;
    let end = start.checked_add(usize::try_from(bytes).ok()?)?;
    map.bytes().get(start..end)
}

#[cfg(test)]
mod tests;
