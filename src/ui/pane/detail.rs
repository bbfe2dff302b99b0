//! The pane that shows one study. Its text is laid out once for a study and a width; a frame draws the rows on the
//! screen.

mod facts;
mod folds;
mod hits;
mod marked;
mod offers;
mod page;
mod passage;
mod rail;
mod rows;
mod title;

use std::collections::{BTreeSet, HashMap};

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::marks::Passage;
use crate::session::Session;
use crate::study::{Extent, Link, NctId, Section, links};
use crate::text::{self, Tone};
use crate::ui::action::Action;
use crate::ui::canvas::{Border, Canvas};
use crate::ui::widget::finding::Finding;
use crate::ui::widget::scroll::Scroll;
use folds::Fold;
use hits::Hits;
use page::{Bookmark, LayoutKey, StudyLayout};
use passage::Chosen;
use rail::Parts;
use rows::{matched, text_of};
use title::title;

#[derive(Default)]
pub(super) struct DetailPane {
    page: StudyLayout,
    extent: Extent,
    /// The sections that are folded, of whatever study.
    folded: BTreeSet<Section>,
    scroll: Scroll,
    /// The section that was gone to, until the text is moved otherwise.
    chosen: Option<usize>,
    finding: Option<Finding>,
    /// The words that are chosen for a note.
    words: Option<Chosen>,
    /// The rows as a text is looked for in them.
    sought: Vec<String>,
    hits: Hits,
    /// Where each study was left.
    left: HashMap<NctId, Bookmark>,
    /// Rows on the screen in the last frame, for what moves the text without a key of its own.
    height: usize,
}

impl DetailPane {
    pub(super) fn sections(&self) -> (Vec<(String, usize)>, usize) {
        let sections = self.page.sections.iter();
        let sections = sections.map(|heading| (heading.section.title().to_owned(), heading.row));
        (sections.collect(), self.section().unwrap_or(0))
    }

    pub(super) fn show_row(&mut self, row: usize) {
        self.chosen = self.page.sections.iter().position(|heading| heading.row == row);
        self.scroll.top = row;
        self.scroll.clamp(self.page.rows.len(), self.height);
    }

    /// The words that are chosen; where none are, chooses the first line on the screen.
    pub(super) fn passage(&mut self) -> Result<Option<Passage>, String> {
        if let Some(words) = self.words {
            return words.passage(&self.page).map(Some);
        }
        self.words = Chosen::at(&self.page, self.scroll.top);
        if self.words.is_some() { Ok(None) } else { Err("there is no text here".to_owned()) }
    }

    pub(super) fn leave_passage(&mut self) {
        self.words = None;
    }

    /// The section that is being read.
    fn section(&self) -> Option<usize> {
        self.chosen.or_else(|| self.page.section_at(self.scroll.top))
    }

    /// Lays the study out, unless it is already.
    fn lay_out(&mut self, session: &Session, width: usize) {
        let store = session.store.identity();
        // What is looked for may stand anywhere.
        let (extent, folded) = match self.finding {
            Some(_) => (Extent::Whole, BTreeSet::new()),
            None => (self.extent, self.folded.clone()),
        };
        let of = session.study().map(|study| {
            let mark = session.mark_of(study).cloned();
            LayoutKey { store, study, id: session.store.id(study), width, extent, folded, mark }
        });
        let is_asked = self.take_asked(session);
        if self.page.of == of {
            if is_asked {
                self.find_hits();
                self.show_first_hit();
            }
            return;
        }
        let place = self.page.place(self.scroll.top);
        let place = if self.scroll.top == 0 { Bookmark::default() } else { place };
        let (before, rows) = (self.page.of.as_ref().map(|of| of.id), self.page.rows.len());
        self.left.extend(before.filter(|_| !is_asked).map(|id| (id, place)));
        let (page, chosen) = (std::mem::take(&mut self.page), self.chosen.take());
        self.page = of.map(|of| StudyLayout::new(&session.store, of, page)).unwrap_or_default();
        let now = self.page.of.as_ref().map(|of| of.id);
        self.words = self.words.filter(|_| now == before && self.page.rows.len() == rows);
        self.find_hits();
        // A study is shown where it was left; one that was not yet read, where what was asked of prose stands, else from
        // its top.
        let place = now.and_then(|id| self.left.get(&id)).copied();
        self.scroll.top = self.page.row(place.unwrap_or_default());
        self.scroll.clamp(self.page.rows.len(), self.height);
        if place.is_none() && self.finding.is_none() {
            self.show_first_hit();
        }
        self.chosen = chosen.filter(|_| now == before);
        if let Some(finding) = &mut self.finding {
            self.sought = self.page.rows.iter().map(|row| text::fold(&text_of(row))).collect();
            finding.look(self.sought.iter(), self.scroll.top);
        }
    }

