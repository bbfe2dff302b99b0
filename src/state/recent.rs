//! The datasets that were open: a line that says what the file is, then a path a line, the newest first.

use std::io;
use std::path::PathBuf;

use super::{StateError, StateFolder};

const NAME: &str = "recent";

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex recent ";
const FORMAT: u32 = 1;

/// The datasets that were open. A file that is not understood has none.
pub fn read_recent(folder: &StateFolder) -> Vec<PathBuf> {
    read(folder).unwrap_or_default()
}

fn read(folder: &StateFolder) -> Result<Vec<PathBuf>, StateError> {
    let Some(text) = folder.read(NAME)? else { return Ok(Vec::new()) };
    folder.check_title(NAME, &text, (TITLE, FORMAT))?;
    let lines = text.lines().skip(1).filter(|line| !line.is_empty());
    Ok(lines.map(PathBuf::from).collect())
}

/// Keeps the datasets that were open; gives where a file is now that was there and is not understood. A path that no line
/// of text can hold is left out.
pub fn keep_recent(folder: &StateFolder, paths: &[PathBuf]) -> io::Result<Option<PathBuf>> {
    let aside = folder.make_way(NAME, read(folder))?;
    let lines = paths.iter().filter_map(|path| path.to_str());
    let lines = lines.filter(|line| !line.contains(['\n', '\r'])).map(str::to_owned);
    let text: Vec<String> = std::iter::once(format!("{TITLE}{FORMAT}")).chain(lines).collect();
    folder.write(NAME, &(text.join("\n") + "\n"))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let (_home, folder) = StateFolder::temporary();
        assert!(read_recent(&folder).is_empty());
        let paths: Vec<PathBuf> =
            ["/data/a b.json", "/torn\nname", "/data/é"].map(PathBuf::from).to_vec();
        assert_eq!(keep_recent(&folder, &paths).unwrap(), None);
        assert_eq!(read_recent(&folder), [paths[0].clone(), paths[2].clone()]);
        for text in ["something else\n/etc\n", "trialdex recent 2\n/etc\n"] {
            folder.write(NAME, text).unwrap();
            assert!(read_recent(&folder).is_empty());
            let aside = keep_recent(&folder, &paths).unwrap().unwrap();
            assert_eq!(std::fs::read_to_string(aside).unwrap(), text);
        }
    }
}
