//! The scan: what a query finds, told by looking at every study. It shares no code with the program but the order of
//! the registry's codes, and does not know indexes.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;
use trialdex::study::terms;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// A question, and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// A word or the beginning of one, in a field or (`""`) in all that a bare word reaches.
    Word(&'static str, String),
    /// Quoted: with a field that value, without one (and in titles) that phrase.
    Quoted(&'static str, String),
    /// One of the registry's codes, and how it is called in the query.
    Code(&'static str, &'static str, &'static str),
    NotStated(&'static str),
}

/// Where the values of each field stand in a record.
const PATHS: &[(&str, &[&str])] = &[
    (
        "id",
        &[
            "identificationModule.nctId",
            "identificationModule.orgStudyIdInfo.id",
            "identificationModule.nctIdAliases",
            "identificationModule.secondaryIdInfos.id",
        ],
    ),
    ("acronym", &["identificationModule.acronym"]),
    ("title", &["identificationModule.briefTitle", "identificationModule.officialTitle"]),
    ("cond", &["conditionsModule.conditions"]),
    ("kw", &["conditionsModule.keywords"]),
    (
        "drug",
        &[
            "armsInterventionsModule.interventions.name",
            "armsInterventionsModule.interventions.otherNames",
        ],
    ),
    (
        "sponsor",
        &[
            "sponsorCollaboratorsModule.leadSponsor.name",
            "sponsorCollaboratorsModule.collaborators.name",
            "identificationModule.organization.fullName",
        ],
    ),
    ("lead", &["sponsorCollaboratorsModule.leadSponsor.name"]),
    ("collab", &["sponsorCollaboratorsModule.collaborators.name"]),
    ("status", &["statusModule.overallStatus"]),
    ("phase", &["designModule.phases"]),
    ("type", &["designModule.studyType"]),
    ("class", &["sponsorCollaboratorsModule.leadSponsor.class"]),
    ("sex", &["eligibilityModule.sex"]),
    ("kind", &["armsInterventionsModule.interventions.type"]),
    ("country", &["contactsLocationsModule.locations.country"]),
    ("city", &["contactsLocationsModule.locations.city"]),
];

/// What a word without a field reaches.
const EVERYWHERE: &[&str] = &["id", "acronym", "title", "cond", "kw", "drug", "sponsor"];

/// Everything that `study` states for `field`.
pub(super) fn stated(study: &Value, field: &str) -> Vec<String> {
    if field == "results" {
        let has = study["hasResults"].as_bool();
        return has.map(|has| if has { "YES" } else { "NO" }.to_owned()).into_iter().collect();
    }
    let (_, paths) = PATHS.iter().find(|(name, _)| *name == field).expect("a field of the table");
    let mut values = Vec::new();
    for path in *paths {
        gather(&study["protocolSection"], path, &mut values);
    }
    values
}

/// Every text at `path`, through any lists on the way.
pub(super) fn gather(value: &Value, path: &str, values: &mut Vec<String>) {
    let (key, rest) = path.split_once('.').unwrap_or((path, ""));
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| gather(entry, path, values)),
        Value::Object(parts) => gather(parts.get(key).unwrap_or(&Value::Null), rest, values),
        Value::String(text) if path.is_empty() && !text.trim().is_empty() => {
            values.push(plain(text));
        }
        _ => (),
    }
}

/// The text without the escapes of the registry: `\\<`, `&gt;`.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let is_escape = char == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        plain.extend((!is_escape).then_some(char));
        plain.extend(is_escape.then(|| chars.next()).flatten());
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(plain, |plain, (entity, char)| plain.replace(entity, char))
}

pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let bare = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    bare.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words of `asked` stand side by side in `value`, the last one perhaps only begun.
fn has_words(value: &str, asked: &str, last_may_go_on: bool) -> bool {
    let (value, asked) = (fold(value), fold(asked));
    let asked: Vec<&str> = asked.unicode_words().collect();
    let value: Vec<&str> = value.unicode_words().collect();
    let same = |(place, (there, wanted)): (usize, (&&str, &&str))| {
        there == wanted || last_may_go_on && place + 1 == asked.len() && there.starts_with(wanted)
    };
    value.windows(asked.len()).any(|there| there.iter().zip(&asked).enumerate().all(same))
}

