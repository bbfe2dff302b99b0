//! The file of the list's columns: a line that says what it is, then a column a line with its width.

use std::io;

use super::{StateError, StateFolder};
use crate::search::Column;
use crate::session::{ListColumn, ListColumns};

const NAME: &str = "columns";

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex columns ";
const FORMAT: u32 = 1;

const ABOUT: &str = "# The columns of the list from left to right, each with its width. C in the list changes them.";

/// The columns that were kept; `None` if none were.
pub fn read_columns(folder: &StateFolder) -> Result<Option<ListColumns>, StateError> {
    folder.read(NAME)?.map(|text| parse(folder, &text)).transpose()
}

fn parse(folder: &StateFolder, text: &str) -> Result<ListColumns, StateError> {
    let path = folder.path(NAME);
    folder.check_title(NAME, text, (TITLE, FORMAT))?;
    let lines = text.lines().skip(1);
    let wrong = |line: usize, reason: &str| {
        let reason = format!("{reason}; the usual columns are shown");
        StateError::Wrong { path: path.clone(), line, reason }
    };
    let mut columns = Vec::new();
    for (line, text) in (2..).zip(lines) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (name, width) = text.split_once(' ').unwrap_or((text, ""));
        let column = Column::named(name).ok_or_else(|| wrong(line, "there is no such column"))?;
        let column = match width.trim() {
            "" => column.into(),
            width => {
                let width = width.parse().map_err(|_| wrong(line, "the width is no number"))?;
                ListColumn { column, width }
            }
        };
        columns.push(column);
    }
    ListColumns::new(columns).ok_or_else(|| wrong(1, "it names no column that a list can have"))
}

/// Keeps the columns; says so in one line. A file that is not understood is put aside, and named.
pub fn keep_columns(folder: &StateFolder, columns: &ListColumns) -> io::Result<String> {
    let aside = folder.make_way(NAME, read_columns(folder))?;
    let lines = columns.iter().map(|it| format!("{} {}", it.column.name(), it.width));
    folder.write_lines(NAME, (TITLE, FORMAT), ABOUT, lines)?;
    Ok(match aside {
        Some(aside) => format!("the columns are kept; what was there is now {}", aside.display()),
        None => "the columns are kept".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::study::Concept;

    fn chosen() -> ListColumns {
        let mut columns = ListColumns::default();
        columns.toggle(Column::Nearest);
        columns.widen(Column::Concept(Concept::Id), 3);
        columns
    }

    #[test]
    fn what_is_kept_is_read_back_and_for_the_user_alone() {
        let (_home, folder) = StateFolder::temporary();
        assert_eq!(read_columns(&folder).unwrap(), None);
        assert_eq!(keep_columns(&folder, &chosen()).unwrap(), "the columns are kept");
        keep_columns(&folder, &chosen()).unwrap();
        assert_eq!(read_columns(&folder).unwrap(), Some(chosen()));
        let text = fs::read_to_string(folder.path(NAME)).unwrap();
        assert!(text.starts_with("trialdex columns 1\n# ") && text.contains("\nid 14\n"), "{text}");
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no unfinished file is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(folder.path(NAME)), mode(folder.0.clone())), (0o600, 0o700));
        }
    }

    #[test]
    fn what_another_program_wrote_is_named_and_put_aside() {
        for (text, reason) in [
            ("trialdex columns 2\nid 4\n", "was written by a newer trialdex"),
            ("id,title\n", "was not written by trialdex"),
            ("", "was not written by trialdex"),
            ("trialdex columns x\n", "was not written by trialdex"),
        ] {
            let (_home, folder) = StateFolder::temporary();
            folder.write(NAME, text).unwrap();
            folder.write("columns.1", "mine").unwrap();
            let error = read_columns(&folder).unwrap_err().to_string();
            assert!(error.starts_with(&*folder.path(NAME).to_string_lossy()), "{error}");
            assert!(error.contains(reason), "{error}");
            let said = keep_columns(&folder, &chosen()).unwrap();
            let aside = folder.path("columns.2");
            assert!(said.ends_with(&format!("what was there is now {}", aside.display())));
            assert_eq!(fs::read_to_string(aside).unwrap(), text);
            assert_eq!(read_columns(&folder).unwrap(), Some(chosen()));
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, line) in [
            ("# x\nid 11\ntitel 4\n", "line 4: there is no such column"),
            ("id eleven\n", "line 2: the width is no number"),
            ("primary-outcome 4\n", "line 1: it names no column"),
        ] {
            let (_home, folder) = StateFolder::temporary();
            folder.write(NAME, &format!("trialdex columns 1\n{text}")).unwrap();
            let error = read_columns(&folder).unwrap_err().to_string();
            assert!(error.contains(line), "{error}");
            keep_columns(&folder, &chosen()).unwrap();
            let aside = fs::read_to_string(folder.path("columns.1")).unwrap();
            assert_eq!(aside, format!("trialdex columns 1\n{text}"));
        }
        // A width may be left out, and a name may be any of its names.
        let (_home, folder) = StateFolder::temporary();
        folder.write(NAME, "trialdex columns 1\nTITLE\nnctId 12\n").unwrap();
        let columns = read_columns(&folder).unwrap().unwrap();
        let [title, id] = [Concept::Title, Concept::Id].map(Column::Concept);
        assert_eq!((columns.place(title), columns.place(id)), (Some(0), Some(1)));
    }
}
