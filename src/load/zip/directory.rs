//! What an archive says of its members, read once. Members of one name are several, and however many the archive
//! says there are, all that its directory lists are there.

use std::fs::File;
use std::io;

use rawzip::{CompressionMethod, ErrorKind, ZipArchive, ZipFileHeaderRecord};

use crate::load::visible;

/// No entry of a directory is larger: three texts of 64 KiB and a little more.
const BUFFER: usize = 256 * 1024;

/// The members in the order of the directory. Costs about 50 bytes a member, and its name.
#[derive(Default)]
pub(super) struct Directory {
    members: Vec<Member>,
    names: Vec<u8>,
}

/// What the directory says of a member; nothing of it has to be true.
pub(super) struct Member {
    pub(super) header: u64,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) method: CompressionMethod,
    pub(super) is_folder: bool,
    pub(super) is_encrypted: bool,
    /// Whether it reaches into the next one. Where the same bytes serve several, terabytes are made of nothing.
    pub(super) overlaps: bool,
    /// Where its name ends among the names.
    name_end: usize,
}

impl Directory {
    /// Reads the directory as far as it goes, and says why there may be members beyond that; an error is one of the
    /// system.
    pub(super) fn read(file: &File) -> io::Result<(Self, Option<String>)> {
        let (mut directory, mut buffer) = (Self::default(), vec![0; BUFFER]);
        let read = ZipArchive::from_file(file.try_clone()?, &mut buffer).and_then(|archive| {
            let mut entries = archive.entries(&mut buffer);
            while let Some(entry) = entries.next_entry()? {
                directory.push(&entry);
            }
            Ok(())
        });
        let flaw = match read.map_err(rawzip::Error::into_kind) {
            Err(ErrorKind::IO(error)) if error.raw_os_error().is_some() => return Err(error),
            Err(flaw) => Some(visible(&flaw.to_string())),
            Ok(()) => None,
        };
        directory.mark_overlaps();
        Ok((directory, flaw))
    }

    fn push(&mut self, entry: &ZipFileHeaderRecord) {
        self.names.extend_from_slice(entry.file_path().as_ref());
        self.members.push(Member {
            header: entry.local_header_offset(),
            packed: entry.compressed_size_hint(),
            size: entry.uncompressed_size_hint(),
            crc: entry.crc32(),
            method: entry.compression_method(),
            is_folder: entry.is_dir(),
            is_encrypted: entry.flags().is_encrypted(),
            overlaps: false,
            name_end: self.names.len(),
        });
    }

    fn mark_overlaps(&mut self) {
        let starts = self.members.iter().zip(0..).map(|(member, index)| (member.header, index));
        let mut starts: Vec<(u64, usize)> = starts.collect();
        starts.sort_unstable();
        for pair in starts.windows(2) {
            let member = &mut self.members[pair[0].1];
            member.overlaps = member.header.saturating_add(member.packed) > pair[1].0;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn get(&self, index: usize) -> &Member {
        &self.members[index]
    }

    /// The name of a member, as it may be shown.
    pub(super) fn name(&self, index: usize) -> String {
        let start = index.checked_sub(1).map_or(0, |before| self.members[before].name_end);
        let name = &self.names[start..self.members[index].name_end];
        visible(&String::from_utf8_lossy(name))
    }
}
