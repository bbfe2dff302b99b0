//! Filters that are counted while they are shown, against a look at every record: their counts, what is not stated, what
//! is chosen, and what a choice finds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use trialdex::search::{Cancel, Choice, Counts, Group, Query, Reading, answer, find, parse};
use trialdex::store::{Store, StoreBuilder};
use trialdex::study::Concept;

use super::ranges::facts::{self, Day, Span};
use super::scan;
use crate::real;

/// The day from which times are counted.
const TODAY: &str = "2024-02-29";
const TODAY_IS: Day = (2024, 2, 29);

const CODES: &[(&str, &str)] = &[
    ("purpose", "protocolSection.designModule.designInfo.primaryPurpose"),
    ("allocation", "protocolSection.designModule.designInfo.allocation"),
    ("model", "protocolSection.designModule.designInfo.interventionModel"),
    ("masking", "protocolSection.designModule.designInfo.maskingInfo.masking"),
    ("age-group", "protocolSection.eligibilityModule.stdAges"),
    ("results-outcome", "resultsSection.outcomeMeasuresModule.outcomeMeasures.type"),
];
const NAMES: &[(&str, &str)] = &[
    ("collab", "protocolSection.sponsorCollaboratorsModule.collaborators.name"),
    ("why-stopped", "protocolSection.statusModule.whyStopped"),
];
/// Terms, and those above them.
const TERMS: &[(&str, &str)] = &[
    ("mesh-condition", "derivedSection.conditionBrowseModule"),
    ("mesh-intervention", "derivedSection.interventionBrowseModule"),
];
const FLAGS: &[(&str, &str)] = &[
    ("healthy", "/protocolSection/eligibilityModule/healthyVolunteers"),
    ("fda-drug", "/protocolSection/oversightModule/isFdaRegulatedDrug"),
    ("fda-device", "/protocolSection/oversightModule/isFdaRegulatedDevice"),
];
const YEARS: &[(&str, &str)] =
    &[("start", "startDateStruct"), ("completion", "completionDateStruct")];

/// Every filter that is not always counted.
fn fields() -> Vec<&'static str> {
    let tables = [CODES, NAMES, TERMS, FLAGS, YEARS].into_iter().flatten().map(|(field, _)| *field);
    tables.chain(["documents", "enrollment", "updated"]).collect()
}

/// The groups that a record is in, by field: codes, folded names, the texts of ranges.
struct Facts {
    id: String,
    groups: BTreeMap<&'static str, BTreeSet<String>>,
    /// The fields of which it states nothing; a date that lies in no time until today is stated.
    silent: BTreeSet<&'static str>,
    conditions: Vec<String>,
}

impl Facts {
    fn of(record: &Value) -> Self {
        let mut groups = BTreeMap::new();
        let texts = |path: &str| {
            let mut values = Vec::new();
            scan::gather(record, path, &mut values);
            values
        };
        for (field, path) in CODES {
            groups.insert(*field, texts(path).into_iter().collect());
        }
        for (field, path) in NAMES {
            groups.insert(*field, texts(path).iter().map(|name| scan::fold(name)).collect());
        }
        for (field, module) in TERMS {
            let terms = ["meshes", "ancestors"].map(|key| texts(&format!("{module}.{key}.term")));
            let terms = terms.iter().flatten().map(|name| scan::fold(name));
            groups.insert(*field, terms.collect());
        }
        for (field, path) in FLAGS {
            let flag = record.pointer(path).and_then(Value::as_bool);
            let code = flag.map(|is_so| if is_so { "YES" } else { "NO" }.to_owned());
            groups.insert(*field, code.into_iter().collect());
        }
        let status = &record["protocolSection"]["statusModule"];
        for (field, key) in YEARS {
            let span = status[*key]["date"].as_str().and_then(facts::span);
            groups.insert(*field, span.map(|span| span.first.0.to_string()).into_iter().collect());
        }
        groups.insert("documents", documents(record));
        groups.insert("enrollment", band(&record["protocolSection"]).into_iter().collect());
        let updated = scan::updated(record).and_then(facts::span);
        groups.insert("updated", updated.map(times).unwrap_or_default());
        let is_silent = |field: &&str| match *field {
            "updated" => updated.is_none(),
            field => groups[field].is_empty(),
        };
        let silent = fields().into_iter().filter(is_silent).collect();
        Self {
            id: scan::id(record).to_owned(),
            groups,
            silent,
            conditions: scan::stated(record, "cond").iter().map(|it| scan::fold(it)).collect(),
        }
    }
}

