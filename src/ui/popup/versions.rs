//! The records of one trial that were read, the newest first: from which file each is, when it was updated, and in what
//! it differs from the newest. Choosing one compares it with the newest.

use std::collections::HashMap;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Page, Response};
use crate::compare::differing;
use crate::session::{Session, VersionPair};
use crate::store::{Store, StudyIdx};
use crate::study::{FIELDS, FieldValue, Study};
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;

pub(super) const HINTS: &[Hint] =
    &[(Action::Read, "compare with the newest"), (Action::Down, "down"), (Action::Back, "close")];

/// Rows of one version: what it is, and in what it differs.
const ROWS: u16 = 2;

pub(super) struct VersionsPage {
    study: StudyIdx,
    count: usize,
    /// What was said of each version that has been on the screen.
    described: HashMap<usize, Description>,
    cursor: Cursor,
}

/// What is said of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Description {
    what: String,
    differs: String,
}

impl VersionsPage {
    pub(super) fn new(session: &Session, study: StudyIdx) -> Result<Self, String> {
        let count = session.store.versions(study);
        if count == 1 {
            return Err("one version of its record was read".to_owned());
        }
        // The newest is what the others are compared with.
        let cursor = Cursor { row: 1, offset: 0 };
        Ok(Self { study, count, described: HashMap::new(), cursor })
    }

    /// Compares the version at the cursor with the newest; of the newest, with the one before it.
    fn compare(&self) -> Response {
        Response::Compare(VersionPair { study: self.study, newer: [self.cursor.row.max(1), 0] })
    }

    fn describe(&mut self, version: usize, store: &Store) -> &Description {
        let (study, count) = (self.study, self.count);
        self.described.entry(version).or_insert_with(|| describe(store, study, version, count))
    }
}

fn describe(store: &Store, study: StudyIdx, version: usize, count: usize) -> Description {
    let read = |version| -> Result<Study, String> {
        let json = store.version(study, version).map_err(|error| error.to_string())?;
        Study::parse(&json).map_err(|error| error.to_string())
    };
    let number = format!("Version {} of {count}", count - version);
    let place = file(store, study, version, count);
    let record = match read(version) {
        Ok(record) => record,
        Err(reason) => {
            return Description { what: format!("{number}{place}"), differs: reason };
        }
    };
    let updated = said(&record, "update-posted").or_else(|| said(&record, "updated"));
    let updated = updated.map_or("no update stated".to_owned(), |date| format!("updated {date}"));
    let status = said(&record, "status").map(|status| format!(" · {status}")).unwrap_or_default();
    let differs = match (version, read(0)) {
        (0, _) => "the newest".to_owned(),
        (_, Ok(newest)) => {
            let fields = differing(&record, &newest);
            differences(&fields.iter().map(|field| field.label).collect::<Vec<_>>())
        }
        (_, Err(reason)) => format!("the newest cannot be read: {reason}"),
    };
    Description { what: format!("{number} · {updated}{status}{place}"), differs }
}

/// What a record says in a field, in one line.
fn said(record: &Study, name: &str) -> Option<String> {
    let field = FIELDS.iter().find(|field| field.name == name)?;
    Some(field.value(record)).filter(FieldValue::is_stated)?.in_line()
}

fn differences(labels: &[&str]) -> String {
    match labels {
        [] => "differs from the newest in no field".to_owned(),
        [label] => format!("differs from the newest in: {label}"),
        labels => {
            format!("differs from the newest in {} fields: {}", labels.len(), labels.join(", "))
        }
    }
}

/// The file of a version, where it is known; without the folders that the files of all versions have in common.
fn file(store: &Store, study: StudyIdx, version: usize, count: usize) -> String {
    let Some(path) = store.file(study, version) else { return String::new() };
    let others = (0..count).filter_map(|other| store.file(study, other));
    let common = others.map(|other| common_folders(path, other)).min().unwrap_or_default();
    format!(" · {}", text::clean_line(&path[common..]))
}

/// How many bytes of two paths are folders that both have at their beginning.
fn common_folders(left: &str, right: &str) -> usize {
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    let end = |char: char| char == '/' || char == '\\';
    left.as_bytes()[..same]
        .iter()
        .rposition(|&byte| end(char::from(byte)))
        .map_or(0, |slash| slash + 1)
}

impl Page for VersionsPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Everywhere)
    }

    fn hints(&self) -> &'static [Hint] {
        HINTS
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        match action {
            Action::Back | Action::Quit | Action::Versions => Response::Close,
            Action::Read | Action::Compare => self.compare(),
            _ => {
                let height = usize::from(canvas::inside(area).height / ROWS).max(1);
                self.cursor.act(action, self.count, height);
                Response::Stay
            }
        }
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let inner = canvas::inside(area);
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(inner.y) / ROWS);
        if !inner.contains(at) || row >= self.count {
            return Response::Stay;
        }
        if row == self.cursor.row {
            return self.compare();
        }
        self.cursor.row = row;
        Response::Stay
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let (store, theme) = (&view.session.store, canvas.theme);
        let separator = theme.signs.separator;
        let id = store.id(self.study);
        let title = format!("Versions of {id} {separator} {}", store.title(self.study));
        let note = format!("{} of {}", self.cursor.row + 1, self.count);
        let inner = Border { title: &title, note: &note, style: theme.focus }.draw(area, canvas);
        self.cursor.scroll(self.count, usize::from(inner.height / ROWS).max(1));
        let rows: Vec<Rect> = inner.rows().collect();
        let window = self.cursor.offset..self.count;
        for (rows, version) in rows.chunks(usize::from(ROWS)).zip(window) {
            let is_at_cursor = version == self.cursor.row;
            let Description { what, differs } = self.describe(version, store);
            let sign = if is_at_cursor { theme.signs.selection } else { " " };
            canvas.line(rows[0], &format!("{sign} {what}"), Style::new());
            if let Some(&below) = rows.get(1) {
                let style = if is_at_cursor { Style::new() } else { theme.dim };
                canvas.line(below, &format!("    {differs}"), style);
            }
            if is_at_cursor {
                for &row in rows {
                    canvas.style(row, theme.selected);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_paths_have_in_common_are_whole() {
        for (left, right, common) in [
            ("/a/b/old.json", "/a/b/new.json", "/a/b/"),
            ("/a/2020/x.json", "/a/2021/x.json", "/a/"),
            ("x.json", "x.json", ""),
            ("/a/x.json", "/a/x.json", "/a/"),
            ("é/x", "è/x", ""),
        ] {
            assert_eq!(&left[..common_folders(left, right)], common, "{left} {right}");
        }
    }

    #[test]
    fn what_differs_is_named_and_counted() {
        assert_eq!(differences(&[]), "differs from the newest in no field");
        assert_eq!(differences(&["Status"]), "differs from the newest in: Status");
        let two = "differs from the newest in 2 fields: Status, Start";
        assert_eq!(differences(&["Status", "Start"]), two);
    }
}