    fn show_found(&mut self, step: isize) {
        if let Some(row) = self.finding.as_mut().and_then(|finding| finding.step(step)) {
            self.scroll.show(row, self.page.rows.len(), self.height);
            self.chosen = None;
        }
    }

    /// Ends the search; what was found stays in sight.
    fn stop_finding(&mut self) {
        self.finding = None;
        self.sought.clear();
        let section = self.page.section_at(self.scroll.top + self.height / 4);
        if let Some(heading) = section.and_then(|section| self.page.sections.get(section)) {
            self.folded.remove(&heading.section);
        }
    }

    fn next_section(&mut self) {
        let next = self.section().map_or(0, |section| section + 1);
        if let Some(heading) = self.page.sections.get(next) {
            self.show_row(heading.row);
        }
    }

    /// To the beginning of the section, then to the section in front of it, then to the title.
    fn previous_section(&mut self) {
        let top = self.scroll.top;
        let begun = self
            .section()
            .filter(|&section| self.chosen.is_none() && self.page.sections[section].row < top);
        let previous = begun.or_else(|| self.section()?.checked_sub(1));
        match previous.and_then(|section| self.page.sections.get(section)) {
            Some(heading) => self.show_row(heading.row),
            None => self.show_row(0),
        }
    }

    fn note(&self) -> String {
        if let Some(finding) = &self.finding {
            return finding.note();
        }
        let end = (self.scroll.top + self.height).min(self.page.rows.len());
        let share = (end * 100).checked_div(self.page.rows.len()).unwrap_or(100);
        let section = self.section().and_then(|section| self.page.sections.get(section));
        let title = section.map(|heading| heading.section.title());
        title.map_or_else(|| format!("{share} %"), |title| format!("{title} · {share} %"))
    }

    /// The link at a place on the screen.
    fn link_at(&self, at: Position, inner: Rect) -> Option<Link> {
        let row = self.page.rows.get(self.scroll.top + usize::from(at.y - inner.y))?;
        let mut end = 0;
        let span = row.iter().find(|span| {
            end += crate::text::width(&span.text);
            usize::from(at.x - inner.x) < end
        })?;
        let found = if span.tone == Tone::Link { links(&span.text) } else { Vec::new() };
        found.into_iter().next().map(|(_, link)| link)
    }
}

