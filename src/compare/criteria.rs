//! Criteria side by side: parts of the same role beside each other, each in the order of its record, and in
//! them what both studies ask first.

use super::pair::{Pair, alike, alone, place};
use super::passage::{Passages, Sides, extend, extend_alone};
use super::side::{TONES, agreement, marked, toned};
use crate::study::eligibility::{Criteria, Part, Role, unstated};
use crate::text::{Line, Tone, fold};

/// Sets the criteria of two studies side by side.
pub(super) fn criteria(both: [&Criteria; 2]) -> Passages {
    let mut passages = Passages::default();
    for row in rows(both) {
        let blank = (!passages.0.is_empty()).then(Line::empty);
        let mut top = Sides::default();
        for (side, (criteria, place)) in top.iter_mut().zip(both.into_iter().zip(row)) {
            let Some(place) = place else { continue };
            side.extend(blank.clone());
            side.extend(above(criteria, place));
            side.extend(criteria.title(place).map(|title| Line::toned(title, Tone::Strong)));
        }
        let parts = [0, 1].map(|side| row[side].map(|place| &both[side].parts[place]));
        if let [Some(left), Some(right)] = parts {
            pair_parts(&mut passages, top, [left, right]);
            continue;
        }
        let mut things = [Vec::new(), Vec::new()];
        for (side, part) in parts.into_iter().enumerate() {
            let Some(part) = part else { continue };
            let opposite = both[1 - side].unstated().filter(|role| *role == part.role);
            if let Some(role) = opposite {
                let title = Line::toned(role.title(), Tone::Strong);
                top[1 - side].extend(blank.clone().into_iter().chain([title, unstated(role)]));
            }
            let whole = toned(part.lines(), TONES[side]);
            things[side] = match part.role {
                Role::AsRegistered => vec![whole],
                _ => branched(whole).iter().map(Branch::lines).collect(),
            };
        }
        passages.heading(top);
        passages.alone(things);
    }
    passages
}

/// The name of the group that stands above a part.
fn above(criteria: &Criteria, place: usize) -> Option<Line> {
    let title = &criteria.parts[place.checked_sub(1)?];
    title.is_title().then(|| Line::toned(title.heading.as_str(), Tone::Strong))
}

/// Which parts stand beside each other. Parts of one role are paired by their headings, then in their order;
/// a group's name goes with the part below it. Which study stands on the left makes no difference.
fn rows(both: [&Criteria; 2]) -> Vec<[Option<usize>; 2]> {
    let [left, right] = both;
    let mut pairs: Vec<Pair> = Vec::new();
    let mut lone: Vec<Lone> = Vec::new();
    for (order, role) in
        [Role::AsRegistered, Role::Inclusion, Role::Exclusion].into_iter().enumerate()
    {
        let [mut own, mut others] = both.map(|criteria| places(criteria, role));
        own.retain(|&place| {
            let wanted = name(left, place);
            let found = others.iter().position(|&other| name(right, other) == wanted);
            pairs.extend(found.map(|found| (place, others.remove(found))));
            found.is_none()
        });
        let paired = own.len().min(others.len());
        pairs.extend(own.iter().copied().zip(others.iter().copied()));
        lone.extend(own[paired..].iter().map(|&place| Lone { place, order, side: 0 }));
        lone.extend(others[paired..].iter().map(|&place| Lone { place, order, side: 1 }));
    }
    let names = both.map(|criteria| {
        (0..criteria.parts.len()).map(|place| name(criteria, place)).collect::<Vec<_>>()
    });
    pairs.sort_by_cached_key(|&pair| place(pair, &names[0], &names[1]));
    lone.sort_by_key(|lone| (lone.place, lone.order));
    let mut rows: Vec<[Option<usize>; 2]> = Vec::new();
    for (left, right) in pairs {
        // What only one study has stands where it is in its record.
        rows.extend(
            lone.extract_if(.., |lone| lone.place < [left, right][lone.side]).map(Lone::row),
        );
        rows.push([Some(left), Some(right)]);
    }
    rows.extend(lone.into_iter().map(Lone::row));
    rows
}

/// A part that only one study has.
struct Lone {
    place: usize,
    /// Of its role among all roles.
    order: usize,
    side: usize,
}

impl Lone {
    fn row(self) -> [Option<usize>; 2] {
        let mut row = [None; 2];
        row[self.side] = Some(self.place);
        row
    }
}

/// Where the parts of a role stand, but for names of groups that have a part below them.
fn places(criteria: &Criteria, role: Role) -> Vec<usize> {
    let parts = &criteria.parts;
    let is_name = |place: usize| parts[place].is_title() && place + 1 < parts.len();
    (0..parts.len()).filter(|&place| parts[place].role == role && !is_name(place)).collect()
}

