//! Whether somebody was greeted who started the program for the first time.

use std::io;

use super::StateFolder;

const NAME: &str = "greeted";

const TEXT: &str = "trialdex has greeted you. Without this file it does so once more.\n";

/// Whether the greeting was seen. A file that cannot be read is there.
pub fn is_greeted(folder: &StateFolder) -> bool {
    !matches!(folder.read(NAME), Ok(None))
}

/// Keeps that the greeting was seen.
pub fn keep_greeted(folder: &StateFolder) -> io::Result<()> {
    folder.write(NAME, TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_greeted_once() {
        let (_home, folder) = StateFolder::temporary();
        assert!(!is_greeted(&folder));
        keep_greeted(&folder).unwrap();
        keep_greeted(&folder).unwrap();
        assert!(is_greeted(&folder));
    }
}