impl Pane for DetailPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        let inner = rail::parts(area).text;
        let width = usize::from(inner.width);
        self.lay_out(session, width);
        self.height = usize::from(inner.height);
        if let Some(words) = &mut self.words {
            if action == Action::Back {
                self.words = None;
                return true;
            }
            let is_moved = words.act(action, &self.page);
            self.scroll.show(words.last, self.page.rows.len(), self.height);
            return is_moved;
        }
        match action {
            Action::Search => {
                self.finding = Some(Finding::default());
                self.lay_out(session, width);
            }
            Action::Read if self.typing() => {
                if let Some(finding) = &mut self.finding {
                    finding.typed();
                }
                self.show_found(0);
            }
            Action::Back if self.finding.is_some() => self.stop_finding(),
            Action::Everything => {
                // What changes mostly stands at the end, below the screen.
                self.extent = match self.extent {
                    Extent::Designed => {
                        session
                            .say("every value is shown; what has no place of its own stands last");
                        Extent::Whole
                    }
                    Extent::Whole => {
                        session.say("values without a place of their own are counted at the end");
                        Extent::Designed
                    }
                };
            }
            Action::NextMatch | Action::PreviousMatch if self.finding.is_none() => {
                self.step_hit(action);
            }
            Action::NextMatch => self.show_found(1),
            Action::PreviousMatch => self.show_found(-1),
            Action::NextSection => self.next_section(),
            Action::PreviousSection => self.previous_section(),
            Action::Fold | Action::Unfold | Action::FoldAll => {
                match action {
                    Action::Fold => self.fold(Fold::Away),
                    Action::Unfold => self.fold(Fold::Open),
                    _ => self.fold_all(),
                }
                self.lay_out(session, width);
                self.show_chosen();
            }
            _ => {
                let moved = self.scroll.act(action, self.page.rows.len(), self.height);
                self.chosen = self.chosen.filter(|_| !moved);
                return moved;
            }
        }
        true
    }

    fn edit(&mut self, request: InputRequest, _session: &mut Session) {
        if let Some(finding) = &mut self.finding {
            finding.edit(request);
            finding.look(self.sought.iter(), self.scroll.top);
            self.show_found(0);
        }
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(Finding::typing)
    }

    /// Gives a link; on a heading, folds the section or unfolds it.
    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        let Parts { rail, text: inner } = rail::parts(area);
        self.lay_out(session, usize::from(inner.width));
        self.height = usize::from(inner.height);
        let named = rail::section_at(rail, at).and_then(|section| self.page.sections.get(section));
        if let Some(&heading) = named {
            self.show_row(heading.row);
        }
        if !inner.contains(at) {
            return None;
        }
        let link = self.link_at(at, inner);
        let row = self.scroll.top + usize::from(at.y - inner.y);
        let section = self.page.sections.iter().position(|heading| heading.row == row);
        if link.is_none() && section.is_some() && self.finding.is_none() {
            self.chosen = section;
            self.fold(Fold::Other);
        }
        link
    }

    fn hints(&self) -> &'static [Hint] {
        match &self.finding {
            _ if self.words.is_some() => passage::HINTS,
            Some(finding) if finding.typing() => {
                &[(Action::Read, "find"), (Action::Back, "cancel")]
            }
            Some(_) => &[
                (Action::NextMatch, "next"),
                (Action::PreviousMatch, "previous"),
                (Action::Back, "done"),
            ],
            None => &[
                (Action::NextSection, "next section"),
                (Action::Outline, "sections"),
                (Action::Search, "find"),
                (Action::Tables, "results tables"),
                (Action::Versions, "versions"),
                (Action::Map, "map"),
                (Action::Links, "links"),
                (Action::Timeline, "dates"),
                (Action::NextStudy, "next trial"),
                (Action::Pin, "pin"),
                (Action::Related, "related"),
                (Action::Fold, "fold"),
                (Action::Back, "back"),
                (Action::Everything, "all values"),
                (Action::Raw, "JSON"),
                (Action::Copy, "copy"),
                (Action::OpenPage, "open page"),
                (Action::Compare, "compare"),
                (Action::Include, "include"),
                (Action::LeaveOut, "exclude"),
                (Action::Tag, "tag"),
                (Action::Note, "note"),
                (Action::Export, "save"),
            ],
        }
    }

    fn offers(&self, action: Action) -> bool {
        self.page.offers.has(action)
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let theme = canvas.theme;
        let Parts { rail, text: inner } = rail::parts(area);
        self.lay_out(view.session, usize::from(inner.width));
        self.height = usize::from(inner.height);
        self.scroll.clamp(self.page.rows.len(), self.height);
        let title = title(view, theme);
        let note = self.note();
        Border { title: &title, note: &note, style: view.border(theme) }.draw(area, canvas);
        if let Some(rail) = rail {
            rail::draw(rail, canvas, &self.page.sections, self.section());
        }
        let needle = self.finding.as_ref().map(Finding::needle);
        let chosen = self.chosen.and_then(|section| self.page.sections.get(section));
        let chosen = chosen.map(|heading| heading.row).filter(|_| view.focused);
        let rows = self.page.rows.iter().enumerate().skip(self.scroll.top);
        let end = self.page.rows.len().min(self.scroll.top + self.height);
        let seen = self.scroll.top.min(end)..end;
        let matched = matched(&self.page, seen, &view.session.results.highlights);
        for ((line, (number, row)), places) in inner.rows().zip(rows).zip(matched) {
            canvas.row(line, row, Style::new());
            canvas.mark_places(line, &text_of(row), &places, theme.matched);
            if let Some(needle) = &needle {
                canvas.mark(line, needle, theme.found);
            }
            if self.words.is_some_and(|words| words.has(number)) {
                canvas.style(line, theme.selected);
            }
            if chosen == Some(number) {
                let width = text::width(&text_of(row)) as u16;
                canvas.style(Rect { width: width.min(line.width), ..line }, theme.selected);
            }
        }
        if let Some(finding) = &self.finding {
            finding.draw(area, canvas);
        }
    }
}