fn documents(record: &Value) -> BTreeSet<String> {
    let documents = &record["documentSection"]["largeDocumentModule"]["largeDocs"];
    let documents = documents.as_array().map_or(&[][..], |documents| documents);
    let of_one = |document: &Value| {
        let has = [("hasProtocol", "PROTOCOL"), ("hasSap", "SAP"), ("hasIcf", "ICF")];
        let has = has.into_iter().filter(|(key, _)| document[*key] == json!(true));
        let codes: Vec<String> = has.map(|(_, code)| code.to_owned()).collect();
        if codes.is_empty() { vec!["OTHER".to_owned()] } else { codes }
    };
    documents.iter().flat_map(of_one).collect()
}

fn band(protocol: &Value) -> Option<String> {
    let count = match &protocol["designModule"]["enrollmentInfo"]["count"] {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let bands = [
        (0, "0"),
        (9, "1..9"),
        (49, "10..49"),
        (99, "50..99"),
        (499, "100..499"),
        (999, "500..999"),
        (4_999, "1000..4999"),
        (9_999, "5000..9999"),
        // No trial has a thousand million participants.
        (999_999_999, ">=10000"),
    ];
    bands.into_iter().find(|&(to, _)| count <= to).map(|(_, text)| text.to_owned())
}

/// The times until today in which a day of the span lies.
fn times(span: Span) -> BTreeSet<String> {
    let (year, month, day) = TODAY_IS;
    let years_ago = |years: u32| {
        let year = year - years;
        (year, month, day.min(facts::month_days(year, month)))
    };
    let since = [
        ("last-30d", (2024, 1, 30)),
        ("last-1y", years_ago(1)),
        ("last-2y", years_ago(2)),
        ("last-5y", years_ago(5)),
        ("last-10y", years_ago(10)),
    ];
    let within = since.iter().filter(|(_, since)| span.last >= *since && span.first <= TODAY_IS);
    let within = within.map(|(text, _)| (*text).to_owned());
    let is_before = span.first < years_ago(10);
    within.chain(is_before.then(|| "<last-10y".to_owned())).collect()
}

/// What is chosen of one field; no group is "not stated".
#[derive(Clone, Debug)]
struct Chosen {
    field: &'static str,
    groups: Vec<Option<String>>,
    choice: Choice,
}

impl Chosen {
    fn fits(&self, facts: &Facts) -> bool {
        let stated = &facts.groups[self.field];
        let is_in = |group: &Option<String>| match group {
            Some(group) => stated.contains(group),
            None => facts.silent.contains(self.field),
        };
        self.groups.iter().any(is_in) == (self.choice == Choice::Include)
    }

    /// As a person writes it.
    fn text(&self, concept: Concept) -> String {
        let terms = self.groups.iter().map(|group| match group {
            None => format!("{}:none", self.field),
            Some(group) => match concept.terms().iter().find(|term| term.code == group) {
                Some(term) => format!("{}:\"{}\"", self.field, term.label),
                None if [NAMES, TERMS]
                    .iter()
                    .any(|it| it.iter().any(|(field, _)| *field == self.field)) =>
                {
                    let quoted = group.replace('\\', r"\\").replace('"', r#"\""#);
                    format!("{}:\"{quoted}\"", self.field)
                }
                None => format!("{}:{group}", self.field),
            },
        });
        let sign = if self.choice == Choice::Exclude { "-" } else { "" };
        format!("{sign}({})", terms.collect::<Vec<_>>().join(" | "))
    }
}

fn concept(field: &str) -> Concept {
    Concept::from_prefix(field).unwrap_or_else(|| panic!("{field} is no field"))
}

/// Asks the store, and compares every filter that is counted while it is shown.
fn check(store: &Store, facts: &[Facts], word: Option<&str>, chosen: &[Chosen]) {
    let mut text: Vec<String> = word.map(|word| format!("cond:{word}")).into_iter().collect();
    text.extend(chosen.iter().map(|chosen| chosen.text(concept(chosen.field))));
    let text = text.join(" ");
    let parsed = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(parse(&parsed.to_string()).as_ref(), Ok(&parsed), "{text}");
    let query = Query { today: TODAY.parse().ok(), reading: Reading::AsTyped, ..parsed };
    let results = answer(store, &query, &Cancel::default()).unwrap();
    let has_word = |facts: &Facts| {
        let Some(word) = word else { return true };
        let begins = |it: &String| {
            it.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word))
        };
        facts.conditions.iter().any(begins)
    };
    let fit = |field: &str| -> Vec<&Facts> {
        let others = || chosen.iter().filter(|chosen| chosen.field != field);
        let fits = |facts: &&Facts| has_word(facts) && others().all(|chosen| chosen.fits(facts));
        facts.iter().filter(fits).collect()
    };
    let found: BTreeSet<String> =
        results.rows.iter().map(|study| store.id(study).to_string()).collect();
    let expected: BTreeSet<String> = fit("").iter().map(|facts| facts.id.clone()).collect();
    assert_eq!(found, expected, "{text}");
    for (concept, counts) in Concept::facets().zip(&results.facets) {
        if !counts.are_always_counted() {
            let field = concept.name();
            let chosen = chosen.iter().filter(|chosen| chosen.field == field);
            check_facet(store, &query, (concept, counts), &fit(field), &chosen.collect::<Vec<_>>());
        }
    }
}

