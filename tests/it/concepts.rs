//! The table of concepts against the program: whatever a row claims works on a made-up study.

use serde_json::{Value, json};
use trialdex::compare::{compare, overlap};
use trialdex::dataset::{Cache, index_prose};
use trialdex::export::listing::{Columns, Entry, List, ListForm};
use trialdex::export::{StudiesFormat, write_studies};
use trialdex::marks::Marks;
use trialdex::search::{Cancel, Choice, Nearness, Sort, answer, parse};
use trialdex::store::prose::Making;
use trialdex::store::{Stated, Store, StoreBuilder, StudyIdx};
use trialdex::study::concept::{CONCEPTS, Definition, Form, Kind, Reach};
use trialdex::study::{Concept, FIELDS, Study};

use crate::made::made;

/// The keys under which the registry has lists.
const LISTS: [&str; 19] = [
    "ancestors",
    "armGroups",
    "collaborators",
    "conditions",
    "interventions",
    "keywords",
    "largeDocs",
    "locations",
    "meshes",
    "nctIdAliases",
    "otherNames",
    "otherOutcomes",
    "outcomeMeasures",
    "phases",
    "primaryOutcomes",
    "references",
    "secondaryIdInfos",
    "secondaryOutcomes",
    "stdAges",
];

/// The beginnings of keys under which the registry has yes or no.
const FLAGS: [&str; 4] = ["healthyVolunteers", "has", "isFda", "hasResults"];

