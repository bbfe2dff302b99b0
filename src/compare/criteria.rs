//! Criteria side by side: parts of the same role beside each other, each in the order of its record, and in
//! them what both studies ask first.

use super::arrange::{Sides, TONES, extend, extend_alone, marked, toned};
use super::pair::{alike, alone};
use crate::study::eligibility::{Criteria, Part, Role, unstated};
use crate::text::{Line, Tone, fold};

/// Sets the criteria of two studies side by side.
pub(super) fn criteria(both: [&Criteria; 2], ids: &[String; 2]) -> Sides {
    let mut sides = Sides::default();
    for row in rows(both) {
        let blank = !sides[0].is_empty() || !sides[1].is_empty();
        let mut top = Sides::default();
        for (side, (criteria, place)) in top.iter_mut().zip(both.into_iter().zip(row)) {
            let Some(place) = place else { continue };
            side.extend(blank.then(Line::empty));
            side.extend(above(criteria, place));
            side.extend(criteria.title(place).map(|title| Line::toned(title, Tone::Strong)));
        }
        match row {
            [Some(left), Some(right)] => {
                let parts = [&both[0].parts[left], &both[1].parts[right]];
                extend(&mut sides, top);
                extend_parts(&mut sides, parts, ids);
            }
            [left, right] => {
                let places = [left, right];
                for (side, (criteria, place)) in both.into_iter().zip(places).enumerate() {
                    let Some(place) = place else { continue };
                    let part = &criteria.parts[place];
                    if let Some(opposite) =
                        both[1 - side].unstated().filter(|role| *role == part.role)
                    {
                        let title = Line::toned(opposite.title(), Tone::Strong);
                        top[1 - side].extend(
                            blank.then(Line::empty).into_iter().chain([title, unstated(opposite)]),
                        );
                    }
                    top[side].extend(toned(part.lines(), TONES[side]));
                }
                extend(&mut sides, top);
            }
        }
    }
    sides
}

/// The name of the group that stands above a part.
fn above(criteria: &Criteria, place: usize) -> Option<Line> {
    let title = &criteria.parts[place.checked_sub(1)?];
    title.is_title().then(|| Line::toned(title.heading.as_str(), Tone::Strong))
}

/// Which parts stand beside each other. Parts of one role are paired by their headings, then in their order;
/// a group's name goes with the part below it.
fn rows([left, right]: [&Criteria; 2]) -> Vec<[Option<usize>; 2]> {
    let places = |criteria: &Criteria, role: Role| -> Vec<usize> {
        let is_name =
            |place: usize| criteria.parts[place].is_title() && place + 1 < criteria.parts.len();
        (0..criteria.parts.len())
            .filter(|&place| criteria.parts[place].role == role && !is_name(place))
            .collect()
    };
    let name = |criteria: &Criteria, place: usize| {
        let above = above(criteria, place).map(|line| line.text()).unwrap_or_default();
        fold(&format!("{above} {}", criteria.title(place).unwrap_or_default()))
    };
    let mut partner = vec![None; left.parts.len()];
    for role in [Role::Inclusion, Role::Exclusion, Role::AsRegistered] {
        let mut free = places(right, role);
        let own = places(left, role);
        for &place in &own {
            let wanted = name(left, place);
            let found = free.iter().position(|&other| name(right, other) == wanted);
            partner[place] = found.map(|found| free.remove(found));
        }
        let rest = own.into_iter().filter(|&place| partner[place].is_none()).collect::<Vec<_>>();
        for (place, other) in rest.into_iter().zip(free) {
            partner[place] = Some(other);
        }
    }
    let mut rows: Vec<[Option<usize>; 2]> = Vec::new();
    let mut taken = 0;
    let is_alone = |place: &usize| {
        !partner.contains(&Some(*place))
            && (!right.parts[*place].is_title() || *place + 1 == right.parts.len())
    };
    for (place, partner) in partner.iter().enumerate() {
        if left.parts[place].is_title() && place + 1 < left.parts.len() {
            continue;
        }
        if let Some(other) = *partner {
            // What only the right study has stands where it is in its record.
            rows.extend((taken..other).filter(is_alone).map(|place| [None, Some(place)]));
            taken = taken.max(other + 1);
        }
        rows.push([Some(place), *partner]);
    }
    rows.extend((taken..right.parts.len()).filter(is_alone).map(|place| [None, Some(place)]));
    rows
}

/// Two parts of one role: what both ask, then what only one asks.
fn extend_parts(sides: &mut Sides, parts: [&Part; 2], ids: &[String; 2]) {
    if parts[0].role == Role::AsRegistered {
        extend(sides, marked(parts.map(Part::lines)));
        return;
    }
    let [left, right] = parts
        .map(|part| if part.criteria.is_empty() { Vec::new() } else { branched(part.lines()) });
    let (mut below, alone) = branches(&left, &right);
    extend_alone(&mut below, alone, ids);
    for (side, part) in below.iter_mut().zip(parts) {
        if part.criteria.is_empty() {
            side.splice(..0, part.lines());
        }
    }
    extend(sides, below);
}

