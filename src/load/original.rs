//! Where the bytes of a record lie in the dataset, so that it can be read again and no copy of it has to be kept.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::sync::Arc;

use flate2::read::DeflateDecoder;

/// The place of one record in a file of the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The absolute path.
    pub file: Arc<str>,
    /// Where in the file the bytes begin that have to be read.
    pub start: u64,
    /// How many they are.
    pub bytes: u32,
    pub packing: Packing,
    /// Where the record stands in them, once they are unpacked.
    pub text: Range<u32>,
}

/// What has to be done with the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Nothing.
    Plain,
    /// They are a member of a zip archive, packed by deflate.
    Deflated,
}

impl Original {
    /// A text that lies in `file` as it is.
    pub(super) fn plain(file: &Arc<str>, start: u64, length: usize) -> Option<Self> {
        let bytes = u32::try_from(length).ok()?;
        let (file, packing) = (Arc::clone(file), Packing::Plain);
        Some(Self { file, start, bytes, packing, text: 0..bytes })
    }

    /// The same bytes, of whose text only `part` is meant.
    pub(super) fn narrowed(self, part: Range<usize>) -> Option<Self> {
        let place = |offset| self.text.start.checked_add(u32::try_from(offset).ok()?);
        let text = place(part.start)?..place(part.end)?;
        Some(Self { text, ..self })
    }

    /// Reads the record. Whether it is still the same is for whoever knows what it was.
    pub fn read(&self) -> io::Result<String> {
        // A pipe that took the place of the file could be waited for without an end.
        let metadata = fs::metadata(&*self.file)?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let file = File::open(&*self.file)?;
        let left = metadata.len().saturating_sub(self.start);
        let mut bytes = vec![0; u64::from(self.bytes).min(left) as usize];
        let count = fill_at(&file, &mut bytes, self.start)?;
        bytes.truncate(count);
        if self.packing == Packing::Deflated {
            let packed = std::mem::take(&mut bytes);
            DeflateDecoder::new(&*packed).take(u64::from(self.text.end)).read_to_end(&mut bytes)?;
        }
        let text = bytes.get(self.text.start as usize..self.text.end as usize);
        let text = text.ok_or(io::ErrorKind::UnexpectedEof)?.to_vec();
        String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

/// The absolute path of a file, where it is text.
pub(super) fn absolute(path: &std::path::Path) -> Option<Arc<str>> {
    Some(std::path::absolute(path).ok()?.to_str()?.into())
}

/// Reads from a place on until the buffer is full or the file ends; gives how much there is.
pub(super) fn fill_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read_at(file, &mut buffer[filled..], at.saturating_add(filled as u64)) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads at a place of its own, so that several threads can read one file.
#[cfg(unix)]
pub(super) fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
pub(super) fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_record_is_read_where_it_lies() {
        let mut packed =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(" {\"é\":1}\n".as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, [b"before".as_slice(), &packed, b"{\"n\":2}"].concat()).unwrap();
        let file = absolute(&path).unwrap();
        let bytes = packed.len() as u32;
        let member = Original {
            file: file.clone(),
            start: 6,
            bytes,
            packing: Packing::Deflated,
            text: 0..10,
        };
        assert_eq!(member.clone().narrowed(1..9).unwrap().read().unwrap(), "{\"é\":1}");
        assert_eq!(
            Original::plain(&file, 6 + u64::from(bytes), 7).unwrap().read().unwrap(),
            "{\"n\":2}"
        );
        // What is not there any more is an error.
        let error = |original: Original| original.read().unwrap_err().kind();
        assert_eq!(error(member.narrowed(1..20).unwrap()), io::ErrorKind::UnexpectedEof);
        let beyond = Original::plain(&file, 8 + u64::from(bytes), 7).unwrap();
        assert_eq!(error(beyond), io::ErrorKind::UnexpectedEof);
        fs::remove_file(&path).unwrap();
        assert_eq!(error(Original::plain(&file, 0, 1).unwrap()), io::ErrorKind::NotFound);
        // Nor is it waited for what took its place.
        fs::create_dir(&path).unwrap();
        assert_eq!(error(Original::plain(&file, 0, 1).unwrap()), io::ErrorKind::InvalidInput);
    }
}
