//! The queries that were asked: a line that says what the file is, then a query a line, the oldest first. Each is added at the end,
//! so that copies of the program that run at the same time lose nothing of each other.

use std::io;

use super::{StateError, StateFolder};

const NAME: &str = "history";

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex history ";
const FORMAT: u32 = 1;

/// The queries that were asked, the oldest first. One may stand there several times.
pub fn read_history(folder: &StateFolder) -> Result<Vec<String>, StateError> {
    folder.lines(NAME, (TITLE, FORMAT))
}

/// Adds a query that was asked. A file that is not understood is put aside.
pub fn keep_query(folder: &StateFolder, query: &str) -> io::Result<()> {
    let queries = read_history(folder);
    if queries.as_ref().is_ok_and(|queries| queries.last().is_some_and(|last| last == query)) {
        return Ok(());
    }
    folder.make_way(NAME, queries)?;
    folder.append(NAME, &format!("{TITLE}{FORMAT}\n"), query)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn queries_come_back_in_their_order_and_no_copy_loses_those_of_another() {
        let (_home, folder) = StateFolder::temporary();
        assert!(read_history(&folder).unwrap().is_empty());
        for query in ["a", "b \"c\"", "b \"c\"", "torn\nline", "é"] {
            keep_query(&folder, query).unwrap();
        }
        assert_eq!(read_history(&folder).unwrap(), ["a", "b \"c\"", "é"]);
        std::thread::scope(|scope| {
            for copy in 0..4 {
                let folder = &folder;
                scope.spawn(move || {
                    (0..20).for_each(|n| keep_query(folder, &format!("{copy}-{n}")).unwrap());
                });
            }
        });
        assert_eq!(read_history(&folder).unwrap().len(), 83);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.path(NAME)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_torn_line_is_left_out_and_a_foreign_file_is_put_aside() {
        let (_home, folder) = StateFolder::temporary();
        folder.write(NAME, "trialdex history 1\na\nhalf of").unwrap();
        assert_eq!(read_history(&folder).unwrap(), ["a"]);
        keep_query(&folder, "b").unwrap();
        assert_eq!(read_history(&folder).unwrap(), ["a", "half of", "b"]);
        for (text, reason) in
            [("trialdex history 2\nx\n", "newer trialdex"), ("my notes\n", "not written by")]
        {
            folder.write(NAME, text).unwrap();
            let error = read_history(&folder).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            keep_query(&folder, "c").unwrap();
            assert_eq!(read_history(&folder).unwrap(), ["c"]);
        }
        let aside = fs::read_to_string(folder.path("history.2")).unwrap();
        assert_eq!(aside, "my notes\n");
    }
}