fn fields(field: &'static str) -> Vec<&'static str> {
    match field {
        "" => EVERYWHERE.to_vec(),
        "id" => vec!["id", "acronym"],
        field => vec![field],
    }
}

/// Whether `study` is what is asked for.
pub(super) fn fits(study: &Value, ask: &Ask) -> bool {
    let any = |field, test: &dyn Fn(&str) -> bool| {
        let fields = fields(field).into_iter();
        fields.flat_map(|field| stated(study, field)).any(|value| test(&value))
    };
    match ask {
        Ask::All(parts) => parts.iter().all(|part| fits(study, part)),
        Ask::Any(parts) => parts.iter().any(|part| fits(study, part)),
        Ask::Not(part) => !fits(study, part),
        Ask::Word(field, word) => any(field, &|value| has_words(value, word, true)),
        Ask::Quoted(field @ ("" | "title"), text) => {
            any(field, &|value| has_words(value, text, false))
        }
        Ask::Quoted(field, text) => any(field, &|value| fold(value) == fold(text)),
        Ask::Code(field, _, code) => any(field, &|value| value == *code),
        Ask::NotStated(field) => stated(study, field).is_empty(),
    }
}

/// Whether each word stands in at least one of `studies`, so that nothing has to be guessed.
pub(super) fn is_certain(studies: &[Value], ask: &Ask) -> bool {
    match ask {
        Ask::All(parts) | Ask::Any(parts) => parts.iter().all(|part| is_certain(studies, part)),
        Ask::Not(part) => is_certain(studies, part),
        Ask::Word(..) => studies.iter().any(|study| fits(study, ask)),
        Ask::Quoted(..) | Ask::Code(..) | Ask::NotStated(_) => true,
    }
}

/// The question without what it asks of `field` for the whole: the studies that a facet counts.
pub(super) fn without(ask: &Ask, field: &str) -> Ask {
    let about = |ask: &Ask| match ask {
        // A word of a name chooses no value.
        Ask::Quoted(of, _) | Ask::Code(of, ..) | Ask::NotStated(of) => *of == field,
        _ => false,
    };
    let is_choice = |ask: &Ask| match ask {
        Ask::Any(parts) => parts.iter().all(about),
        ask => about(ask),
    };
    let parts = match simple(ask) {
        Ask::All(parts) => parts,
        one => vec![one],
    };
    let is_choice = |part: &Ask| match part {
        Ask::Not(inner) => is_choice(inner),
        part => is_choice(part),
    };
    Ask::All(parts.into_iter().filter(|part| !is_choice(part)).collect())
}

/// The same question with as few brackets as it can have.
fn simple(ask: &Ask) -> Ask {
    let flat = |parts: &[Ask], inside: fn(Ask) -> Vec<Ask>| -> Vec<Ask> {
        parts.iter().flat_map(|part| inside(simple(part))).collect()
    };
    let single = |mut parts: Vec<Ask>, many: fn(Vec<Ask>) -> Ask| {
        if parts.len() == 1 { parts.remove(0) } else { many(parts) }
    };
    match ask {
        Ask::All(parts) => single(
            flat(parts, |part| if let Ask::All(parts) = part { parts } else { vec![part] }),
            Ask::All,
        ),
        Ask::Any(parts) => single(
            flat(parts, |part| if let Ask::Any(parts) = part { parts } else { vec![part] }),
            Ask::Any,
        ),
        Ask::Not(part) => match simple(part) {
            Ask::Not(inner) => *inner,
            part => Ask::Not(Box::new(part)),
        },
        other => other.clone(),
    }
}

/// How many of `studies` have each value of `field`, told apart without case and accents; under `None` those that
/// state none.
pub(super) fn counts(studies: &[&Value], field: &str) -> BTreeMap<Option<String>, u32> {
    let mut counts = BTreeMap::new();
    for study in studies {
        let mut values = stated(study, field);
        values.sort();
        values.dedup();
        let mut values: Vec<_> = values.iter().map(|value| Some(fold(value))).collect();
        values.sort();
        values.dedup();
        if values.is_empty() {
            values.push(None);
        }
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

fn text_at<'a>(study: &'a Value, path: &str) -> Option<&'a str> {
    study.pointer(&format!("/protocolSection/{path}")).and_then(Value::as_str)
}

pub(super) fn id(study: &Value) -> &str {
    text_at(study, "identificationModule/nctId").expect("every study has an id")
}

pub(super) fn updated(study: &Value) -> Option<&str> {
    text_at(study, "statusModule/lastUpdatePostDateStruct/date")
        .or_else(|| text_at(study, "statusModule/lastUpdateSubmitDate"))
}

/// Puts `studies` in the order called `name`: what is equal by id.
pub(super) fn sort(studies: &mut [&Value], name: &str) {
    studies.sort_by(|a, b| compare(a, b, name).then_with(|| id(a).cmp(id(b))));
}

/// Which of two studies stands first in the order called `name`: what states nothing last.
pub(super) fn compare(a: &Value, b: &Value, name: &str) -> Ordering {
    let (order, reversed) = match name.strip_prefix("reverse-") {
        Some(order) => (order, true),
        None => (name, false),
    };
    // The newest and the most come first.
    let falling = matches!(order, "updated" | "start" | "enrollment") != reversed;
    match (key(a, order), key(b, order)) {
        (Some(a), Some(b)) if falling => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// What `study` is ordered by: numbers as texts of one length.
fn key(study: &Value, order: &str) -> Option<String> {
    let place = |terms: &[terms::Term], code: &String| {
        let place = terms.iter().position(|term| term.code == code);
        format!("{:03}", place.unwrap_or(999))
    };
    match order {
        "updated" => updated(study).map(str::to_owned),
        "start" => text_at(study, "statusModule/startDateStruct/date").map(str::to_owned),
        "enrollment" => study
            .pointer("/protocolSection/designModule/enrollmentInfo/count")
            .and_then(Value::as_u64)
            .map(|count| format!("{count:012}")),
        "title" => {
            // A title is shown without the signs of its markup.
            let titles = stated(study, "title");
            let title = titles.first().map_or("(no title stated)", String::as_str);
            Some(fold(&title.replace(['*', '\\'], "")))
        }
        "sponsor" => stated(study, "lead").first().map(|name| fold(name)),
        "status" => stated(study, "status").first().map(|code| place(terms::STATUS, code)),
        "phase" => {
            let phases = stated(study, "phase").into_iter().filter(|code| code != "NA");
            let mut places: Vec<_> = phases.map(|code| place(terms::PHASE, &code)).collect();
            places.sort();
            places.dedup();
            (!places.is_empty()).then(|| places.concat())
        }
        "id" => Some(id(study).to_owned()),
        other => unreachable!("no order is called {other}"),
    }
}
