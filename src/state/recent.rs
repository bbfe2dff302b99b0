//! The datasets that were open: a line that says what the file is, then a path a line, the newest first.

use std::io;
use std::path::PathBuf;

use super::StateFolder;

const NAME: &str = "recent";

/// What the file begins with.
const TITLE: &str = "trialdex recent 1";

/// The datasets that were open. A file that is not understood has none: it is written anew.
pub fn read_recent(folder: &StateFolder) -> Vec<PathBuf> {
    let text = folder.read(NAME).ok().flatten().unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Vec::new();
    }
    lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect()
}

/// Keeps the datasets that were open. A path that no line of text can hold is left out.
pub fn keep_recent(folder: &StateFolder, paths: &[PathBuf]) -> io::Result<()> {
    let lines = paths.iter().filter_map(|path| path.to_str());
    let lines = lines.filter(|line| !line.contains(['\n', '\r']));
    let text: Vec<&str> = [TITLE].into_iter().chain(lines).collect();
    folder.write(NAME, &(text.join("\n") + "\n"))
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
        keep_recent(&folder, &paths).unwrap();
        assert_eq!(read_recent(&folder), [paths[0].clone(), paths[2].clone()]);
        folder.write(NAME, "something else\n/etc\n").unwrap();
        assert!(read_recent(&folder).is_empty());
    }
}
