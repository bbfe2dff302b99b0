//! Who fits, told by looking at every record and living every age through: somebody is born on many days, and on the first
//! and the last day of an age each limit is compared by the calendar. It shares no code with the program.

use std::collections::HashMap;

use serde_json::{Value, json};
use trialdex::search::{Cancel, Profile, Query, eligibility, find, parse};
use trialdex::store::Store;
use trialdex::study::Age;
use trialdex::study::person::{Fit, Health, Person, Sex};

use super::places::Random;
use super::scan;
use crate::made::made;
use crate::real;

/// A day by the calendar: year, month from 0, day from 1.
type Date = (i64, i64, i64);

fn length(year: i64, month: i64) -> i64 {
    match month {
        1 if year % 4 == 0 => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// Days since the first day of 1904, in a calendar in which every fourth year is a leap year.
fn number((year, month, day): Date) -> i64 {
    let years = year - 1904;
    let before: i64 = (0..month).map(|month| length(year, month)).sum();
    years * 365 + (years + 3) / 4 + before + day - 1
}

/// An age in days or in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Lived {
    Days(i64),
    Months(i64),
}

fn lived(text: &str, more: i64) -> Lived {
    let (count, unit) = text.split_once(' ').unwrap();
    let count = count.parse::<i64>().unwrap() + more;
    match unit.trim_end_matches('s') {
        "Year" => Lived::Months(12 * count),
        "Month" => Lived::Months(count),
        "Week" => Lived::Days(7 * count),
        "Day" => Lived::Days(count),
        other => panic!("{other}"),
    }
}

/// The day on which somebody born on a day has reached an age.
fn reached(birth: Date, age: Lived) -> i64 {
    match age {
        Lived::Days(days) => number(birth) + days,
        Lived::Months(months) => {
            let all = birth.0 * 12 + birth.1 + months;
            let (year, month) = (all / 12, all % 12);
            // Who is born on the last day of a long month has a birthday on the first of the next one after a short one.
            if birth.2 <= length(year, month) {
                number((year, month, birth.2))
            } else {
                number((year, month, 1)) + length(year, month)
            }
        }
    }
}

fn births() -> Vec<Date> {
    let months = (1904..1908).flat_map(|year| (0..12).map(move |month| (year, month)));
    months
        .flat_map(|(year, month)| [1, length(year, month)].map(|day| (year, month, day)))
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Fits,
    Unknown,
    DoesNotFit,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Limit {
    Minimum,
    Maximum,
}

/// What a limit says of an age.
fn compared(age: &str, limit: &str, which: Limit) -> Verdict {
    let (mut ever, mut always) = (false, true);
    for birth in births() {
        let first = reached(birth, lived(age, 0));
        let last = reached(birth, lived(age, 1)) - 1;
        for day in [first, last] {
            let holds = match which {
                Limit::Minimum => day >= reached(birth, lived(limit, 0)),
                Limit::Maximum => day < reached(birth, lived(limit, 1)),
            };
            ever |= holds;
            always &= holds;
        }
    }
    match (always, ever) {
        (true, _) => Verdict::Fits,
        (_, true) => Verdict::Unknown,
        _ => Verdict::DoesNotFit,
    }
}

/// What is remembered of ages that were compared.
type Known = HashMap<(String, String, Limit), Verdict>;

struct Asked {
    age: Option<String>,
    sex: Option<Sex>,
    health: Option<Health>,
}

/// What each field of a record says of somebody.
fn verdicts(record: &Value, asked: &Asked, known: &mut Known) -> Vec<Verdict> {
    let stated = &record["protocolSection"]["eligibilityModule"];
    let mut verdicts = Vec::new();
    if let Some(age) = &asked.age {
        let limits = [(Limit::Minimum, "minimumAge"), (Limit::Maximum, "maximumAge")];
        let each = limits.into_iter().filter_map(|(which, key)| {
            let limit = stated[key].as_str()?;
            let known = known.entry((age.clone(), limit.to_owned(), which));
            Some(*known.or_insert_with(|| compared(age, limit, which)))
        });
        verdicts.push(each.max().unwrap_or(Verdict::Unknown));
    }
    if let Some(sex) = asked.sex {
        verdicts.push(match (stated["sex"].as_str(), sex) {
            (None, _) => Verdict::Unknown,
            (Some("ALL"), _) | (Some("FEMALE"), Sex::Female) | (Some("MALE"), Sex::Male) => {
                Verdict::Fits
            }
            _ => Verdict::DoesNotFit,
        });
    }
    if let Some(health) = asked.health {
        verdicts.push(match (stated["healthyVolunteers"].as_bool(), health) {
            (None, _) => Verdict::Unknown,
            (Some(false), Health::Healthy) => Verdict::DoesNotFit,
            _ => Verdict::Fits,
        });
    }
    verdicts
}

fn asked(random: &mut Random) -> Asked {
    let age = match random.below(8) {
        0 => None,
        1 => Some(format!("{} Months", random.below(40))),
        2 => Some(format!("{} Days", random.below(90))),
        3 => Some(format!("{} Weeks", random.below(60))),
        _ => Some(format!("{} Years", random.below(100))),
    };
    let sex = *random.one_of(&[None, Some(Sex::Female), Some(Sex::Male)]);
    let health = *random.one_of(&[None, Some(Health::Healthy), Some(Health::Patient)]);
    Asked { age, sex, health }
}

/// Compares what the program says of somebody in every study, how many it counts, and their order.
fn check(store: &Store, records: &[Value], asked: &Asked, known: &mut Known) {
    let age = asked.age.as_ref().map(|age| age.parse::<Age>().unwrap());
    let person = Person { age, sex: asked.sex, health: asked.health };
    let profile = Some(Profile { person, near: None });
    let query = Query { profile, ..parse("").unwrap() };
    let results = find(store, &query, &Cancel::default()).unwrap();
    let mut counts = [0; 3];
    let (mut keys, mut alike) = (HashMap::new(), HashMap::new());
    for record in records {
        let stated = &record["protocolSection"]["eligibilityModule"];
        let fields =
            ["minimumAge", "maximumAge", "sex", "healthyVolunteers"].map(|key| &stated[key]);
        let key = *alike.entry(fields).or_insert_with(|| {
            let verdicts = verdicts(record, asked, known);
            let worst = verdicts.iter().copied().max().unwrap_or(Verdict::Fits);
            let unknown = verdicts.iter().filter(|verdict| **verdict == Verdict::Unknown).count();
            (worst, unknown)
        });
        counts[key.0 as usize] += 1;
        keys.insert(scan::id(record), key);
    }
    let suited = results.suited.unwrap();
    assert_eq!([suited.fit, suited.not_stated, suited.do_not_fit], counts, "{person:?}");
    let mut before = (Verdict::Fits, 0);
    for study in &results.rows {
        let id = store.id(study).to_string();
        let stated = eligibility(store, study);
        let expected = keys[&*id];
        let fit = match person.fit(&stated) {
            Fit::Fits => Verdict::Fits,
            Fit::NotStated => Verdict::Unknown,
            Fit::DoesNotFit => Verdict::DoesNotFit,
        };
        assert_eq!((fit, person.not_stated(&stated)), expected, "{id}: {person:?} {stated:?}");
        assert!(before <= expected, "{id} stands too low for {person:?}");
        before = expected;
    }
}

/// Whether every limit is stated in days or more, and readable.
fn is_in_days(record: &Value) -> bool {
    let stated = &record["protocolSection"]["eligibilityModule"];
    let mut limits =
        ["minimumAge", "maximumAge"].into_iter().filter_map(|key| stated[key].as_str());
    limits.all(|limit| !limit.contains("Minute") && !limit.contains("Hour"))
}

#[test]
fn persons_fit_as_a_scan_says() {
    let Some(mut records) = real::studies() else { return };
    let all = records.len();
    records.retain(is_in_days);
    assert!(records.len() + 20 > all, "{} of {all} records", records.len());
    assert!(real::store().is_some());
    let (store, mut known, mut random) = (super::made::stored(&records).0, Known::new(), Random(3));
    for _ in 0..1000 {
        check(&store, &records, &asked(&mut random), &mut known);
    }
}

#[test]
fn persons_fit_made_up_records_as_a_scan_says() {
    let (mut known, mut random) = (Known::new(), Random(4));
    for _ in 0..50 {
        let records: Vec<Value> = (1..15).map(|number| record(&mut random, number)).collect();
        let store = super::made::stored(&records).0;
        for _ in 0..25 {
            check(&store, &records, &asked(&mut random), &mut known);
        }
    }
}

/// A record of which anything may be missing.
fn record(random: &mut Random, number: u32) -> Value {
    let mut made = made(number);
    for key in ["minimumAge", "maximumAge"] {
        let (unit, most) =
            *random.one_of(&[("Years", 90), ("Months", 40), ("Weeks", 60), ("Days", 90), ("", 1)]);
        if !unit.is_empty() {
            let count = random.below(most);
            let unit = if count == 1 { unit.trim_end_matches('s') } else { unit };
            made = made.at(&format!("eligibilityModule.{key}"), format!("{count} {unit}"));
        }
    }
    if random.below(4) > 0 {
        made = made.at("eligibilityModule.sex", *random.one_of(&["ALL", "FEMALE", "MALE"]));
    }
    if random.below(4) > 0 {
        made = made.at("eligibilityModule.healthyVolunteers", random.below(2) > 0);
    }
    let mut record = made.value();
    if record["protocolSection"]["eligibilityModule"].is_null() {
        record["protocolSection"]["eligibilityModule"] = json!({});
    }
    record
}
