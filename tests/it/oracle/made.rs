//! Random small stores of made-up records, and random queries.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use trialdex::store::{Store, StoreBuilder};

use super::scan::{self, Ask};
use super::{check, check_orders};

/// What texts are made of; many begin alike.
const WORDS: &[&str] = &[
    "liver",
    "Liver",
    "live",
    "failure",
    "fail",
    "LUNG",
    "lunge",
    "Sjögren",
    "sjogren",
    "SJO\u{308}GREN",
    "café",
    "naïve",
    "covid-19",
    "COVID",
    "19",
    "IL-6",
    "il",
    "3.5",
    "mg",
    "of",
    "don't",
    "肝衰竭",
    "肝",
    "日本",
    "한국",
    "x-linked",
    "T\u{2011}cell",
    "β",
    "μ",
    "２",
    "Novo",
    "Sun",
    "Yat-sen",
    "a",
];

/// The registry's codes, and names that a query has for them.
const CODES: &[(&str, &str, &str)] = &[
    ("status", "recruiting", "RECRUITING"),
    ("status", "\"Recruiting\"", "RECRUITING"),
    ("status", "not_yet_recruiting", "NOT_YET_RECRUITING"),
    ("status", "\"Active, not recruiting\"", "ACTIVE_NOT_RECRUITING"),
    ("status", "active", "ACTIVE_NOT_RECRUITING"),
    ("status", "withdrawn", "WITHDRAWN"),
    ("status", "BRAND_NEW", "BRAND_NEW"),
    ("phase", "1", "PHASE1"),
    ("phase", "phase2", "PHASE2"),
    ("phase", "\"Phase 2\"", "PHASE2"),
    ("phase", "early", "EARLY_PHASE1"),
    ("phase", "NA", "NA"),
    ("type", "interventional", "INTERVENTIONAL"),
    ("type", "Obs", "OBSERVATIONAL"),
    ("class", "industry", "INDUSTRY"),
    ("class", "\"Other\"", "OTHER"),
    ("sex", "male", "MALE"),
    ("sex", "female", "FEMALE"),
    ("sex", "\"all\"", "ALL"),
    ("results", "yes", "YES"),
    ("results", "no", "NO"),
    ("kind", "drug", "DRUG"),
    ("kind", "dietary-supplement", "DIETARY_SUPPLEMENT"),
];

/// The fields that a question can name, and other names for some of them.
const OPEN: &[&str] = &[
    "id", "acronym", "title", "cond", "kw", "drug", "sponsor", "lead", "collab", "country", "city",
];
const ALIASES: &[(&str, &str)] =
    &[("cond", "condition"), ("kw", "Keyword"), ("drug", "TREATMENT"), ("id", "nct")];

fn codes(field: &'static str) -> impl Strategy<Value = &'static str> {
    let codes: Vec<_> =
        CODES.iter().filter(|(name, ..)| *name == field).map(|&(_, _, code)| code).collect();
    select(codes)
}

fn text() -> impl Strategy<Value = String> {
    let joint = select(vec![" ", " ", "  ", "-", ", ", "/"]);
    prop::collection::vec((select(WORDS), joint), 1..5).prop_map(|parts| {
        let mut text = String::new();
        for (place, (word, joint)) in parts.into_iter().enumerate() {
            text += if place > 0 { joint } else { "" };
            text += word;
        }
        text
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 0..3)
}

fn date() -> impl Strategy<Value = &'static str> {
    select(vec!["2019", "2020-02", "2020-02-29", "2021-11-05", "2021-11", "1014-01-24"])
}

/// One record: everything but the id may be missing.
pub(super) fn record() -> impl Strategy<Value = Value> {
    use prop::option::of;
    let names = (0_u32..20, of(text()), of(text()), of(select(WORDS)), texts(), of(0_u32..40));
    let subject =
        (texts(), texts(), prop::collection::vec((of(codes("kind")), of(text()), texts()), 0..3));
    let sponsor = (of(text()), of(codes("class")), texts());
    let design = (
        of(codes("status")),
        prop::collection::vec(codes("phase"), 0..3),
        of(codes("type")),
        of(codes("sex")),
        of(any::<bool>()),
    );
    let dates = (of(date()), of(date()), of(date()), of(0_u64..500));
    let places = prop::collection::vec((of(text()), of(text())), 0..3);
    (names, subject, sponsor, design, dates, places).prop_map(|(names, subject, sponsor, design, dates, places)| {
        let (number, brief, official, acronym, secondary, alias) = names;
        let (conditions, keywords, interventions) = subject;
        let (sponsor, class, collaborators) = sponsor;
        let (status, phases, kind, sex, results) = design;
        let (posted, submitted, start, count) = dates;
        let id = |number| format!("NCT{number:08}");
        without_nothing(json!({
            "protocolSection": {
                "identificationModule": {
                    "nctId": id(number), "briefTitle": brief, "officialTitle": official, "acronym": acronym,
                    "secondaryIdInfos": secondary.iter().map(|text| json!({"id": text})).collect::<Vec<_>>(),
                    "nctIdAliases": alias.map(|number| [id(number + 1000)]),
                },
                "statusModule": {
                    "overallStatus": status, "lastUpdatePostDateStruct": {"date": posted},
                    "lastUpdateSubmitDate": submitted, "startDateStruct": {"date": start},
                },
                "sponsorCollaboratorsModule": {
                    "leadSponsor": {"name": sponsor, "class": class},
                    "collaborators": collaborators.iter().map(|text| json!({"name": text})).collect::<Vec<_>>(),
                },
                "conditionsModule": {"conditions": conditions, "keywords": keywords},
                "designModule": {"phases": phases, "studyType": kind, "enrollmentInfo": {"count": count}},
                "armsInterventionsModule": {"interventions": interventions.iter().map(|(kind, name, others)| {
                    json!({"type": kind, "name": name, "otherNames": others})
                }).collect::<Vec<_>>()},
                "eligibilityModule": {"sex": sex},
                "contactsLocationsModule": {"locations": places.iter().map(|(city, country)| {
                    json!({"city": city, "country": country})
                }).collect::<Vec<_>>()},
            },
            "hasResults": results,
        }))
    })
}

/// The value without the keys under which nothing stands.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(parts) => {
            let parts = parts.into_iter().map(|(key, part)| (key, without_nothing(part)));
            Value::Object(parts.filter(|(_, part)| !part.is_null()).collect())
        }
        Value::Array(parts) => Value::Array(parts.into_iter().map(without_nothing).collect()),
        other => other,
    }
}