/// A record of NCT0000000N that states `value` at `path` and nothing else.
fn record(number: u32, path: &str, value: Value) -> String {
    let nested = path.rsplit('.').fold(value, |value, key| {
        let value = if LISTS.contains(&key) && !value.is_array() { json!([value]) } else { value };
        json!({ key: value })
    });
    let mut record = made(number).value();
    merge(&mut record, nested);
    record.to_string()
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

/// Where a concept stands in a made-up record, and two values there, the second one greater.
fn place(definition: &Definition) -> (&'static str, [Value; 2]) {
    let path = match definition.concept {
        // Anywhere in the record.
        Concept::Mention => return ("note", [json!("NCT00000098"), json!("NCT00000099")]),
        Concept::Id => return ("protocolSection.identificationModule.orgStudyIdInfo.id", texts()),
        concept => concept.path(),
    };
    let values = match definition.kind {
        Kind::Codes(..) if is_flag(path) => [json!(true), json!(false)],
        Kind::Codes(terms, _) => [json!(terms[0].code), json!(terms[1].code)],
        // Only under headings it is certain what criteria are.
        Kind::Passages(_) if path.ends_with("Criteria") => ["Quokka", "Wombat"].map(|animal| {
            json!(format!("Inclusion Criteria:\n\n* {animal}\n\nExclusion Criteria:\n\n* {animal}"))
        }),
        Kind::Names(_) | Kind::Words(_) | Kind::Passages(_) | Kind::Prose => texts(),
        Kind::Date(_) => ["2020-05", "2021"].map(|date| json!({"date": date, "type": "ESTIMATED"})),
        Kind::Count(_) if LISTS.contains(&path.rsplit('.').next().unwrap()) => {
            [1, 3].map(|count| json!(vec![json!({"label": "a", "facility": "a"}); count]))
        }
        Kind::Count(_) => [json!(1), json!(3)],
        Kind::Age(_) | Kind::AgeLimits => [json!("6 Months"), json!("18 Years")],
    };
    (path, values)
}

fn is_flag(path: &str) -> bool {
    let key = path.rsplit('.').next().unwrap();
    FLAGS.iter().any(|begin| key.starts_with(begin))
}

fn texts() -> [Value; 2] {
    ["Quokka", "Wombat"].map(|text| json!(text))
}

/// Two studies that state the values, and one that states nothing. In the order of their ids.
fn store(definition: &Definition) -> Store {
    let (path, values) = place(definition);
    let mut builder = StoreBuilder::default();
    for (number, value) in (1..).zip(values) {
        builder.push(&record(number, path, value)).unwrap();
    }
    builder.push(&made(3).json()).unwrap();
    let store = builder.finish().unwrap();
    index_prose(&Cache::Off, &[], &store, &Making::default()).unwrap();
    store
}

fn study(store: &Store, number: u32) -> StudyIdx {
    store.find(format!("NCT{number:08}").parse().unwrap()).unwrap()
}

fn found(store: &Store, query: &str) -> Vec<String> {
    let query = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let results = answer(store, &query, &Cancel::default()).unwrap();
    let mut ids: Vec<String> =
        results.rows.iter().map(|study| store.id(study).to_string()).collect();
    ids.sort();
    ids
}

/// What is typed to find the first study.
fn word(store: &Store, concept: Concept) -> String {
    let label = match (concept, concept.definition().kind) {
        (Concept::Id | Concept::Title, _) | (_, Kind::Passages(_)) => "Quokka".to_owned(),
        // The limit that is not stated is open.
        (_, Kind::AgeLimits) => return "<17".to_owned(),
        (_, Kind::Age(_)) => "6mo".to_owned(),
        (_, Kind::Date(_) | Kind::Count(_)) => {
            return store.stated(study(store, 1), concept).in_words().unwrap();
        }
        _ => store.labels(study(store, 1), concept).next().unwrap().to_owned(),
    };
    format!("\"{label}\"")
}

#[test]
fn every_concept_is_read_at_each_of_its_paths() {
    for definition in CONCEPTS.iter().filter(|it| it.kind.form() != Form::Record) {
        for path in definition.paths.iter().filter(|path| !path.is_empty()) {
            let value = match (definition.concept, *path) {
                (Concept::Id, path) if path.ends_with("Id") => json!("NCT00000001"),
                (Concept::Updated, path) if path.ends_with("Date") => json!("2020-05"),
                (Concept::Id, _) => json!("NCT00000077"),
                _ => place(definition).1[0].clone(),
            };
            let mut builder = StoreBuilder::default();
            builder.push(&record(1, path, value)).unwrap();
            let store = builder.finish().unwrap();
            let study = StudyIdx(0);
            let is_there = match definition.kind.form() {
                // Of an id and a title more than the value itself is stated.
                Form::Vocabulary => {
                    store.vocabulary(definition.concept).values(study).len() > 0
                        || definition.concept == Concept::Title
                            && !found(&store, "title:quokka").is_empty()
                }
                _ => store.number(study, definition.concept).is_some(),
            };
            assert!(is_there, "{path}");
        }
    }
}

#[test]
fn every_concept_is_stated_or_not() {
    for definition in CONCEPTS.iter().filter(|it| it.column.is_some()) {
        let (store, concept) = (store(definition), definition.concept);
        let [first, second, silent] =
            [1, 2, 3].map(|number| store.stated(study(&store, number), concept));
        assert_ne!(first, second, "{concept:?}");
        assert_ne!(first.in_words(), second.in_words(), "{concept:?}");
        assert!(concept == Concept::Id || silent == Stated::Nothing, "{concept:?}: {silent:?}");
    }
}

#[test]
fn every_concept_is_a_column_by_each_of_its_names() {
    for definition in CONCEPTS {
        let store = store(definition);
        let keys = definition.column.iter().map(|column| column.key);
        for name in definition.prefixes.iter().copied().chain(keys) {
            // Queries call so what is more than the lead sponsor.
            if (definition.concept, name) == (Concept::Lead, "sponsor") {
                continue;
            }
            let columns = Columns::read(name, &[]).unwrap();
            let (near, marks) = (&Nearness::default(), &Marks::default());
            let list = List { store: &store, near, marks, columns: &columns };
            let written = |form| {
                let entries = [1, 2, 3].map(|number| Entry::from(study(&store, number)));
                let mut out = Vec::new();
                list.write(&mut out, entries.into_iter(), form).unwrap();
                String::from_utf8(out).unwrap()
            };
            let csv = written(ListForm::Csv);
            let rows: Vec<&str> = csv.lines().collect();
            assert_eq!((rows[0], rows.len()), (name, 4), "{csv}");
            assert!(rows[1] != rows[2] && rows[1] != "\"\"", "{csv}");
            let lines = written(ListForm::Json);
            let values: Vec<Value> = lines
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()[name].take())
                .collect();
            assert_ne!(values[0], values[1], "{name}");
            if !matches!(definition.concept, Concept::Id) {
                assert_eq!(rows[3], "\"\"", "{csv}");
                assert!(values[2].is_null() || values[2] == json!([]), "{name}: {}", values[2]);
            }
            let table = written(ListForm::Table(None));
            let lines: Vec<&str> = table.lines().collect();
            assert!(lines[0] != lines[1] && !lines[0].is_empty(), "{table}");
        }
    }
}

#[test]
fn every_concept_is_asked_as_its_row_says() {
    for definition in CONCEPTS {
        let (store, concept) = (store(definition), definition.concept);
        for prefix in definition.prefixes {
            if definition.reach == Reach::NotAsked {
                assert_eq!(Concept::from_prefix(prefix), None);
                continue;
            }
            let query = format!("{prefix}:{}", word(&store, concept));
            let expected = match definition.kind {
                Kind::AgeLimits => &["NCT00000001", "NCT00000003"][..],
                _ => &["NCT00000001"],
            };
            assert_eq!(found(&store, &query), expected, "{query}");
            assert_eq!(parse(&query).unwrap().to_string().split(':').next(), Some(concept.name()));
        }
        if definition.reach == Reach::ByWord {
            assert_eq!(found(&store, &word(&store, concept)), ["NCT00000001"], "{concept:?}");
        }
        if definition.reach != Reach::NotAsked && concept != Concept::Id {
            let query = format!("{}:none", concept.name());
            assert_eq!(found(&store, &query), ["NCT00000003"], "{query}");
        }
    }
}

