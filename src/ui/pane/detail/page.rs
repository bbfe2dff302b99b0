//! A study laid out: the rows of its text, and where its sections and its blocks begin.

use std::collections::BTreeSet;
use std::ops::Range;

use super::offers::Offers;
use super::{facts, marked};
use crate::marks::Mark;
use crate::store::{Store, StoreId, StudyIdx};
use crate::study::prose;
use crate::study::{
    Detail, Document, Extent, FIELDS, FieldValue, Link, NctId, Part, Section, Study, document,
    links, parts_of_lines,
};
use crate::text::{self, Block, Line, Overflow, Row, Span, Tone};

/// How many leaves without a place are shown without being asked for.
const FEW: usize = 20;

/// Which study is laid out, of which store, how wide, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LayoutKey {
    pub(super) store: StoreId,
    pub(super) study: StudyIdx,
    /// The study by its name, which is the same in a store that holds more.
    pub(super) id: NctId,
    pub(super) width: usize,
    pub(super) extent: Extent,
    pub(super) folded: BTreeSet<Section>,
    /// What is marked on it.
    pub(super) mark: Option<Mark>,
}

/// A block of a study, by what it belongs to: its section, counted from 1, its entry there, and which
/// block of that it is. The title has the first.
pub(super) type Anchor = (usize, usize, usize);

/// A place in a study, whatever its layout: a block and how far into it, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bookmark {
    anchor: Anchor,
    part: usize,
}

/// A section on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) section: Section,
    pub(super) row: usize,
}

/// A study laid out.
#[derive(Default)]
pub(super) struct StudyLayout {
    /// What is laid out; `None` before the first time.
    pub(super) of: Option<LayoutKey>,
    /// The record, or why it cannot be read.
    pub(super) study: Option<Result<Study, String>>,
    pub(super) rows: Vec<Row>,
    pub(super) sections: Vec<Heading>,
    /// Which pages have something to show of the study.
    pub(super) offers: Offers,
    /// The passages of the prose, from the top.
    pub(super) passages: Vec<ShownPassage>,
    /// Where each block begins, from the top.
    blocks: Vec<(Anchor, usize)>,
}

/// A passage of the prose on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownPassage {
    pub(super) rows: Range<usize>,
    pub(super) part: prose::Part,
}

impl StudyLayout {
    /// Lays a study out; `before` is the page that it takes the place of.
    pub(super) fn new(store: &Store, of: LayoutKey, before: Self) -> Self {
        let same = before.of.is_some_and(|it| (it.store, it.study) == (of.store, of.study));
        let (kept, offers) = (before.study.filter(|_| same), before.offers);
        let is_known = kept.is_some();
        let read = || store.study(of.study).map_err(|error| error.to_string());
        let study = kept.unwrap_or_else(read);
        let mut page = Self::default();
        page.put(&Block::Lines(heading(store, of.study)), (0, 0, 0), &of);
        let record = study.as_ref().ok();
        let marked = of.mark.as_ref().map(|mark| marked::lines(mark, (store, of.study), record));
        page.put(&Block::Lines(marked.unwrap_or_default()), (0, 0, 1), &of);
        match &study {
            Ok(study) => page.put_study(study, store, &of),
            Err(reason) => {
                let line = format!("This record cannot be read: {reason}");
                let lines = vec![Line::empty(), Line::toned(line, Tone::Strong)];
                page.put(&Block::Lines(lines), (0, 0, 2), &of);
            }
        }
        page.offers = match &study {
            _ if is_known => offers,
            Ok(record) => Offers::new(store, of.study, record),
            Err(_) => Offers::default(),
        };
        Self { of: Some(of), study: Some(study), ..page }
    }