fn check_facet(
    store: &Store,
    query: &Query,
    (concept, counts): (Concept, &Counts),
    fitting: &[&Facts],
    chosen: &[&Chosen],
) {
    let mut expected: BTreeMap<Option<String>, u32> = BTreeMap::new();
    for facts in fitting {
        let groups = &facts.groups[concept.name()];
        let none = facts.silent.contains(concept.name()).then_some(None);
        for group in groups.iter().cloned().map(Some).chain(none) {
            *expected.entry(group).or_default() += 1;
        }
    }
    let text_of = |group: Group| match group {
        Group::Value(_) if !concept.has_codes() => scan::fold(&group.text(store, concept)),
        group => group.text(store, concept),
    };
    let groups = counts.first(store, usize::MAX);
    let silent = counts.not_stated(store);
    let mut counted: BTreeMap<Option<String>, u32> =
        groups.iter().map(|&(group, count)| (Some(text_of(group)), count)).collect();
    counted.extend((silent > 0).then_some((None, silent)));
    assert_eq!(counted, expected, "{query}: {concept:?}");
    let asked: BTreeSet<Option<String>> =
        chosen.iter().flat_map(|chosen| chosen.groups.clone()).collect();
    let shown = counts.chosen.iter().map(|(group, _)| group.map(text_of));
    assert_eq!(shown.collect::<BTreeSet<_>>(), asked, "{query}: {concept:?}");
    // What stands beside a count finds as many.
    for (group, count) in groups.into_iter().take(3) {
        let ask = group.term(store, concept).ask;
        let narrowed = query.with_choices(concept, &[(ask, Choice::Include)]);
        let text = narrowed.to_string();
        let again = Query { today: query.today, reading: query.reading, ..parse(&text).unwrap() };
        assert_eq!(again, narrowed, "{text}");
        let found = find(store, &again, &Cancel::default()).unwrap().rows.len();
        assert_eq!(found as u32, count, "{text}");
    }
}

/// Choices of what some record states, or of what it does not.
fn choices(facts: &[Facts]) -> impl Strategy<Value = Vec<Chosen>> {
    let stated: BTreeMap<&str, Vec<Option<String>>> = fields()
        .into_iter()
        .map(|field| {
            let groups: BTreeSet<&String> =
                facts.iter().flat_map(|facts| &facts.groups[field]).collect();
            (field, groups.into_iter().cloned().map(Some).chain([None]).collect())
        })
        .collect();
    let one = select(fields()).prop_flat_map(move |field| {
        let groups = prop::collection::vec(select(stated[field].clone()), 1..3);
        let choice = select(vec![Choice::Include, Choice::Include, Choice::Exclude]);
        (groups, choice).prop_map(move |(groups, choice)| Chosen { field, groups, choice })
    });
    prop::collection::vec(one, 0..4)
}

