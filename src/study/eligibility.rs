//! Stand-in for the splitting of criteria.

use crate::text::Line;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    pub inclusion: Vec<Criterion>,
    pub exclusion: Vec<Criterion>,
    pub other: Vec<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    pub depth: usize,
    pub text: String,
}

pub fn criteria(text: &str) -> Criteria {
    let mut criteria = Criteria::default();
    let mut excluding = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let text = line.trim().trim_start_matches("* ").replace('\\', "");
        match (line.trim().to_lowercase().as_str(), excluding) {
            ("inclusion criteria:", _) => excluding = Some(false),
            ("exclusion criteria:", _) => excluding = Some(true),
            (_, None) => criteria.other.push(Line::plain(text)),
            (_, Some(false)) => criteria.inclusion.push(Criterion { depth, text }),
            (_, Some(true)) => criteria.exclusion.push(Criterion { depth, text }),
        }
    }
    criteria
}
