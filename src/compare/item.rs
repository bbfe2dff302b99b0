//! Lists of things that have a name and properties, side by side: outcomes by measure and time frame,
//! arms by type and intervention, everything else by its name.

use super::Verdict;
use super::pair::{Pair, alike, alike_in_meaning, alone, key, place, same};
use super::passage::{Passages, Sides, extend, extend_alone};
use super::side::{self, TONES, marked, toned};
use crate::study::terms::{INTERVENTION_TYPE, Term};
use crate::study::{Detail, FieldValue, Item, Role};
use crate::text::{Line, fold};

/// One way to tell which items belong together: those whose texts go together by `how`, among those of
/// the same group.
struct Way {
    group: fn(&Item) -> String,
    text: fn(&Item) -> String,
    how: fn(&[String], &[String]) -> Vec<Pair>,
}

/// The ways of each field, the surest first; what one pairs is no more looked at by the next.
const WAYS: &[(&str, &[Way])] = &[
    ("arms", ARMS),
    ("interventions", INTERVENTIONS),
    ("primary-outcomes", OUTCOMES),
    ("secondary-outcomes", OUTCOMES),
    ("other-outcomes", OUTCOMES),
];

/// For the fields without ways of their own.
const BY_TITLE: &[Way] = &[Way { group: none, text: title, how: same }];

const ARMS: &[Way] = &[
    Way { group: arm_type, text: interventions_and_name, how: same },
    Way { group: arm_type, text: interventions_and_name, how: alike },
    Way { group: arm_type, text: interventions, how: alike },
    Way { group: arm_type, text: title, how: alike },
    Way { group: none, text: title, how: same },
];

const INTERVENTIONS: &[Way] = &[
    Way { group: none, text: title, how: same },
    Way { group: none, text: name, how: same },
    Way { group: none, text: name, how: alike },
];

const OUTCOMES: &[Way] = &[
    Way { group: time, text: title, how: same },
    Way { group: none, text: title, how: same },
    Way { group: time, text: title, how: alike_in_meaning },
    Way { group: none, text: title, how: alike_in_meaning },
];

fn none(_: &Item) -> String {
    String::new()
}

fn title(item: &Item) -> String {
    item.title()
}

fn name(item: &Item) -> String {
    item.name.clone()
}

fn arm_type(item: &Item) -> String {
    item.detail(Role::Type).and_then(FieldValue::in_line).unwrap_or_default()
}

/// What an arm gets, without the types. Records write these before the names: `Drug: Cells`.
fn interventions(item: &Item) -> String {
    let Some(FieldValue::List(names)) = item.detail(Role::Interventions) else {
        return String::new();
    };
    let without_type = |name: &String| {
        let is_type = |kind: &str| {
            INTERVENTION_TYPE.iter().any(|Term { label, .. }| label.eq_ignore_ascii_case(kind))
        };
        match name.split_once(": ") {
            Some((kind, name)) if is_type(kind) => name.to_owned(),
            _ => name.clone(),
        }
    };
    names.iter().map(without_type).collect::<Vec<_>>().join("; ")
}

/// Nothing where there are no interventions, so that the name alone is looked at.
fn interventions_and_name(item: &Item) -> String {
    match interventions(item) {
        names if names.is_empty() => names,
        names => format!("{names} {}", item.name),
    }
}

fn time(item: &Item) -> String {
    let time = item.detail(Role::TimeFrame).and_then(FieldValue::in_line);
    time.map(|time| fold(&time)).unwrap_or_default()
}

/// The items of a field that belong together, as early as they stand.
fn pairs(field: &str, left: &[Item], right: &[Item]) -> Vec<Pair> {
    let ways = WAYS.iter().find(|(name, _)| *name == field).map_or(BY_TITLE, |(_, ways)| ways);
    let mut pairs: Vec<Pair> = Vec::new();
    for way in ways {
        let lefts = open(way, left, alone(left.len(), &pairs, |pair| pair.0));
        let rights = open(way, right, alone(right.len(), &pairs, |pair| pair.1));
        for (group, left) in &lefts {
            let Some((_, right)) = rights.iter().find(|(other, _)| other == group) else {
                continue;
            };
            let texts = |open: &Open| open.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
            let found = (way.how)(&texts(left), &texts(right));
            pairs.extend(found.into_iter().map(|(i, j)| (left[i].0, right[j].0)));
        }
    }
    let [left, right] =
        [left, right].map(|items| items.iter().map(Item::in_line).collect::<Vec<_>>());
    pairs.sort_by_cached_key(|&pair| place(pair, &left, &right));
    pairs
}

/// Places and texts of items that have no partner yet.
type Open = Vec<(usize, String)>;

/// The items at `places`, by group; those without a text are left out.
fn open(way: &Way, items: &[Item], places: Vec<usize>) -> Vec<(String, Open)> {
    let mut groups: Vec<(String, Open)> = Vec::new();
    for place in places {
        let (group, text) = ((way.group)(&items[place]), (way.text)(&items[place]));
        if text.trim().is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, open)) => open.push((place, text)),
            None => groups.push((group, vec![(place, text)])),
        }
    }
    groups
}