/// A question, with a number for each way in which the same can be written.
fn ask() -> impl Strategy<Value = Ask> {
    let word = (text(), any::<Index>()).prop_map(|(text, end)| {
        let word: String =
            text.split(' ').next().unwrap_or_default().trim_matches([',', '/']).to_owned();
        let ends: Vec<usize> = word.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        word[..ends[ends.len() - 1 - end.index(ends.len()) / 2]].to_owned()
    });
    let field = || select([&[""], OPEN].concat());
    let codes: Vec<&str> = ["status", "phase", "type", "class", "sex", "results", "kind"].into();
    let leaf = prop_oneof![
        4 => (field(), word).prop_map(|(field, word)| Ask::Word(field, word)),
        2 => (field(), text()).prop_map(|(field, text)| Ask::Quoted(field, text)),
        3 => select(CODES).prop_map(|(field, name, code)| Ask::Code(field, name, code)),
        1 => select([OPEN, &codes].concat()).prop_map(Ask::NotStated),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Ask::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Ask::Any),
            inner.prop_map(|ask| Ask::Not(Box::new(ask))),
        ]
    })
}

/// Writes the question; `ways` decides between ways of writing the same.
fn written(ask: &Ask, ways: &mut impl Iterator<Item = bool>) -> String {
    let mut way = || ways.next().unwrap_or_default();
    let mut prefix = |field: &str| {
        let alias = ALIASES.iter().find(|(name, _)| *name == field && way());
        let name = alias.map_or(field, |(_, alias)| alias);
        if name.is_empty() { String::new() } else { format!("{name}:") }
    };
    match ask {
        Ask::Word(field, word) => prefix(field) + word,
        Ask::Quoted(field, text) => format!("{}\"{text}\"", prefix(field)),
        Ask::Code(field, name, _) => format!("{field}:{name}"),
        Ask::NotStated(field) => prefix(field) + "none",
        Ask::Not(part) => {
            let sign = if way() { "-" } else { "NOT " };
            format!("{sign}{}", written(part, ways))
        }
        Ask::All(parts) => {
            let joint = if way() { " " } else { " AND " };
            let parts: Vec<String> = parts.iter().map(|part| written(part, ways)).collect();
            format!("({})", parts.join(joint))
        }
        Ask::Any(parts) => {
            let joint = if way() { "|" } else { " OR " };
            let parts: Vec<String> = parts.iter().map(|part| written(part, ways)).collect();
            format!("({})", parts.join(joint))
        }
    }
}

/// Without the brackets that the whole, and alternatives that stand in a row, do not need.
fn written_whole(ask: &Ask, ways: &mut impl Iterator<Item = bool>) -> String {
    let bare = |text: String| {
        let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        inner.map_or(text.clone(), str::to_owned)
    };
    match ask {
        Ask::All(parts) => {
            let part = |part: &Ask| match part {
                Ask::Any(_) => bare(written(part, ways)),
                part => written(part, ways),
            };
            parts.iter().map(part).collect::<Vec<_>>().join(" ")
        }
        Ask::Any(_) => bare(written(ask, ways)),
        ask => written(ask, ways),
    }
}

/// The store of `records`, and which of them it should hold: of several with one id the newest, then the longest.
pub(super) fn stored(records: &[Value]) -> (Store, Vec<Value>) {
    let mut builder = StoreBuilder::default();
    let mut kept: Vec<Value> = Vec::new();
    for record in records {
        builder.push(&record.to_string()).unwrap();
        let version =
            |record: &Value| (scan::updated(record).map(str::to_owned), record.to_string().len());
        match kept.iter_mut().find(|kept| scan::id(kept) == scan::id(record)) {
            Some(before) if version(record) > version(before) => *before = record.clone(),
            Some(_) => (),
            None => kept.push(record.clone()),
        }
    }
    (builder.finish().unwrap(), kept)
}

#[test]
fn random_questions_are_answered_as_a_scan_answers_them() {
    let strategy = (
        prop::collection::vec(record(), 0..14),
        prop::collection::vec((ask(), prop::collection::vec(any::<bool>(), 8)), 12),
    );
    let checked = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config::with_cases(150));
    let run = runner.run(&strategy, |(records, asks)| {
        let (store, studies) = stored(&records);
        for (ask, ways) in &asks {
            let text = written_whole(ask, &mut ways.iter().copied());
            checked.set(checked.get() + u32::from(check(&store, &studies, &text, ask)));
        }
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
    assert!(checked.get() > 600, "only {} questions had an answer to compare", checked.get());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn random_stores_are_ordered_as_a_scan_orders_them(records in prop::collection::vec(record(), 0..14)) {
        let (store, studies) = stored(&records);
        check_orders(&store, &studies);
    }
}