/// A criterion and what is nested in it.
struct Branch {
    line: Line,
    inner: Vec<Self>,
}

fn branched(lines: Vec<Line>) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for line in lines {
        let mut siblings = &mut branches;
        while siblings.last().is_some_and(|last| last.line.indent < line.indent) {
            siblings = &mut siblings.last_mut().expect("there is a last one").inner;
        }
        siblings.push(Branch { line, inner: Vec::new() });
    }
    branches
}

impl Branch {
    fn lines(&self) -> Vec<Line> {
        let inner = self.inner.iter().flat_map(Self::lines);
        std::iter::once(self.line.clone()).chain(inner).collect()
    }
}

/// What both sides ask, in the same order; and what only one asks.
fn branches(left: &[Branch], right: &[Branch]) -> (Sides, Sides) {
    let text =
        |branch: &Branch| branch.lines().iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let texts = |branches: &[Branch]| branches.iter().map(text).collect::<Vec<_>>();
    let pairs = alike(&texts(left), &texts(right));
    let mut both = Sides::default();
    for &(i, j) in &pairs {
        extend(&mut both, marked([vec![left[i].line.clone()], vec![right[j].line.clone()]]));
        let (inner, alone) = branches(&left[i].inner, &right[j].inner);
        extend(&mut both, inner);
        extend(&mut both, alone);
    }
    let lines = |side: usize, branches: &[Branch], alone: Vec<usize>| {
        toned(alone.into_iter().flat_map(|place| branches[place].lines()).collect(), TONES[side])
    };
    let alone = [
        lines(0, left, alone(left.len(), &pairs, |pair| pair.0)),
        lines(1, right, alone(right.len(), &pairs, |pair| pair.1)),
    ];
    (both, alone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::eligibility;

    /// The sides as lines, `-` or `+` around what only one has.
    fn set(left: &str, right: &str) -> [Vec<String>; 2] {
        let [left, right] = [left, right].map(eligibility::criteria);
        let ids = ["NCT1", "NCT2"].map(str::to_owned);
        let shown = |line: &Line| {
            let span = |span: &crate::text::Span| match span.tone {
                Tone::Removed => format!("-{}-", span.text),
                Tone::Added => format!("+{}+", span.text),
                _ => span.text.clone(),
            };
            let text: String = line.spans.iter().map(span).collect();
            format!("{:1$}{2}{text}", "", line.indent, line.marker)
        };
        criteria([&left, &right], &ids).map(|side| side.iter().map(shown).collect())
    }

    #[test]
    fn criteria_are_paired_where_they_say_the_same() {
        let [left, right] = set(
            "Inclusion:\n* Consent\n* Aged 18 to 70 years\n  * or 16 with consent\n\nExclusion:\n* Pregnancy",
            "Inclusion:\n* Aged 18 to 65 years\n  * or 17 with consent",
        );
        let expected = [
            "Inclusion criteria",
            "2. Aged 18 to -70- years",
            "   • or -16- with consent",
            "   only in NCT1",
            "1. -Consent-",
            "",
            "Exclusion criteria",
            "1. -Pregnancy-",
        ];
        assert_eq!(left, expected);
        let expected = [
            "Inclusion criteria",
            "1. Aged 18 to +65+ years",
            "   • or +17+ with consent",
            "",
            "",
            "",
            "Exclusion criteria",
            "   no heading for exclusion in the record",
        ];
        assert_eq!(right, expected);
    }

    #[test]
    fn parts_are_paired_by_their_headings() {
        let [left, right] = set(
            "Part A\nInclusion:\n* a\nExclusion:\n* b\nPart B\nInclusion:\n* c",
            "Part B\nInclusion:\n* c\nExclusion:\n* b",
        );
        let expected = [
            "Part A",
            "Inclusion criteria",
            "1. -a-",
            "",
            "Exclusion criteria",
            "1. b",
            "",
            "Part B",
            "Inclusion criteria",
            "1. c",
        ];
        assert_eq!(left, expected);
        let expected = [
            "",
            "",
            "",
            "",
            "Exclusion criteria",
            "1. b",
            "",
            "Part B",
            "Inclusion criteria",
            "1. c",
        ];
        assert_eq!(right, expected);
    }

    #[test]
    fn what_is_not_split_stands_alone() {
        let [left, right] = set("Adults.", "Inclusion:\n* Adults\n\nExclusion:\n* b");
        assert_eq!(left[..2], ["Criteria as registered", "-Adults.-"]);
        let expected =
            ["", "", "", "Inclusion criteria", "1. +Adults+", "", "Exclusion criteria", "1. +b+"];
        assert_eq!(right, expected);
    }
}
