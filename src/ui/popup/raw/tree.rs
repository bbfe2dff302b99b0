//! A JSON value as a tree that folds. What is folded has not been looked at: its nodes are made when
//! it is unfolded for the first time.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::Value;

use crate::study::step;
use crate::text;

/// A value and which of its parts are unfolded.
#[derive(Debug, Default)]
pub(super) struct Tree {
    value: Value,
    nodes: Vec<Node>,
    /// The nodes on the page, from the top.
    shown: Vec<usize>,
}

/// A part of the value.
#[derive(Debug, Default)]
struct Node {
    parent: usize,
    /// Which part of its parent.
    part: usize,
    depth: usize,
    /// The nodes of its parts, once they have been made.
    below: Option<Range<usize>>,
    state: Folding,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Folding {
    #[default]
    Folded,
    Unfolded,
}

/// A row of the page.
#[derive(Debug, PartialEq)]
pub(super) struct TreeRow<'a> {
    pub(super) depth: usize,
    pub(super) name: Name<'a>,
    pub(super) value: &'a Value,
    pub(super) state: Folding,
}

/// How a part is called in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name<'a> {
    Whole,
    Key(&'a str),
    Place(usize),
}

/// Where a part is: which part of the whole, which part of that, and so on.
pub(super) type Way = Vec<usize>;

impl Tree {
    /// The value with its first two levels unfolded.
    pub(super) fn new(value: Value) -> Self {
        let mut tree = Self { value, nodes: vec![Node::default()], shown: Vec::new() };
        tree.unfold(0);
        for node in tree.below(0) {
            tree.unfold(node);
        }
        tree.arrange();
        tree
    }

    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    pub(super) fn row(&self, row: usize) -> Option<TreeRow<'_>> {
        let node = *self.shown.get(row)?;
        let (name, value) = self.named(node);
        let Node { depth, state, .. } = self.nodes[node];
        Some(TreeRow { depth, name, value, state })
    }

    /// The way to a row.
    pub(super) fn way(&self, row: usize) -> Way {
        self.shown.get(row).map_or_else(Way::new, |&node| self.way_to(node))
    }

    /// The path of a row as queries of JSON write it.
    pub(super) fn path(&self, row: usize) -> String {
        let mut path = String::new();
        let mut value = &self.value;
        for part in self.way(row) {
            let Some((name, below)) = part_of(value, part) else { break };
            match name {
                Name::Whole => (),
                Name::Key(key) => path.push_str(&step(key, &path)),
                Name::Place(place) => _ = write!(path, "[{place}]"),
            }
            value = below;
        }
        path
    }

    /// Folds a row or unfolds it; a row without parts stays as it is. Gives the row of what was changed.
    pub(super) fn set(&mut self, row: usize, state: Folding) -> usize {
        let Some(&node) = self.shown.get(row) else { return row };
        let node = match state {
            // What cannot be folded is folded with what it stands in.
            Folding::Folded if self.nodes[node].state == Folding::Folded => self.nodes[node].parent,
            _ => node,
        };
        match state {
            Folding::Folded => self.nodes[node].state = Folding::Folded,
            Folding::Unfolded => self.unfold(node),
        }
        self.arrange();
        self.shown.iter().position(|&shown| shown == node).unwrap_or(row)
    }

    /// Unfolds everything, or folds everything but the first level where all of it is unfolded; gives
    /// the row where `row` is then.
    pub(super) fn set_all(&mut self, row: usize) -> usize {
        let way = self.way(row);
        let mut node = 0;
        let mut changed = false;
        while node < self.nodes.len() {
            changed |= self.nodes[node].state == Folding::Folded && self.count(node) > 0;
            self.unfold(node);
            node += 1;
        }
        if !changed {
            self.nodes.iter_mut().skip(1).for_each(|node| node.state = Folding::Folded);
        }
        self.arrange();
        self.nearest(&way)
    }

    /// Unfolds whatever hides the part at the end of `way`, and gives its row.
    pub(super) fn reveal(&mut self, way: &[usize]) -> usize {
        let mut node = 0;
        for &part in way {
            self.unfold(node);
            let Some(below) = self.below(node).nth(part) else { break };
            node = below;
        }
        self.arrange();
        self.shown.iter().position(|&shown| shown == node).unwrap_or(0)
    }

    /// The ways to every part whose key or text has `needle`, which is folded, in their order.
    pub(super) fn find(&self, needle: &str) -> Vec<Way> {
        let mut found = Vec::new();
        if !needle.is_empty() {
            find(&self.value, needle, &mut Way::new(), &mut found);
        }
        found
    }

    /// The row of the part at the end of `way`, or of what hides it.
    fn nearest(&self, way: &[usize]) -> usize {
        let mut node = 0;
        for &part in way {
            if self.nodes[node].state == Folding::Folded {
                break;
            }
            let Some(below) = self.below(node).nth(part) else { break };
            node = below;
        }
        self.shown.iter().position(|&shown| shown == node).unwrap_or(0)
    }

    fn below(&self, node: usize) -> Range<usize> {
        self.nodes[node].below.clone().unwrap_or_default()
    }

    fn unfold(&mut self, node: usize) {
        let count = self.count(node);
        if count == 0 {
            return;
        }
        if self.nodes[node].below.is_none() {
            let (first, depth) = (self.nodes.len(), self.nodes[node].depth + 1);
            let made = |part| Node { parent: node, part, depth, ..Node::default() };
            self.nodes.extend((0..count).map(made));
            self.nodes[node].below = Some(first..first + count);
        }
        self.nodes[node].state = Folding::Unfolded;
    }

    /// How many parts a node has.
    fn count(&self, node: usize) -> usize {
        match self.named(node).1 {
            Value::Object(parts) => parts.len(),
            Value::Array(entries) => entries.len(),
            _ => 0,
        }
    }

    /// Puts on the page what is not hidden.
    fn arrange(&mut self) {
        self.shown.clear();
        let mut next = vec![0];
        while let Some(node) = next.pop() {
            self.shown.push(node);
            if self.nodes[node].state == Folding::Unfolded {
                next.extend(self.below(node).rev());
            }
        }
    }

    fn way_to(&self, mut node: usize) -> Way {
        let mut way = Way::new();
        while node != 0 {
            way.push(self.nodes[node].part);
            node = self.nodes[node].parent;
        }
        way.reverse();
        way
    }

    fn named(&self, node: usize) -> (Name<'_>, &Value) {
        let mut found = (Name::Whole, &self.value);
        for part in self.way_to(node) {
            found = part_of(found.1, part).unwrap_or(found);
        }
        found
    }
}

