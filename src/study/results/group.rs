//! The groups of participants, which are the columns of most tables, and the comments on their cells.

use std::fmt::Write as _;

use serde_json::Value;

use super::{list, number, prose, said};
use crate::study::record::{at, words};
use crate::study::value::{Detail, FieldValue, Item};
use crate::text::Head;

/// The groups of a table, known by their ids.
#[derive(Debug, Default)]
pub(super) struct Groups {
    known: Vec<(String, String)>,
    remarks: Vec<(String, String)>,
}

impl Groups {
    /// The groups in the list at `path`.
    pub(super) fn new(module: &Value, path: &str) -> Self {
        let mut groups = Self::default();
        for group in list(module, path) {
            let id = said(group, "id").unwrap_or_default();
            let title = said(group, "title").unwrap_or_else(|| id.clone());
            groups.known.push((id, title));
        }
        groups
    }

    /// The columns: one for the names of the rows, one for each group.
    pub(super) fn head(&self, first: &str) -> Vec<Head> {
        let groups = self.known.iter().map(|(_, title)| Head::numbers(title.as_str()));
        std::iter::once(Head::words(first)).chain(groups).collect()
    }

    /// The place of a group. One that was not announced is one more.
    fn place(&mut self, id: Option<&Value>) -> usize {
        let of = |id: &str| self.known.iter().position(|(known, _)| known == id);
        if let Some(place) = id.and_then(Value::as_str).and_then(of) {
            return place;
        }
        let id = id.and_then(words).unwrap_or_default();
        of(&id).unwrap_or_else(|| {
            let title = if id.is_empty() { "Group not stated".to_owned() } else { id.clone() };
            self.known.push((id, title));
            self.known.len() - 1
        })
    }

    /// What a group is called.
    pub(super) fn title<'a>(&'a self, id: &'a str) -> &'a str {
        self.known.iter().find(|(known, _)| known == id).map_or(id, |(_, title)| title)
    }

    /// A row: its name, then what `cell` makes of each entry, under the entry's group. `cell` is told
    /// which group that is.
    pub(super) fn row(
        &mut self,
        name: String,
        entries: &[Value],
        cell: impl Fn(&Value, usize) -> Option<String>,
    ) -> Vec<String> {
        let mut row = vec![String::new(); self.known.len() + 1];
        row[0] = name;
        for entry in entries {
            let place = self.place(at(entry, "groupId"));
            let mut said = cell(entry, place).unwrap_or_default();
            if let Some(comment) = self::said(entry, "comment") {
                let mark = self.remark(comment);
                let space = if said.is_empty() { "" } else { " " };
                let _ = write!(said, "{space}[{mark}]");
            }
            if row.len() <= place + 1 {
                row.resize(place + 2, String::new());
            }
            let there = &mut row[place + 1];
            if !there.is_empty() && !said.is_empty() {
                there.push_str("; ");
            }
            there.push_str(&said);
        }
        row
    }

    /// The number that each group states at `path`, in the order of the groups; `None` where it states
    /// none or several.
    pub(super) fn numbers(&mut self, entries: &[Value], path: &str) -> Vec<Option<f64>> {
        let mut stated: Vec<Vec<f64>> = Vec::new();
        for entry in entries {
            let place = self.place(at(entry, "groupId"));
            stated.resize(stated.len().max(place + 1), Vec::new());
            stated[place].extend(said(entry, path).as_deref().and_then(number));
        }
        let only = |numbers: &Vec<f64>| match numbers.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        stated.iter().map(only).collect()
    }

    /// The letters that stand for a comment in the cells: `a`, then `b`; the same for the same words.
    pub(super) fn remark(&mut self, comment: String) -> String {
        if let Some((mark, _)) = self.remarks.iter().find(|(_, known)| *known == comment) {
            return mark.clone();
        }
        let mark = letters(self.remarks.len());
        self.remarks.push((mark.clone(), comment));
        mark
    }

    /// The comments, each under its letters.
    pub(super) fn remarks(self) -> Vec<Detail> {
        let remark = |(mark, comment)| Detail::line(format!("[{mark}]"), comment);
        self.remarks.into_iter().map(remark).collect()
    }
}

/// `a` to `z`, then `aa`, `ab`.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// What the groups at `path` are: each with its description and its id.
pub(super) fn described(module: &Value, path: &str) -> Option<Detail> {
    let items: Vec<Item> = list(module, path).iter().map(item).collect();
    (!items.is_empty()).then(|| Detail::new("Groups", FieldValue::Items(items)))
}

fn item(group: &Value) -> Item {
    let name = [said(group, "title"), said(group, "id").map(|id| format!("({id})"))];
    let name: Vec<String> = name.into_iter().flatten().collect();
    let details = prose("", group, "description").into_iter().collect();
    Item { details, ..Item::named(name.join(" ")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_stand_under_their_groups_and_no_entry_is_lost() {
        let module = json!({"groups": [{"id": "A", "title": "Drug"}, {"id": "B"}]});
        let mut groups = Groups::new(&module, "groups");
        let entries = json!([
            {"groupId": "B", "value": "1", "comment": "late"},
            {"groupId": "A", "value": "2"},
            {"groupId": "A", "value": 3},
            {"groupId": "X", "value": "4", "comment": "late"},
            {"comment": "nobody"},
        ]);
        let cell = |entry: &Value, _| said(entry, "value");
        let row = groups.row("Row".to_owned(), entries.as_array().unwrap(), cell);
        assert_eq!(row, ["Row", "2; 3", "1 [a]", "4 [a]", "[b]"]);
        let titles: Vec<_> = groups.head("").into_iter().map(|head| head.title).collect();
        assert_eq!(titles, ["", "Drug", "B", "X", "Group not stated"]);
        let remarks: Vec<_> =
            groups.remarks().iter().map(|it| it.value.in_line().unwrap()).collect();
        assert_eq!(remarks, ["late", "nobody"]);
    }

    #[test]
    fn letters_do_not_run_out() {
        let all: Vec<String> = [0, 25, 26, 27, 702].map(letters).to_vec();
        assert_eq!(all, ["a", "z", "aa", "ab", "aaa"]);
    }
}
