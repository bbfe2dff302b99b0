//! How the parts of a store are laid into a snapshot, array by array, and taken out again.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::sync::Arc;

use bytemuck::Pod;

use super::{ALIGNMENT, Damage, ENDIANNESS, Form, Header, Section, piece, version};
use crate::store::array::Array;
use crate::store::map::Map;
use crate::store::pool::{Bitmaps, Lists, Strings};

/// What a snapshot holds. Reads what it writes, in the same order.
pub(in crate::store) trait Stored: Sized {
    fn write(&self, out: &mut Writer) -> io::Result<()>;
    fn read(from: &mut Sections) -> Result<Self, Damage>;
}

/// How much is checked before anything is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Front {
    Nothing,
    /// So many elements from the first on.
    First(usize),
    Whole,
}

/// What can have a front.
pub(in crate::store) trait Flat: Stored {
    fn write_front(&self, out: &mut Writer, front: Front) -> io::Result<()>;
}

impl<T: Pod> Flat for Array<T> {
    fn write_front(&self, out: &mut Writer, front: Front) -> io::Result<()> {
        let front = match front {
            Front::Nothing => 0,
            Front::First(elements) => elements.min(self.len()),
            Front::Whole => self.len(),
        };
        out.write(bytemuck::cast_slice(self), front * size_of::<T>())
    }
}

impl<T: Pod> Stored for Array<T> {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.write_front(out, Front::Nothing)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let section = from.table.next().ok_or(Damage::Misfit)?;
        let bytes = piece(&from.map, section.start, section.bytes).ok_or(Damage::Misfit)?;
        bytemuck::try_cast_slice::<u8, T>(bytes).map_err(|_| Damage::Misfit)?;
        let start = section.start as usize;
        Ok(Self::Mapped { map: Arc::clone(&from.map), start, bytes: bytes.len() })
    }
}

/// Writes and reads many of something laid end to end; the second field says where each ends in the first.
macro_rules! pools {
    ($($type:ty { $laid:ident })*) => { $(
        impl Flat for $type {
            fn write_front(&self, out: &mut Writer, front: Front) -> io::Result<()> {
                let laid = match front {
                    Front::Nothing | Front::Whole => front,
                    Front::First(count) => {
                        let last = count.min(self.ends.len()).checked_sub(1);
                        Front::First(last.map_or(0, |last| self.ends[last] as usize))
                    }
                };
                self.$laid.write_front(out, laid)?;
                self.ends.write_front(out, front)
            }
        }

        impl Stored for $type {
            fn write(&self, out: &mut Writer) -> io::Result<()> {
                self.write_front(out, Front::Nothing)
            }

            fn read(from: &mut Sections) -> Result<Self, Damage> {
                Ok(Self { $laid: Stored::read(from)?, ends: Stored::read(from)? })
            }
        }
    )* };
}

pools! {
    Strings { text }
    Lists { elements }
}

impl Stored for Bitmaps {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.bytes.write(out)?;
        self.ends.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let (bytes, ends) = (Stored::read(from)?, Stored::read(from)?);
        Ok(Self { bytes, ends, studies: Some(from.studies) })
    }
}

/// Takes arrays and lays them end to end.
pub(in crate::store) struct Writer<'a> {
    out: BufWriter<&'a File>,
    at: u64,
    table: Vec<Section>,
}

impl<'a> Writer<'a> {
    /// Writes to `out`, which stands at the place `at`.
    pub(super) fn new(out: BufWriter<&'a File>, at: u64) -> Self {
        Self { out, at, table: Vec::new() }
    }

    fn write(&mut self, bytes: &[u8], front: usize) -> io::Result<()> {
        self.align()?;
        let [front_checksum, rest_checksum] =
            [&bytes[..front], &bytes[front..]].map(crc32fast::hash);
        self.table.push(Section {
            start: self.at,
            bytes: bytes.len() as u64,
            front: front as u64,
            front_checksum,
            rest_checksum,
        });
        self.put(bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn align(&mut self) -> io::Result<()> {
        let missing = self.at.next_multiple_of(ALIGNMENT) - self.at;
        self.put(&[0; ALIGNMENT as usize][..missing as usize])
    }

    /// Takes an array into the table that was written behind the header already.
    pub(in crate::store) fn written(&mut self, Written { bytes, checksum }: Written) {
        let (start, front) = (size_of::<Header>() as u64, 0);
        let front_checksum = crc32fast::hash(&[]);
        self.table.push(Section { start, bytes, front, front_checksum, rest_checksum: checksum });
    }

    /// Writes the table, and says what has to stand at the beginning.
    pub(super) fn finish(mut self, form: Form) -> io::Result<Header> {
        self.align()?;
        let table = std::mem::take(&mut self.table);
        let bytes: &[u8] = bytemuck::cast_slice(&table);
        let mut header = Header {
            magic: form.magic,
            endianness: ENDIANNESS,
            format: form.format,
            version: version(),
            table: self.at,
            table_bytes: bytes.len() as u64,
            length: self.at + bytes.len() as u64,
            table_checksum: crc32fast::hash(bytes),
            checksum: 0,
        };
        header.checksum = header.own_checksum();
        self.put(bytes)?;
        self.out.flush()?;
        Ok(header)
    }
}

/// Bytes that were written behind the header before any array.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Written {
    pub(in crate::store) bytes: u64,
    pub(in crate::store) checksum: u32,
}

/// The arrays of a snapshot, one after another.
pub(in crate::store) struct Sections {
    map: Arc<Map>,
    table: std::vec::IntoIter<Section>,
    /// How many studies the store has, once that is known.
    pub(in crate::store) studies: u32,
}

impl Sections {
    pub(in crate::store) fn new(map: Arc<Map>, table: Vec<Section>) -> Self {
        Self { map, table: table.into_iter(), studies: 0 }
    }

    /// Nothing may be left over.
    pub(in crate::store) fn finish(mut self) -> Result<(), Damage> {
        self.table.next().map_or(Ok(()), |_| Err(Damage::Misfit))
    }

    pub(in crate::store) fn map(&self) -> Arc<Map> {
        Arc::clone(&self.map)
    }
}