/// The title of a part with the name of its group.
fn name(criteria: &Criteria, place: usize) -> String {
    let above = above(criteria, place).map(|line| line.text()).unwrap_or_default();
    fold(&format!("{above} {}", criteria.title(place).unwrap_or_default()))
}

/// Two parts of one role: what both ask, then what only one asks.
fn pair_parts(passages: &mut Passages, mut top: Sides, parts: [&Part; 2]) {
    if parts[0].role == Role::AsRegistered {
        passages.heading(top);
        let sides = parts.map(Part::lines);
        passages.together(agreement(&sides), marked(sides));
        return;
    }
    // Of a part without criteria its lines say so.
    let lists = [0, 1].map(|side| {
        let lines = parts[side].lines();
        if parts[side].criteria.is_empty() {
            top[side].extend(lines);
            return Vec::new();
        }
        branched(lines)
    });
    passages.heading(top);
    let (both, alone) = branches(&lists[0], &lists[1]);
    for sides in both {
        passages.together(agreement(&sides), sides);
    }
    passages.alone(alone);
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
fn branches(left: &[Branch], right: &[Branch]) -> (Vec<Sides>, [Vec<Vec<Line>>; 2]) {
    let text =
        |branch: &Branch| branch.lines().iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let texts = |branches: &[Branch]| branches.iter().map(text).collect::<Vec<_>>();
    let pairs = alike(&texts(left), &texts(right));
    let both = pairs.iter().map(|&(i, j)| {
        let mut sides = marked([vec![left[i].line.clone()], vec![right[j].line.clone()]]);
        let (both, [left, right]) = branches(&left[i].inner, &right[j].inner);
        for inner in both {
            extend(&mut sides, inner);
        }
        extend_alone(&mut sides, [left.concat(), right.concat()]);
        sides
    });
    let both = both.collect();
    let lines = |side: usize, branches: &[Branch], alone: Vec<usize>| {
        alone.into_iter().map(|place| toned(branches[place].lines(), TONES[side])).collect()
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
    use crate::compare::passage::tests;
    use crate::study::eligibility;

    fn set(left: &str, right: &str) -> Vec<String> {
        let [left, right] = [left, right].map(eligibility::criteria);
        tests::rows(criteria([&left, &right]).0)
    }

    #[test]
    fn criteria_are_paired_where_they_say_the_same() {
        let rows = set(
            "Inclusion:\n* Consent\n* Aged 18 to 70 years\n  * or 16 with consent\n\nExclusion:\n* Pregnancy",
            "Inclusion:\n* Aged 18 to 65 years\n  * or 17 with consent",
        );
        let expected = [
            "Inclusion criteria | Inclusion criteria",
            "2. Aged 18 to -70- years | 1. Aged 18 to +65+ years",
            "   • or -16- with consent |    • or +17+ with consent",
            "Only in NCT1 | ",
            "1. -Consent- | ",
            " | ",
            "Exclusion criteria | Exclusion criteria",
            " |    no heading for exclusion in the record",
            "Only in NCT1 | ",
            "1. -Pregnancy- | ",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn parts_are_paired_by_their_headings() {
        let rows = set(
            "Part A\nInclusion:\n* a\nExclusion:\n* b\nPart B\nInclusion:\n* c",
            "Part B\nInclusion:\n* c\nExclusion:\n* b",
        );
        let expected = [
            "Part A | ",
            "Inclusion criteria | ",
            "Only in NCT1 | ",
            "1. -a- | ",
            " | ",
            "Exclusion criteria | Exclusion criteria",
            "1. b | 1. b",
            " | ",
            "Part B | Part B",
            "Inclusion criteria | Inclusion criteria",
            "1. c | 1. c",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_do_not_depend_on_the_side() {
        for (left, right) in [
            ("Inclusion:\n* a\nWithdrawal criteria:\n* b", "Exclusion:\n* c\nInclusion:\n* a"),
            ("* x\nExclusion:\n* b\nInclusion:\n* a", "Inclusion:\n* a\nExclusion:\n* b"),
            ("Adults.", "Inclusion:\n* a\nExclusion:\n* b"),
        ] {
            let [left, right] = [left, right].map(eligibility::criteria);
            let mirrored = rows([&right, &left]).into_iter().map(|[right, left]| [left, right]);
            assert_eq!(rows([&left, &right]), mirrored.collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_not_split_stands_alone() {
        let rows = set("Adults.", "Inclusion:\n* Adults\n\nExclusion:\n* b");
        let expected = [
            "Criteria as registered | ",
            "Only in NCT1 | ",
            "-Adults.- | ",
            " | ",
            " | Inclusion criteria",
            " | Only in NCT2",
            " | 1. +Adults+",
            " | ",
            " | Exclusion criteria",
            " | Only in NCT2",
            " | 1. +b+",
        ];
        assert_eq!(rows, expected);
    }
}