    fn put_study(&mut self, study: &Study, store: &Store, of: &LayoutKey) {
        let title = store.brief_title(of.study);
        let mut document = below_title(document(study), title);
        if of.extent == Extent::Designed {
            fold_rest(&mut document);
            fold_terms(&mut document);
        }
        for (number, part) in document.sections.iter().enumerate() {
            let folded = of.folded.contains(&part.section);
            // Folded sections stand close together.
            let before = number.checked_sub(1).map(|before| document.sections[before].section);
            let close = folded && before.is_some_and(|before| of.folded.contains(&before));
            let space = if close { Vec::new() } else { vec![Line::empty()] };
            self.put(&Block::Lines(space), (number + 1, 0, 0), of);
            self.sections.push(Heading { section: part.section, row: self.rows.len() });
            let heading = Block::Lines(vec![section_line(part, folded)]);
            self.put(&heading, (number + 1, 0, 1), of);
            if part.section == Section::KeyFacts && !folded {
                self.blocks.push(((number + 1, 0, 2), self.rows.len()));
                let mark = |line: &mut Line| mark_links(line, store, of.study);
                self.rows.extend(facts::rows(&part.details, of.width, mark));
                continue;
            }
            let blocks = if folded { Vec::new() } else { part.blocks(study, of.extent) };
            let mut last = (0, 1);
            for (entry, mut block) in blocks {
                let nth = if last.0 == entry { last.1 + 1 } else { 0 };
                last = (entry, nth);
                if let Block::Lines(lines) = &mut block {
                    for line in lines {
                        mark_links(line, store, of.study);
                    }
                }
                let anchor = (number + 1, entry, nth);
                match &block {
                    Block::Lines(lines) => self.put_lines(lines, &part.details[entry], anchor, of),
                    Block::Table(_) => self.put(&block, anchor, of),
                }
            }
        }
    }

    /// Puts lines of a detail, and remembers which of them are passages of the prose.
    fn put_lines(&mut self, lines: &[Line], detail: &Detail, anchor: Anchor, of: &LayoutKey) {
        let parts = parts_of_lines(detail);
        if parts.len() != lines.len() || parts.iter().all(Option::is_none) {
            return self.put(&Block::Lines(lines.to_vec()), anchor, of);
        }
        self.blocks.push((anchor, self.rows.len()));
        for (part, line) in parts.into_iter().zip(lines) {
            let start = self.rows.len();
            self.rows.extend(Block::Lines(vec![line.clone()]).flow(of.width, Overflow::LeftOut));
            let rows = start..self.rows.len();
            self.passages.extend(part.map(|part| ShownPassage { rows, part }));
        }
    }

    fn put(&mut self, block: &Block, anchor: Anchor, of: &LayoutKey) {
        let overflow = match of.extent {
            Extent::Designed => Overflow::LeftOut,
            Extent::Whole => Overflow::Below,
        };
        self.blocks.push((anchor, self.rows.len()));
        self.rows.extend(block.flow(of.width, overflow));
    }

    /// What stands at a row.
    pub(super) fn place(&self, row: usize) -> Bookmark {
        let at = self.blocks.partition_point(|&(_, first)| first <= row).saturating_sub(1);
        let Some(&(anchor, first)) = self.blocks.get(at) else { return Bookmark::default() };
        let height = self.end(at).saturating_sub(first).max(1);
        Bookmark { anchor, part: (row - first) * 1000 / height }
    }

    /// The row of a place, or of the nearest block in front of it.
    pub(super) fn row(&self, place: Bookmark) -> usize {
        let at =
            self.blocks.partition_point(|&(anchor, _)| anchor <= place.anchor).saturating_sub(1);
        let Some(&(anchor, first)) = self.blocks.get(at) else { return 0 };
        let height = self.end(at).saturating_sub(first);
        let into = if anchor == place.anchor { (place.part * height).div_ceil(1000) } else { 0 };
        first + into.min(height.saturating_sub(1))
    }

    /// The row behind the last of a block.
    fn end(&self, at: usize) -> usize {
        self.blocks.get(at + 1).map_or(self.rows.len(), |&(_, first)| first)
    }

    /// The section that begins at or above a row.
    pub(super) fn section_at(&self, row: usize) -> Option<usize> {
        self.sections.partition_point(|heading| heading.row <= row).checked_sub(1)
    }
}