/// The items that both studies have, each pair on the same lines; then what only one has.
pub(super) fn items(field: &str, [left, right]: [&[Item]; 2]) -> Passages {
    let pairs = pairs(field, left, right);
    let mut passages = Passages::default();
    for &(i, j) in &pairs {
        let (verdict, sides) = item(&left[i], &right[j]);
        passages.together(verdict, sides);
    }
    let lines = |side: usize, items: &[Item], alone: Vec<usize>| {
        alone.into_iter().map(|place| toned(items[place].lines(), TONES[side])).collect()
    };
    passages.alone([
        lines(0, left, alone(left.len(), &pairs, |pair| pair.0)),
        lines(1, right, alone(right.len(), &pairs, |pair| pair.1)),
    ]);
    passages
}

/// An item that both studies have: first the details that both have, then the others.
fn item(left: &Item, right: &Item) -> (Verdict, Sides) {
    let title = |item: &Item| Item::named(item.title()).lines();
    let mut sides = [title(left), title(right)];
    if key(&left.title()) != key(&right.title()) {
        sides = marked(sides);
    }
    let labels = |item: &Item| item.details.iter().map(|it| it.label.clone()).collect::<Vec<_>>();
    let pairs = same(&labels(left), &labels(right));
    let lines = |detail: &Detail| detail.lines().into_iter().map(|line| line.indented(2)).collect();
    let mut agree = key(&left.title()) == key(&right.title());
    for &(i, j) in &pairs {
        let details = [&left.details[i], &right.details[j]];
        let same = side::same(&details[0].value, &details[1].value);
        agree &= same;
        let lines = details.map(lines);
        extend(&mut sides, if same { lines } else { marked(lines) });
    }
    let rest = |side: usize, item: &Item, alone: Vec<usize>| {
        let lines = alone.into_iter().flat_map(|place| lines(&item.details[place]));
        toned(lines.collect::<Vec<Line>>(), TONES[side])
    };
    let alone = [
        rest(0, left, alone(left.details.len(), &pairs, |pair| pair.0)),
        rest(1, right, alone(right.details.len(), &pairs, |pair| pair.1)),
    ];
    agree &= alone.iter().all(Vec::is_empty);
    extend_alone(&mut sides, alone);
    (if agree { Verdict::Equal } else { Verdict::Differs }, sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, details: &[(Role, &str)]) -> Item {
        let detail = |&(role, value): &(Role, &str)| Detail {
            role,
            ..Detail::new(
                format!("{role:?}"),
                match role {
                    Role::Interventions => {
                        FieldValue::List(value.split('|').map(str::to_owned).collect())
                    }
                    _ => FieldValue::Line(value.to_owned()),
                },
            )
        };
        Item { details: details.iter().map(detail).collect(), ..Item::named(name) }
    }

    #[test]
    fn outcomes_are_paired_by_measure_and_time_frame() {
        let outcome = |name, time| item(name, &[(Role::TimeFrame, time)]);
        for (left, right, expected) in [
            (
                vec![outcome("Survival", "1 year"), outcome("Survival", "5 years")],
                vec![outcome("Survival", "5 years"), outcome("Pain", "1 year")],
                &[(1, 0)][..],
            ),
            (
                vec![outcome("Overall survival", "Up to 24 months")],
                vec![outcome("Overall Survival (OS)", "5 years"), outcome("Pain", "")],
                &[(0, 0)],
            ),
            (
                vec![outcome("Number of deaths", "5 years")],
                vec![outcome("Quality of life", "5 years")],
                &[],
            ),
        ] {
            assert_eq!(pairs("primary-outcomes", &left, &right), expected, "{left:?}");
        }
    }

    #[test]
    fn arms_are_paired_by_type_and_intervention() {
        let arm =
            |name, kind, names| item(name, &[(Role::Type, kind), (Role::Interventions, names)]);
        let left = [
            arm("Arm A", "Experimental", "Drug: Cells"),
            arm("Arm B", "Placebo comparator", "Drug: Saline"),
            arm("Low dose", "Experimental", "Drug: Drops"),
            arm("High dose", "Experimental", "Drug: Drops"),
        ];
        let right = [
            arm("Arm A", "Placebo comparator", "Other: Saline"),
            arm("Treatment", "Experimental", "Biological: Cells"),
            arm("High dose", "Experimental", "Drug: Drops"),
            arm("Cohort", "", ""),
        ];
        assert_eq!(pairs("arms", &left, &right), [(0, 1), (1, 0), (3, 2)]);
        let cohort = |name| item(name, &[]);
        assert_eq!(pairs("arms", &[cohort("Cohort 1")], &[cohort("cohort 1")]), [(0, 0)]);
    }

    #[test]
    fn interventions_are_paired_by_name_whatever_their_type() {
        let of = |kind: &str, name| Item { kind: Some(kind.to_owned()), ..Item::named(name) };
        let left = [of("Drug", "Cells"), of("Drug", "Saline")];
        let right = [of("Procedure", "Surgery"), of("Biological", "cells")];
        assert_eq!(pairs("interventions", &left, &right), [(0, 1)]);
    }

    #[test]
    fn pairs_stay_side_by_side_below_details_of_different_length() {
        let long = item("A", &[(Role::TimeFrame, "x"), (Role::Other, "y")]);
        let (left, right) = ([long, item("B", &[])], [item("A", &[]), item("B", &[])]);
        let passages = items("primary-outcomes", [&left, &right]).0;
        let texts = |cells: &[Line]| cells.iter().map(Line::text).collect::<Vec<_>>();
        let last: Vec<_> = passages[1].cells.iter().map(|cell| texts(cell)).collect();
        assert_eq!((passages.len(), last), (2, vec![vec!["B".to_owned()]; 2]));
    }
}
