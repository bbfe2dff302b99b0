//! The file of how the browser looks: a line that says what it is, then a word and its value a line.

use std::io;
use std::path::PathBuf;

use super::{StateError, StateFolder};
use crate::session::{Look, PaneSizes};

const NAME: &str = "look";

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex look ";
const FORMAT: u32 = 1;

const ABOUT: &str = "# The theme that was chosen, and how wide panes are in thousandths. Without this file all is as usual.";

/// How the browser looked the last time; what is usual if that was not kept.
pub fn read_look(folder: &StateFolder) -> Result<Look, StateError> {
    Ok(folder.read(NAME)?.map(|text| parse(folder, &text)).transpose()?.unwrap_or_default())
}

fn parse(folder: &StateFolder, text: &str) -> Result<Look, StateError> {
    let path = folder.path(NAME);
    folder.check_title(NAME, text, (TITLE, FORMAT))?;
    let mut look = Look::default();
    for (line, text) in (1..).zip(text.lines()).skip(1) {
        let wrong = |reason: &str| {
            let reason = format!("{reason}; everything looks as usual");
            StateError::Wrong { path: path.clone(), line, reason }
        };
        let (word, value) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let share = || {
            let share = value.trim().parse().ok().filter(|share| (1..1000).contains(share));
            share.ok_or_else(|| wrong("the width is no number from 1 to 999"))
        };
        match word {
            "theme" => look.theme = Some(value.trim().to_owned()),
            "filters" => look.panes.filters = Some(share()?),
            "list" => look.panes.list = Some(share()?),
            "" | "#" => (),
            _ => return Err(wrong(&format!("“{word}” says nothing here"))),
        }
    }
    Ok(look)
}

/// Keeps how the browser looks; gives where a file is now that was there and is not understood.
pub fn keep_look(folder: &StateFolder, look: &Look) -> io::Result<Option<PathBuf>> {
    let aside = folder.make_way(NAME, read_look(folder))?;
    let Look { theme, panes: PaneSizes { filters, list } } = look;
    let shares = [("filters", filters), ("list", list)];
    let shares =
        shares.into_iter().filter_map(|(name, share)| Some(format!("{name} {}", (*share)?)));
    let theme = theme.iter().map(|name| format!("theme {name}"));
    folder.write_lines(NAME, (TITLE, FORMAT), ABOUT, theme.chain(shares))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let (_home, folder) = StateFolder::temporary();
        assert_eq!(read_look(&folder).unwrap(), Look::default());
        for look in [
            Look {
                theme: Some("light".to_owned()),
                panes: PaneSizes { filters: Some(170), list: Some(600) },
            },
            Look { theme: None, panes: PaneSizes { filters: None, list: Some(1) } },
            Look::default(),
        ] {
            assert_eq!(keep_look(&folder, &look).unwrap(), None);
            assert_eq!(read_look(&folder).unwrap(), look);
        }
    }

    #[test]
    fn what_is_not_understood_is_said_and_put_aside() {
        for (text, reason) in [
            ("trialdex look 2\n", "was written by a newer trialdex"),
            ("theme = light\n", "was not written by trialdex"),
            ("trialdex look 1\n# x\nlist 0\n", "line 3: the width is no number from 1 to 999"),
            ("trialdex look 1\nlist wide\n", "line 2: the width is no number"),
            ("trialdex look 1\ncolour red\n", "line 2: “colour” says nothing here"),
        ] {
            let (_home, folder) = StateFolder::temporary();
            folder.write(NAME, text).unwrap();
            let error = read_look(&folder).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            let aside = keep_look(&folder, &Look::default()).unwrap().unwrap();
            assert_eq!(std::fs::read_to_string(aside).unwrap(), text);
        }
    }
}