fn check_all(store: &Store, facts: &[Facts], words: &[&'static str], questions: usize) {
    let listed = Concept::facets().skip(Concept::always_counted().count()).map(Concept::name);
    assert_eq!(listed.collect::<BTreeSet<_>>(), fields().into_iter().collect());
    let mut runner = TestRunner::deterministic();
    let words: Vec<Option<&str>> = words.iter().copied().map(Some).chain([None, None]).collect();
    let question = (select(words), choices(facts));
    for _ in 0..questions {
        let (word, chosen) = question.new_tree(&mut runner).unwrap().current();
        check(store, facts, word, &chosen);
    }
}

#[test]
fn real_records_are_counted_by_every_filter_as_a_scan_counts_them() {
    let Some(studies) = real::studies() else { return };
    let store = real::store().expect("the studies are there");
    let facts: Vec<Facts> = studies.iter().map(Facts::of).collect();
    check_all(&store, &facts, &["cancer", "disease", "covid"], 300);
}

#[test]
fn made_up_records_are_counted_by_every_filter_as_a_scan_counts_them() {
    let mut runner = TestRunner::deterministic();
    let mut builder = StoreBuilder::default();
    let mut facts = Vec::new();
    for number in 0..120 {
        let record = record(number).new_tree(&mut runner).unwrap().current();
        builder.push(&record.to_string()).unwrap();
        facts.push(Facts::of(&record));
    }
    check_all(&builder.finish().unwrap(), &facts, &["gout"], 500);
}

/// A record of which anything may be missing.
fn record(number: u32) -> impl Strategy<Value = Value> {
    use prop::option::of;
    let flag = || of(any::<bool>());
    let date = || {
        of(select(vec![
            "2014-02-28",
            "2014-02",
            "2019",
            "2022-02-28",
            "2023-02-28",
            "2024-01-29",
            "2024-01-30",
            "2024-01",
            "2024",
            "2024-03-01",
            "2030",
            "soon",
        ]))
    };
    let code = |codes: &[&'static str]| of(select(codes.to_vec()));
    let design = (
        code(&["TREATMENT", "OTHER", "BRAND_NEW"]),
        code(&["RANDOMIZED", "NA"]),
        code(&["PARALLEL", "CROSSOVER"]),
        code(&["NONE", "DOUBLE"]),
    );
    let lists = (
        prop::collection::vec(select(vec!["CHILD", "ADULT", "OLDER_ADULT"]), 0..3),
        prop::collection::vec(code(&["PRIMARY", "SECONDARY", "POST_HOC"]), 0..4),
        prop::collection::vec((flag(), flag(), flag()), 0..3),
        prop::collection::vec(
            select(vec!["Acme (A) \"b\"", "ACME (a) \"B\"", "Zeta \\ Sons"]),
            0..3,
        ),
    );
    let counts = of(select(vec![
        json!(0),
        json!(1),
        json!(9),
        json!(10),
        json!(99),
        json!(100),
        json!("499"),
        json!(500),
        json!(9_999),
        json!(10_000),
        json!(-3),
        json!(4_000_000_000_u64),
    ]));
    let why = of(select(vec!["Slow accrual", "slow  accrual", "Sponsor's decision; see (1) | 2"]));
    let flags = (flag(), flag(), flag());
    (design, lists, counts, why, flags, (date(), date(), date())).prop_map(
        move |(design, lists, count, why, flags, dates)| {
            let (purpose, allocation, model, masking) = design;
            let (ages, outcomes, documents, collaborators) = lists;
            let outcomes: Vec<Value> = outcomes.iter().map(|kind| json!({"type": kind})).collect();
            let documents: Vec<Value> = documents
                .iter()
                .map(|(protocol, sap, icf)| {
                    json!({"hasProtocol": protocol, "hasSap": sap, "hasIcf": icf})
                })
                .collect();
            let collaborators: Vec<Value> =
                collaborators.iter().map(|name| json!({"name": name})).collect();
            json!({
                "protocolSection": {
                    "identificationModule": {"nctId": format!("NCT{:08}", number + 1)},
                    "statusModule": {
                        "startDateStruct": {"date": dates.0}, "completionDateStruct": {"date": dates.1},
                        "lastUpdatePostDateStruct": {"date": dates.2}, "whyStopped": why,
                    },
                    "conditionsModule": {"conditions": if number.is_multiple_of(3) { vec!["Gout"] } else { vec![] }},
                    "sponsorCollaboratorsModule": {"collaborators": collaborators},
                    "oversightModule": {"isFdaRegulatedDrug": flags.0, "isFdaRegulatedDevice": flags.1},
                    "designModule": {
                        "enrollmentInfo": {"count": count},
                        "designInfo": {
                            "primaryPurpose": purpose, "allocation": allocation,
                            "interventionModel": model, "maskingInfo": {"masking": masking},
                        },
                    },
                    "eligibilityModule": {"stdAges": ages, "healthyVolunteers": flags.2},
                },
                "resultsSection": {"outcomeMeasuresModule": {"outcomeMeasures": outcomes}},
                "documentSection": {"largeDocumentModule": {"largeDocs": documents}},
            })
        },
    )
}