fn part_of(value: &Value, part: usize) -> Option<(Name<'_>, &Value)> {
    match value {
        Value::Object(parts) => {
            parts.iter().nth(part).map(|(key, value)| (Name::Key(key.as_str()), value))
        }
        Value::Array(entries) => entries.get(part).map(|value| (Name::Place(part), value)),
        _ => None,
    }
}

fn find(value: &Value, needle: &str, way: &mut Way, found: &mut Vec<Way>) {
    let below: &mut dyn Iterator<Item = (Option<&String>, &Value)> = match value {
        Value::Object(parts) => &mut parts.iter().map(|(key, value)| (Some(key), value)),
        Value::Array(entries) => &mut entries.iter().map(|value| (None, value)),
        _ => return,
    };
    for (part, (key, value)) in below.enumerate() {
        way.push(part);
        let leaf = match value {
            Value::String(text) => has(text, needle),
            Value::Number(number) => number.to_string().contains(needle),
            Value::Bool(truth) => truth.to_string().contains(needle),
            _ => false,
        };
        if leaf || key.is_some_and(|key| has(key, needle)) {
            found.push(way.clone());
        }
        find(value, needle, way, found);
        way.pop();
    }
}

/// Whether a text has a folded needle. Most texts are plain, and need not be folded for that.
fn has(text: &str, needle: &str) -> bool {
    if !text.is_ascii() || text.contains(['\n', '\t']) {
        return text::fold(text).contains(needle);
    }
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    text.windows(needle.len()).any(|part| part.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree() -> Tree {
        Tree::new(json!({
            "protocolSection": {"designModule": {"phases": ["PHASE1", "PHASE2"]}, "a.b": {}},
            "hasResults": false,
            "list": [[1, "Zwölf"]],
        }))
    }

    fn paths(tree: &Tree) -> Vec<String> {
        (0..tree.len()).map(|row| tree.path(row)).collect()
    }

    #[test]
    fn two_levels_are_unfolded_at_first() {
        let shown = [
            "",
            "protocolSection",
            "protocolSection.designModule",
            "protocolSection[\"a.b\"]",
            "hasResults",
            "list",
            "list[0]",
        ];
        assert_eq!(paths(&tree()), shown);
        let tree = tree();
        let row = tree.row(2).unwrap();
        assert_eq!(
            (row.depth, row.name, row.state),
            (2, Name::Key("designModule"), Folding::Folded)
        );
    }

    #[test]
    fn parts_fold_and_unfold() {
        let mut tree = tree();
        assert_eq!(tree.set(2, Folding::Unfolded), 2);
        assert_eq!(tree.path(3), "protocolSection.designModule.phases");
        assert_eq!(
            tree.set(3, Folding::Folded),
            2,
            "what is folded is folded with what it stands in"
        );
        assert_eq!(tree.len(), 7);
        assert_eq!(tree.set(4, Folding::Unfolded), 4, "what has no parts stays as it is");
        assert_eq!(tree.set(0, Folding::Folded), 0);
        assert_eq!(tree.len(), 1);
        assert_eq!(tree.set(0, Folding::Folded), 0);
        assert_eq!(tree.set(0, Folding::Unfolded), 0);
        assert_eq!(tree.len(), 7);
    }

    #[test]
    fn everything_unfolds_and_folds_around_the_row() {
        let mut tree = tree();
        assert_eq!(tree.set_all(5), 8);
        assert_eq!(
            paths(&tree)[4..6],
            ["protocolSection.designModule.phases[0]", "protocolSection.designModule.phases[1]"]
        );
        assert_eq!(tree.len(), 12);
        assert_eq!(tree.set_all(11), 3);
        assert_eq!(paths(&tree), ["", "protocolSection", "hasResults", "list"]);
    }

    #[test]
    fn what_is_hidden_is_found_and_revealed() {
        let mut tree = tree();
        let found = tree.find("phase");
        assert_eq!(found.len(), 3);
        assert_eq!(tree.find("zwolf"), [vec![2, 0, 1]]);
        assert_eq!((tree.find(""), tree.find("xyzzy")), (Vec::<Way>::new(), Vec::<Way>::new()));
        let row = tree.reveal(&found[2]);
        assert_eq!(tree.path(row), "protocolSection.designModule.phases[1]");
        assert_eq!(tree.way(row), found[2]);
    }

    #[test]
    fn any_value_is_a_tree() {
        for value in [json!(null), json!([]), json!({}), json!("text"), json!([[[]]])] {
            let mut tree = Tree::new(value);
            assert!(tree.len() > 0 && tree.row(0).is_some() && tree.row(9).is_none());
            tree.set_all(0);
            assert_eq!(tree.reveal(&[7, 7]), 0);
        }
    }
}
