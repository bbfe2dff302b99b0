//! What a map of sites says in words: of how many trials, sites and countries it is, what it lacks, and what is known
//! of one site.

use std::collections::{BTreeSet, HashSet};

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{MappedSite, MappedStudy};
use crate::study::place::Coordinates;
use crate::text;
use crate::ui::canvas::Canvas;

/// How many sites there are in how many countries.
pub(super) fn title(trials: &[MappedStudy], sites: &[MappedSite]) -> String {
    let countries = sites.iter().map(|it| it.site.country.as_str()).filter(|it| !it.is_empty());
    let countries: HashSet<&str> = countries.collect();
    let of = match trials {
        [trial] => trial.id.clone(),
        trials => format!("{} trials", trials.len()),
    };
    let sites = match sites.len() {
        0 => return format!("{of}: no sites are stated"),
        1 => "1 site".to_owned(),
        count => format!("{} sites", text::grouped(count as u64)),
    };
    match countries.len() {
        0 => format!("{of}: {sites}"),
        1 => format!("{of}: {sites} in 1 country"),
        count => format!("{of}: {sites} in {count} countries"),
    }
}

/// How many sites are not on the map, and why; empty when all are.
pub(super) fn unplaced(sites: &[MappedSite]) -> String {
    let count = |wanted: Coordinates| {
        sites.iter().filter(|it| it.site.coordinates == wanted).count() as u64
    };
    let all = text::grouped(sites.len() as u64);
    let unstated = match count(Coordinates::Unstated) {
        0 => None,
        1 => Some(format!("1 of {all} sites states no coordinates")),
        none => Some(format!("{} of {all} sites state no coordinates", text::grouped(none))),
    };
    let impossible = match count(Coordinates::Impossible) {
        0 => None,
        1 => Some(format!("1 of {all} sites states impossible coordinates")),
        odd => Some(format!("{} of {all} sites state impossible coordinates", text::grouped(odd))),
    };
    unstated.into_iter().chain(impossible).collect::<Vec<_>>().join(" · ")
}

/// Everything that is known of a site, in one line, and which other trials are at its place.
pub(super) fn caption(
    trials: &[MappedStudy],
    (at_cursor, sites): (&MappedSite, &[MappedSite]),
) -> String {
    let MappedSite { trial, site } = at_cursor;
    let of = match trials {
        [_] => String::new(),
        trials => format!("{} · ", trials[*trial].id),
    };
    let lacking = match site.coordinates {
        Coordinates::Stated(_) => "",
        Coordinates::Unstated => " · no coordinates stated",
        Coordinates::Impossible => " · the coordinates stated are impossible",
    };
    let is_there = |other: &&MappedSite| {
        other.trial != *trial && other.place().is_some() && other.place() == at_cursor.place()
    };
    let others: BTreeSet<usize> = sites.iter().filter(is_there).map(|it| it.trial).collect();
    let others: Vec<&str> = others.into_iter().map(|trial| trials[trial].id.as_str()).collect();
    let also =
        if others.is_empty() { String::new() } else { format!(" · also {}", others.join(", ")) };
    format!("{of}{}{lacking}{also}", site.in_words())
}

/// How wide what the legend says of a trial is, with its sign and the room behind it.
fn width(words: &str) -> u16 {
    text::width(words) as u16 + 5
}

/// What the legend says of each trial: its id, and of few trials how many sites each has.
fn legend(trials: &[MappedStudy]) -> impl Iterator<Item = String> {
    let has_counts = trials.len() <= 5;
    trials.iter().map(move |trial| {
        if has_counts { format!("{} {}", trial.id, trial.sites) } else { trial.id.clone() }
    })
}

const SEVERAL: &str = "two trials at one place";

/// How many rows of so many columns the legend has: none for a single trial.
pub(super) fn legend_rows(trials: &[MappedStudy], columns: u16) -> u16 {
    let (mut rows, mut left) = (u16::from(trials.len() > 1), columns);
    if rows > 0 {
        for words in legend(trials).chain([SEVERAL.to_owned()]) {
            let width = width(&words).min(columns);
            // Behind the last one of a row no room is needed.
            if width > left + 3 {
                (rows, left) = (rows + 1, columns);
            }
            left = left.saturating_sub(width);
        }
    }
    rows
}

/// Draws which sign is which trial's, as far as there is room.
pub(super) fn draw_legend(area: Rect, canvas: &mut Canvas, trials: &[MappedStudy]) {
    let theme = canvas.theme;
    let signs = (0..trials.len()).map(|at| theme.trial(at, trials.len()));
    let signs = signs.map(|signs| (signs.full, signs.style)).chain([theme.together(2)]);
    let mut rows = area.rows();
    let Some(mut rest) = rows.next() else { return };
    for ((sign, style), words) in signs.zip(legend(trials).chain([SEVERAL.to_owned()])) {
        let width = width(&words).min(area.width);
        if width > rest.width + 3 {
            let Some(row) = rows.next() else { return };
            rest = row;
        }
        let width = width.min(rest.width);
        canvas.line(rest, sign, style);
        let beside = Rect { x: rest.x + 2.min(width), width: width.saturating_sub(2), ..rest };
        canvas.line(beside, &words, Style::new());
        rest = Rect { x: rest.x + width, width: rest.width - width, ..rest };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Point, place};

    fn site(country: &str, coordinates: Coordinates) -> MappedSite {
        let site = place::Site { country: country.to_owned(), coordinates, ..Default::default() };
        MappedSite { trial: 0, site }
    }

    #[test]
    fn sites_and_what_they_lack_are_counted() {
        let here = || site("Spain", Coordinates::Stated(Point { lat: 40.0, lon: -3.0 }));
        let nowhere = || site("", Coordinates::Unstated);
        let odd = || site("France", Coordinates::Impossible);
        for (sites, title, unplaced) in [
            (vec![], "NCT1: no sites are stated", ""),
            (vec![here()], "NCT1: 1 site in 1 country", ""),
            (vec![nowhere()], "NCT1: 1 site", "1 of 1 sites states no coordinates"),
            (
                vec![here(), here(), nowhere(), nowhere(), odd()],
                "NCT1: 5 sites in 2 countries",
                "2 of 5 sites state no coordinates · 1 of 5 sites states impossible coordinates",
            ),
        ] {
            let trial = MappedStudy { id: "NCT1".to_owned(), sites: sites.len() };
            assert_eq!(super::title(&[trial], &sites), title);
            assert_eq!(super::unplaced(&sites), unplaced);
        }
    }
}
