//! How the rows of the filters are drawn: signs, labels, counts, and bars where there is room.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::row::{FilterRow, Subject};
use super::{FiltersPane, chosen, counts, marked, rows};
use crate::search::{Choice, Counts, Descriptor, Group, MarkField};
use crate::study::Concept;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::pane::{Pane as _, View};
use crate::ui::widget::input::Caret;

/// From so many columns on there is room for bars.
const ROOMY: u16 = 36;
/// Half of what is wider than this is for bars, up to the longest.
const LABELS: u16 = 26;
const LONGEST: u16 = 24;

impl FiltersPane {
    /// Draws a row.
    pub(super) fn draw_row(
        &self,
        area: Rect,
        canvas: &mut Canvas,
        (row, scale): (&FilterRow, Scale),
        view: &View,
    ) {
        let theme = canvas.theme;
        match row {
            FilterRow::Typed => {
                let label = format!(" Narrow {} ", view.key(Action::Search));
                let width = (text::width(&label) as u16).min(area.width);
                canvas.line(Rect { width, ..area }, &label, theme.heading);
                let rest = Rect { x: area.x + width, width: area.width - width, ..area };
                let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
                if let Some(narrowing) = &self.narrowing {
                    narrowing.input.draw(rest, canvas, Style::new(), caret);
                }
            }
            FilterRow::Facet(subject) => self.draw_heading(area, canvas, *subject, view),
            FilterRow::Value(concept, group, count) => {
                let choice = chosen(view.session, *concept, *group);
                let label = group.map(|group| group.label(&view.session.store, *concept));
                let drawn = Drawn { choice, count: *count, scale };
                let label = self.with_sign(label.as_deref(), row, canvas, view);
                drawn.draw(area, canvas, label.as_deref(), "not stated");
            }
            FilterRow::Mark(field, value, count) => {
                let choice = marked::chosen(view.session, *field, value.as_deref());
                let label = value.as_deref().map(|value| text::clean_line(value));
                let drawn = Drawn { choice, count: *count, scale };
                drawn.draw(area, canvas, label.as_deref(), "none");
            }
            FilterRow::Branch(branch, count) => {
                let choice = view.session.chosen_branch(*branch);
                if self.is_narrowed() {
                    let label = branch.whole_label(&view.session.store);
                    Drawn { choice, count: *count, scale }.draw(area, canvas, Some(&label), "");
                    return;
                }
                let label = branch.label(&view.session.store);
                let label = self.with_sign(label, row, canvas, view);
                let indent = "  ".repeat(usize::from(branch.depth()));
                let label = label.map(|label| format!("{indent}{label}"));
                let drawn = Drawn { choice, count: *count, scale };
                let instead = format!("{indent}not stated");
                drawn.draw(area, canvas, label.as_deref(), &instead);
            }
            FilterRow::Descriptor(Descriptor { concept, value, .. }, depth, count) => {
                let group = Group::Value(*value);
                let choice = chosen(view.session, *concept, Some(group));
                let label = group.label(&view.session.store, *concept);
                let label = self.with_sign(Some(&label), row, canvas, view);
                let indent = "  ".repeat(usize::from(*depth));
                let label = label.map(|label| format!("{indent}{label}"));
                Drawn { choice, count: *count, scale }.draw(area, canvas, label.as_deref(), "");
            }
            FilterRow::Saved(name, count) => {
                let is_asked = view.session.asked_search() == Some(&**name);
                let choice = is_asked.then_some(Choice::Include);
                if let Some(count) = *count {
                    Drawn { choice, count, scale }.draw(area, canvas, Some(name), "");
                } else {
                    // What it finds is not known before the prose is indexed.
                    let rest = canvas.line_right(area, theme.signs.more, theme.dim);
                    canvas.line(rest, &format!("   {name}"), Style::new());
                }
            }
            FilterRow::New(_, count, since) => {
                let count = text::grouped(*count as u64);
                canvas.line(area, &format!("     {count} new since {since}"), theme.key);
            }
            FilterRow::Nothing => canvas.line(area, "   nothing fits", theme.dim),
            FilterRow::More(_, count) => {
                let more = theme.signs.more;
                let [read, search] = [Action::Read, Action::Search].map(|action| view.key(action));
                let count = text::grouped(*count as u64);
                let words = format!("   {more} {count} more: {read}, or {search}");
                canvas.line(area, &words, theme.dim);
            }
            FilterRow::Fewer(_) => {
                let words = format!("   {} fewer: {}", theme.signs.more, view.key(Action::Read));
                canvas.line(area, &words, theme.dim);
            }
        }
    }