#[test]
fn every_facet_is_counted() {
    for (place, concept) in Concept::facets().enumerate() {
        let store = store(concept.definition());
        let all = answer(&store, &parse("").unwrap(), &Cancel::default()).unwrap();
        let counts = &all.facets[place];
        assert_eq!(counts.not_stated(&store), 1, "{concept:?}");
        let groups = counts.first(&store, usize::MAX);
        assert_eq!(groups.len(), counts.len(&store), "{concept:?}");
        let studies: u32 = groups.iter().map(|&(_, count)| count).sum();
        assert!(studies == 2 || !concept.definition().recent.is_empty(), "{concept:?}");
        for (group, count) in groups {
            assert_eq!(counts.of(&store, group), count, "{concept:?}");
            let term = group.term(&store, concept).to_string();
            assert_eq!(found(&store, &term).len(), count as usize, "{term}");
            let results = answer(&store, &parse(&term).unwrap(), &Cancel::default()).unwrap();
            let chosen = &results.facets[place].chosen;
            assert_eq!(chosen[..], [(Some(group), Choice::Include)], "{term}");
        }
    }
}

#[test]
fn every_order_puts_what_states_nothing_last() {
    for (concept, order) in Concept::orders() {
        let store = store(concept.definition());
        let sort: Sort = concept.name().parse().unwrap();
        for (sort, first) in [sort, sort.reversed()].into_iter().zip(order.first) {
            assert_eq!(sort.first(), first);
            let query = parse(&format!("sort:{sort}")).unwrap();
            let rows = answer(&store, &query, &Cancel::default()).unwrap().rows;
            let last = rows.get(2).map(|study| store.id(study).to_string());
            // Every study has an id, and words in place of a title.
            let is_always_there = matches!(concept, Concept::Id | Concept::Title);
            assert!(is_always_there || last.as_deref() == Some("NCT00000003"), "{sort}");
        }
        let [natural, reversed] = [sort, sort.reversed()].map(|sort| {
            let query = parse(&format!("sort:{sort}")).unwrap();
            let rows = answer(&store, &query, &Cancel::default()).unwrap().rows;
            rows.get(0).map(|study| store.id(study).to_string())
        });
        assert_ne!(natural, reversed, "{concept:?}");
    }
}

#[test]
fn every_difference_is_said_in_its_words() {
    for definition in CONCEPTS.iter().filter(|it| it.difference.is_some()) {
        let (path, values) = place(definition);
        // Of what is counted one study has one and the other has three.
        let values = match definition.kind {
            Kind::Names(_) | Kind::Prose => {
                let (list, key) = path.rsplit_once('.').unwrap();
                let several = |count: usize| {
                    if LISTS.contains(&key) {
                        let texts: Vec<String> = (0..count).map(|text| text.to_string()).collect();
                        (path, json!(texts))
                    } else {
                        (list, json!(vec![json!({ key: "a" }); count]))
                    }
                };
                [several(1), several(3)]
            }
            _ => values.map(|value| (path, value)),
        };
        let studies = values.map(|(path, value)| Study::parse(&record(1, path, value)).unwrap());
        let compared = compare(&studies[0], &studies[1]);
        let rows = compared.parts.iter().flat_map(|part| &part.rows);
        let gaps: Vec<&str> =
            rows.flat_map(|row| &row.gaps).map(|gap| gap.words.as_str()).collect();
        let words = match definition.difference.unwrap() {
            trialdex::study::concept::Difference::Later(verb) => format!("{verb} "),
            trialdex::study::concept::Difference::More([_, several]) => {
                format!("has 2 more {several}")
            }
            trialdex::study::concept::Difference::Higher(age) => format!("has a {age} "),
        };
        assert!(gaps.iter().any(|gap| gap.starts_with(&words)), "{words}: {gaps:?}");
    }
}

#[test]
fn everything_that_can_be_shared_is_found() {
    for definition in CONCEPTS {
        let Some(share) = definition.share else { continue };
        let (path, [value, _]) = place(definition);
        let studies = [1, 2].map(|id| Study::parse(&record(id, path, value.clone())).unwrap());
        let overlap = overlap(&[&studies[0], &studies[1]]);
        let part = overlap.parts.iter().find(|part| part.label == share.label);
        let part = part.unwrap_or_else(|| panic!("nothing under {}", share.label));
        assert_eq!(part.shared(), 1, "{}", share.label);
    }
}

#[test]
fn every_concept_is_shown_by_a_field() {
    for concept in Concept::all().filter(|&concept| concept != Concept::Mention) {
        let shown = FIELDS.iter().any(|field| field.concepts().any(|it| it == concept));
        assert!(shown, "{concept:?} is read nowhere");
    }
}

#[test]
fn the_columns_of_csv_have_the_names_of_the_table() {
    let store = store(Concept::Id.definition());
    let mut csv = Vec::new();
    write_studies(&mut csv, &store, store.studies(), &StudiesFormat::Csv.into()).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let keys: Vec<&str> =
        CONCEPTS.iter().filter_map(|it| it.column).map(|column| column.key).collect();
    for name in csv.lines().next().unwrap().split(',') {
        assert!(keys.contains(&name), "{name}");
    }
}
