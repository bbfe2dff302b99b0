//! The files of a dataset as a search record names them: path, size, checksum.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::load;

/// A file that was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchedFile {
    pub path: String,
    pub bytes: u64,
    /// In hexadecimal digits.
    pub sha256: String,
}

/// The files of a dataset in their order; none of the sample, nor of what came through a pipe. `goes_on` is told how many
/// bytes were read since it was asked last; where it says no, reading them is interrupted.
pub fn files(
    paths: &[PathBuf],
    goes_on: &mut dyn FnMut(u64) -> bool,
) -> io::Result<Vec<SearchedFile>> {
    let files = load::files(paths).unwrap_or_default();
    files.into_iter().map(|file| described(&file.path, goes_on)).collect()
}

fn described(path: &Path, goes_on: &mut dyn FnMut(u64) -> bool) -> io::Result<SearchedFile> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let mut file = File::open(path).map_err(named)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut block = vec![0; 1 << 20];
    loop {
        let length = file.read(&mut block).map_err(named)?;
        if length == 0 {
            let path = path.to_string_lossy().into_owned();
            return Ok(SearchedFile { path, bytes, sha256: in_digits(&hash.finalize()) });
        }
        hash.update(&block[..length]);
        bytes += length as u64;
        if !goes_on(length as u64) {
            return Err(io::ErrorKind::Interrupted.into());
        }
    }
}

/// A checksum of a text, in hexadecimal digits.
pub fn checksum(text: &str) -> String {
    in_digits(&Sha256::digest(text.as_bytes()))
}

fn in_digits(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        // A string takes whatever is written to it.
        _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, "abc").unwrap();
        let mut read = 0;
        let mut goes_on = |bytes| {
            read += bytes;
            true
        };
        let found = files(std::slice::from_ref(&path), &mut goes_on).unwrap();
        assert_eq!(read, 3);
        // The first example of the standard.
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(checksum("abc"), sha256);
        assert_eq!(found, [SearchedFile { path: path.to_string_lossy().into(), bytes: 3, sha256 }]);
        assert_eq!(files(&[], &mut |_| true).unwrap(), []);
        let given_up = files(&[path], &mut |_| false).unwrap_err();
        assert_eq!(given_up.kind(), io::ErrorKind::Interrupted);
    }
}
