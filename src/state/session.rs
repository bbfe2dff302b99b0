//! Where somebody left a dataset: a file for each dataset, a line that says what it is, then a word and its value a line.

use std::fmt::Write as _;
use std::io;

use super::{StateError, StateFolder};
use crate::session::KeptSession;

/// What the file begins with, before the number of its format.
const TITLE: &str = "trialdex session ";
const FORMAT: u32 = 1;

fn name(dataset: &str) -> String {
    format!("session-{dataset}")
}

/// Where the dataset of this name was left; `None` if that is not kept.
pub fn read_session(
    folder: &StateFolder,
    dataset: &str,
) -> Result<Option<KeptSession>, StateError> {
    let name = name(dataset);
    folder.read(&name)?.map(|text| parse(folder, &name, &text)).transpose()
}

fn parse(folder: &StateFolder, name: &str, text: &str) -> Result<KeptSession, StateError> {
    let path = folder.path(name);
    folder.check_title(name, text, (TITLE, FORMAT))?;
    let mut kept = KeptSession::default();
    for (line, text) in (1..).zip(text.lines()).skip(1) {
        let wrong = |reason: &str| {
            let reason = format!("{reason}; the session begins anew");
            StateError::Wrong { path: path.clone(), line, reason }
        };
        let (word, value) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "query" => value.clone_into(&mut kept.query),
            "at" => kept.at = Some(value.parse().map_err(|_| wrong("there is no such id"))?),
            "pin" => kept.pins.push(value.parse().map_err(|_| wrong("there is no such id"))?),
            "pane" => value.clone_into(&mut kept.pane),
            "zoomed" => kept.zoomed = true,
            "fold" => kept.folds.push(value.to_owned()),
            "" | "#" => (),
            _ => return Err(wrong(&format!("“{word}” says nothing here"))),
        }
    }
    Ok(kept)
}

/// Keeps where a dataset was left; gives where a file is now that was there and is not understood.
pub fn keep_session(
    folder: &StateFolder,
    dataset: &str,
    kept: &KeptSession,
) -> io::Result<Option<std::path::PathBuf>> {
    let name = name(dataset);
    let aside = folder.make_way(&name, read_session(folder, dataset))?;
    let KeptSession { query, at, pins, pane, zoomed, folds } = kept;
    let mut text = format!("{TITLE}{FORMAT}\n# Where the dataset {dataset} was left.\n");
    let mut line = |word: &str, value: &dyn std::fmt::Display| {
        let value = value.to_string();
        // A line holds one line.
        if !value.contains(['\n', '\r']) {
            _ = writeln!(text, "{}", format!("{word} {value}").trim_end());
        }
    };
    line("query", query);
    if let Some(id) = at {
        line("at", id);
    }
    for id in pins {
        line("pin", id);
    }
    line("pane", pane);
    if *zoomed {
        line("zoomed", &"");
    }
    for fold in folds {
        line("fold", fold);
    }
    folder.write(&name, &text)?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn kept() -> KeptSession {
        KeptSession {
            query: "phase:1 -“x” sort:start".to_owned(),
            at: Some("NCT00000003".parse().unwrap()),
            pins: vec!["NCT00000001".parse().unwrap(), "NCT00000002".parse().unwrap()],
            pane: "filters".to_owned(),
            zoomed: true,
            folds: vec!["filter status".to_owned(), "section Summary".to_owned()],
        }
    }

    #[test]
    fn what_is_kept_is_read_back_for_each_dataset() {
        let (_home, folder) = StateFolder::temporary();
        assert_eq!(read_session(&folder, "a").unwrap(), None);
        for session in [kept(), KeptSession { pane: "list".to_owned(), ..KeptSession::default() }] {
            assert_eq!(keep_session(&folder, "a", &session).unwrap(), None);
            assert_eq!(read_session(&folder, "a").unwrap(), Some(session));
        }
        assert_eq!(read_session(&folder, "b").unwrap(), None);
    }

    #[test]
    fn what_is_not_understood_is_named_and_put_aside() {
        for (text, reason) in [
            ("trialdex session 2\nquery x\n", "was written by a newer trialdex"),
            ("query x\n", "was not written by trialdex"),
            ("trialdex session 1\nat NCT1\n", "line 2: there is no such id"),
            ("trialdex session 1\nquery x\npi", "line 3: “pi” says nothing here"),
        ] {
            let (_home, folder) = StateFolder::temporary();
            folder.write("session-a", text).unwrap();
            let error = read_session(&folder, "a").unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            let aside = keep_session(&folder, "a", &kept()).unwrap().unwrap();
            assert_eq!(fs::read_to_string(aside).unwrap(), text);
            assert_eq!(read_session(&folder, "a").unwrap(), Some(kept()));
        }
    }
}