    /// The label of a row, with the sign of what can be unfolded.
    fn with_sign(
        &self,
        label: Option<&str>,
        row: &FilterRow,
        canvas: &Canvas,
        view: &View,
    ) -> Option<String> {
        let below = rows::below(row, &view.session.store);
        let is_folded = below.is_some_and(|below| self.unfolding.is_folded(below));
        let is_shown = is_folded && !self.is_narrowed();
        let sign = canvas.theme.signs.more;
        label.map(|label| if is_shown { format!("{label} {sign}") } else { label.to_owned() })
    }

    /// Draws the name of a facet, and of a folded one whether anything of it is chosen.
    fn draw_heading(&self, area: Rect, canvas: &mut Canvas, subject: Subject, view: &View) {
        let theme = canvas.theme;
        let is_folded = !self.is_narrowed() && self.unfolding.is_folded(subject);
        let (chosen, is_of_several, title) = match subject {
            Subject::Concept(concept) => {
                let counts = counts(view.session, concept);
                let chosen = counts.map_or(0, |counts| counts.chosen.len());
                (chosen, counts.is_some_and(Counts::are_of_several), heading(concept))
            }
            // A place or a term is a row of its own, and no heading.
            Subject::Branch(_) | Subject::Descriptor(_) => return,
            Subject::Saved => (0, false, "Saved searches".to_owned()),
            Subject::Mark(field) => (
                marked::choices(view.session, field),
                field == MarkField::Tag,
                marked::heading(field).to_owned(),
            ),
        };
        let several = if is_of_several { theme.signs.several } else { "" };
        let more = if is_folded { theme.signs.more } else { "" };
        let signs = [several, more].into_iter().filter(|sign| !sign.is_empty());
        let heading = std::iter::once(&*title).chain(signs).collect::<Vec<_>>().join(" ");
        let heading = format!(" {heading}");
        let rest = if is_folded && chosen > 0 {
            let sign = format!("{} ", theme.signs.included);
            canvas.line_right(area, &sign, theme.key)
        } else {
            area
        };
        canvas.line(rest, &heading, theme.heading);
    }
}

/// The greatest count of a group, which has the longest bar, and that of all groups.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) most: u32,
    pub(super) greatest: u32,
}

/// What stands beside a label.
struct Drawn {
    choice: Option<Choice>,
    count: u32,
    scale: Scale,
}

impl Drawn {
    /// Draws a value; without a label, what stands in its place.
    fn draw(&self, area: Rect, canvas: &mut Canvas, label: Option<&str>, instead: &str) {
        let theme = canvas.theme;
        let grouped = |count: u32| text::grouped(u64::from(count));
        let mut rest = canvas.line_right(area, &grouped(self.count), theme.dim);
        if area.width >= ROOMY {
            let counts = grouped(self.scale.greatest).len() as u16;
            let bar = ((area.width - LABELS) / 2).min(LONGEST);
            let start = area.width.saturating_sub(counts + 1 + bar);
            rest = Rect { width: start.saturating_sub(1), ..area };
            let cells = u64::from(self.count) * u64::from(bar);
            let cells = cells.div_ceil(u64::from(self.scale.most.max(1)));
            let line = theme.signs.bar.repeat(usize::try_from(cells).unwrap_or_default());
            let place = Rect { x: area.x + start, width: bar, ..area };
            canvas.line(place, &line, if label.is_none() { theme.dim } else { theme.going });
        }
        let (sign, style) = match self.choice {
            Some(Choice::Include) => (theme.signs.included, theme.key),
            Some(Choice::Exclude) => (theme.signs.excluded, theme.error),
            None => (" ", Style::new()),
        };
        let right = |by: u16| Rect { x: rest.x + by, width: rest.width.saturating_sub(by), ..rest };
        canvas.line(right(1), sign, style);
        let style = if label.is_none() { theme.dim } else { Style::new() };
        canvas.line(right(3), label.unwrap_or(instead), style);
    }
}

/// The name of a facet, as a heading.
fn heading(concept: Concept) -> String {
    let label = concept.label();
    let mut chars = label.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
