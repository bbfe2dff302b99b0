//! What a map of sites says in words: of how many trials, sites and countries it is, what it lacks, and what is known
//! of one site.

use std::collections::HashSet;

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

/// Everything that is known of a site, in one line.
pub(super) fn caption(trials: &[MappedStudy], MappedSite { trial, site }: &MappedSite) -> String {
    let of = match trials {
        [_] => String::new(),
        trials => format!("{} · ", trials[*trial].id),
    };
    let lacking = match site.coordinates {
        Coordinates::Stated(_) => "",
        Coordinates::Unstated => " · no coordinates stated",
        Coordinates::Impossible => " · the coordinates stated are impossible",
    };
    format!("{of}{}{lacking}", site.in_words())
}

/// Draws which sign is which trial's, and how many sites each has.
pub(super) fn draw_legend(row: Rect, canvas: &mut Canvas, trials: &[MappedStudy]) {
    let theme = canvas.theme;
    let signs = theme.signs.trials.iter().map(|signs| signs[0]).zip(theme.trials);
    let mut parts: Vec<(&str, Style, String)> = trials
        .iter()
        .zip(signs)
        .map(|(trial, (sign, style))| (sign, style, format!("{} {}", trial.id, trial.sites)))
        .collect();
    parts.push((theme.signs.shared, theme.found, "several".to_owned()));
    let mut rest = row;
    for (sign, style, words) in parts {
        canvas.line(rest, sign, style);
        let width = (text::width(&words) as u16 + 5).min(rest.width);
        let beside = Rect { x: rest.x + 2.min(rest.width), width: width.saturating_sub(2), ..rest };
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