fn section_line(part: &Part, folded: bool) -> Line {
    let mut line = Line::toned(part.section.title(), Tone::Heading);
    if folded {
        let count = part.details.len();
        let noun = if count == 1 { "entry" } else { "entries" };
        let words = format!(" … {} {noun} folded", text::grouped(count as u64));
        line.spans.push(Span::new(words, Tone::Dim));
    }
    line
}

/// Puts one line in the place of many leaves that no field shows.
fn fold_rest(document: &mut Document) {
    let rest = document.sections.iter_mut().find(|part| part.section == Section::Other);
    if let Some(rest) = rest.filter(|rest| rest.details.len() > FEW) {
        let count = text::grouped(rest.details.len() as u64);
        let words = format!("{count} more values, each under its path; “all values” shows them");
        rest.details = vec![Detail::line("", words)];
    }
}

/// The registry derives these from the terms of a study; there are many of them, and they say little more.
const DERIVED_TERMS: [&str; 6] = [
    "condition-ancestors",
    "condition-branches",
    "condition-topics",
    "intervention-ancestors",
    "intervention-branches",
    "intervention-topics",
];

/// Puts one line in the place of the terms that the registry derives from those of the study.
fn fold_terms(document: &mut Document) {
    let terms = document.sections.iter_mut().find(|part| part.section == Section::Terms);
    let Some(terms) = terms else { return };
    let derived = FIELDS.iter().filter(|field| DERIVED_TERMS.contains(&field.name));
    let derived: Vec<&str> = derived.map(|field| field.label).collect();
    let mut count = 0;
    terms.details.retain(|detail| {
        let is_derived = derived.contains(&detail.label.as_str());
        count += if is_derived { detail.lines().len().max(2) - 1 } else { 0 };
        !is_derived
    });
    if count > 0 {
        let noun = if count == 1 { "term" } else { "terms" };
        let count = text::grouped(count as u64);
        let words = format!("{count} broader {noun} and topics; “all values” shows them");
        terms.details.push(Detail::line("", words));
    }
}

/// The title over the whole width.
fn heading(store: &Store, study: StudyIdx) -> Vec<Line> {
    vec![Line::toned(store.title(study), Tone::Strong)]
}

/// The document without the title, which stands above it. It has key facts, stated or not.
fn below_title(mut document: Document, title: &str) -> Document {
    if document.sections.first().is_none_or(|part| part.section != Section::KeyFacts) {
        document.sections.insert(0, Part { section: Section::KeyFacts, details: Vec::new() });
    }
    for part in &mut document.sections {
        part.details.retain(|detail| !matches!(&detail.value, FieldValue::Line(line) if detail.label == "Title" && line == title));
    }
    document
}

/// Whether something is there to go to: other studies only where the dataset has them.
pub(super) fn leads_somewhere(link: &Link, store: &Store, from: StudyIdx) -> bool {
    match link {
        Link::Study(id) => store.find(*id).is_some_and(|study| study != from),
        Link::PubMed(_) | Link::Doi(_) | Link::Web(_) => true,
    }
}

/// Gives the tone of links to what leads somewhere.
fn mark_links(line: &mut Line, store: &Store, from: StudyIdx) {
    let mut marked = Vec::with_capacity(line.spans.len());
    for span in std::mem::take(&mut line.spans) {
        let mut done = 0;
        let found = if span.tone == Tone::Label { Vec::new() } else { links(&span.text) };
        for (range, _) in found.iter().filter(|(_, link)| leads_somewhere(link, store, from)) {
            if range.start > done {
                marked.push(Span::new(&span.text[done..range.start], span.tone));
            }
            marked.push(Span::new(&span.text[range.clone()], Tone::Link));
            done = range.end;
        }
        match done {
            0 => marked.push(span),
            done if done < span.text.len() => {
                marked.push(Span::new(&span.text[done..], span.tone));
            }
            _ => (),
        }
    }
    line.spans = marked;
}
