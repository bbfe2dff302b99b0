//! What was measured: the characteristics at the start and the outcomes, by group, class and category.

use serde_json::Value;

use super::group::{Groups, described};
use super::{ResultsTable, line, list, prose, said, share};
use crate::study::PartialDate;
use crate::study::terms::{DISPERSION, OUTCOME, PARAMETER, REPORTING, label};
use crate::study::value::{Detail, FieldValue, Item};
use crate::text::{Table, fold};

/// How many units of one kind were analyzed.
struct Analyzed {
    /// The kind: `Participants`, `Eyes`.
    units: String,
    /// What is shown of it: a cell for each group behind the name of the row.
    row: Vec<String>,
    /// The number in each group, in the order of the groups; `None` where it is not known.
    counts: Vec<Option<f64>>,
}

/// What the rows of a measure are seen against.
struct Whole<'a> {
    analyzed: &'a [Analyzed],
    /// The kind of units that is counted, where the record selects it.
    units: Option<String>,
}

/// A row of a measure, the name in front.
enum MeasureRow {
    Analyzed(Vec<String>),
    Values(Vec<String>),
}

/// How a record calls people where it counts units of several kinds.
const PARTICIPANTS: &str = "Participants";

const NO_TITLE: &str = "(no title stated)";
const NO_NAME: &str = "(no name stated)";

pub(super) fn baseline_notes(module: &Value) -> Vec<Detail> {
    let notes = [
        prose("Population", module, "populationDescription"),
        line("Units analyzed", said(module, "typeUnitsAnalyzed")),
    ];
    notes.into_iter().flatten().collect()
}

/// Every characteristic, one below the other.
pub(super) fn baseline(module: &Value) -> ResultsTable {
    let mut groups = Groups::new(module, "groups");
    let whole = analyzed(module, &mut groups);
    let mut rows: Vec<Vec<String>> = whole.iter().map(|it| it.row.clone()).collect();
    let mut described = Vec::new();
    for measure in list(module, "measures") {
        let title = said(measure, "title").unwrap_or_else(|| NO_TITLE.to_owned());
        let units = units(measure).or_else(|| units(module));
        let whole = Whole { analyzed: &whole, units };
        rows.extend(characteristic(&title, measure, &mut groups, &whole));
        let details = [
            prose("", measure, "description"),
            prose("Population", measure, "populationDescription"),
            line("Percentages calculated", said(measure, "calculatePct")),
            line("Units", said(measure, "denomUnitsSelected")),
        ];
        let details: Vec<Detail> = details.into_iter().flatten().collect();
        if !details.is_empty() {
            described.push(Item { details, ..Item::named(title) });
        }
    }
    let head = groups.head("Characteristic");
    let mut remarks = groups.remarks();
    if !described.is_empty() {
        let value = FieldValue::Items(described);
        remarks.push(Detail::new("About the characteristics", value));
    }
    ResultsTable { table: Table { head, rows }, remarks, ..ResultsTable::default() }
}

/// The rows of a characteristic below its name, or its only row behind it.
fn characteristic(
    title: &str,
    measure: &Value,
    groups: &mut Groups,
    whole: &Whole,
) -> Vec<Vec<String>> {
    let name = match quantity(measure) {
        Some(quantity) => format!("{title}: {quantity}"),
        None => title.to_owned(),
    };
    let own = analyzed(measure, groups);
    let mut rows: Vec<MeasureRow> = not_among(&own, whole.analyzed, None).collect();
    let analyzed = if own.is_empty() { whole.analyzed } else { &own };
    let whole = Whole { analyzed, units: whole.units.clone() };
    rows.extend(measured(measure, groups, &whole, usize::MAX).0);
    if let [MeasureRow::Values(only)] = rows.as_mut_slice()
        && only[0].is_empty()
    {
        only[0] = name;
        return vec![std::mem::take(only)];
    }
    let rows = named(rows, "Value").into_iter().map(|mut row| {
        row[0].insert_str(0, "  ");
        row
    });
    std::iter::once(vec![name]).chain(rows).collect()
}

/// The rows, those without a name under words: of the only one with values it is clear what it is.
fn named(rows: Vec<MeasureRow>, only: &str) -> Vec<Vec<String>> {
    let values = rows.iter().filter(|row| matches!(row, MeasureRow::Values(_))).count();
    let name = if values == 1 { only } else { NO_NAME };
    let named = |row| match row {
        MeasureRow::Values(mut row) if row[0].is_empty() => {
            row[0].push_str(name);
            row
        }
        MeasureRow::Values(row) | MeasureRow::Analyzed(row) => row,
    };
    rows.into_iter().map(named).collect()
}

/// `Primary: Overall survival`.
pub(super) fn outcome_title(outcome: &Value) -> String {
    let title = said(outcome, "title").unwrap_or_else(|| NO_TITLE.to_owned());
    match said(outcome, "type") {
        Some(kind) => format!("{}: {title}", label(OUTCOME, &kind)),
        None => title,
    }
}

/// One outcome with at most so many rows.
pub(super) fn outcome(outcome: &Value, most: usize) -> ResultsTable {
    let mut groups = Groups::new(outcome, "groups");
    let whole = analyzed(outcome, &mut groups);
    let mut rows: Vec<Vec<String>> = whole.iter().map(|it| it.row.clone()).collect();
    let whole = Whole { analyzed: &whole, units: units(outcome) };
    let room = most.saturating_sub(rows.len());
    let (values, more) = measured(outcome, &mut groups, &whole, room);
    rows.extend(named(values, &quantity(outcome).unwrap_or_else(|| "Value".to_owned())));
    let in_words =
        |vocabulary, path| said(outcome, path).map(|code| label(vocabulary, &code).to_owned());
    let is_posted = said(outcome, "reportingStatus").is_some_and(|code| code == "POSTED");
    let status = in_words(REPORTING, "reportingStatus");
    let (posted, other) = if is_posted { (status, None) } else { (None, status) };
    let date = said(outcome, "anticipatedPostingDate");
    let date = date.map(|date| date.parse::<PartialDate>().map_or(date, PartialDate::in_words));
    let notes = [
        line("Reporting status", other),
        line("Posting expected", date),
        line("Time frame", said(outcome, "timeFrame")),
        line("Measured", quantity(outcome)),
        prose("Description", outcome, "description"),
        prose("Population", outcome, "populationDescription"),
    ];
    let details = [
        line("Reporting status", posted),
        line("Percentages calculated", said(outcome, "calculatePct")),
        line("Units analyzed", said(outcome, "typeUnitsAnalyzed")),
        line("Units of the percentages", said(outcome, "denomUnitsSelected")),
        described(outcome, "groups"),
    ];
    let table = Table { head: groups.head("Measure"), rows };
    ResultsTable {
        notes: notes.into_iter().flatten().collect(),
        details: details.into_iter().flatten().collect(),
        table,
        more,
        remarks: groups.remarks(),
        ..ResultsTable::default()
    }
}

/// What the numbers are: `Mean (standard deviation), years`.
fn quantity(measure: &Value) -> Option<String> {
    let parameter = said(measure, "paramType").map(|code| label(PARAMETER, &code).to_owned());
    let dispersion = said(measure, "dispersionType");
    let dispersion = dispersion.map(|code| label(DISPERSION, &code).to_lowercase());
    let unit = said(measure, "unitOfMeasure").filter(|unit| {
        let of = parameter.as_ref().map(|parameter| parameter.to_lowercase());
        !of.is_some_and(|of| of.ends_with(&format!(" {}", unit.to_lowercase())))
    });
    let number = [parameter, dispersion.map(|dispersion| format!("({dispersion})"))];
    let number: Vec<String> = number.into_iter().flatten().collect();
    let parts: Vec<String> =
        Some(number.join(" ")).filter(|it| !it.is_empty()).into_iter().chain(unit).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The kind of units that is counted, where the record says it.
fn units(value: &Value) -> Option<String> {
    said(value, "denomUnitsSelected").or_else(|| said(value, "typeUnitsAnalyzed"))
}

/// How many were analyzed, of each kind of units.
fn analyzed(value: &Value, groups: &mut Groups) -> Vec<Analyzed> {
    let of_units = |denominator: &Value| {
        let units = said(denominator, "units").unwrap_or_else(|| "Units".to_owned());
        let counts = list(denominator, "counts");
        let name = format!("{units} analyzed");
        let row = groups.row(name, counts, |count, _| said(count, "value"));
        Analyzed { units, row, counts: groups.numbers(counts, "value") }
    };
    list(value, "denoms").iter().map(of_units).collect()
}

/// A row for each number of units that is not among those above, under the name of its class.
fn not_among<'a>(
    analyzed: &'a [Analyzed],
    above: &'a [Analyzed],
    class: Option<&'a str>,
) -> impl Iterator<Item = MeasureRow> + 'a {
    let new = analyzed.iter().filter(|it| above.iter().all(|above| above.row != it.row));
    new.map(move |it| {
        let mut row = it.row.clone();
        if let Some(class) = class {
            row[0].insert_str(0, &format!("{class}: "));
        }
        MeasureRow::Analyzed(row)
    })
}

/// Of which numbers the values of a measure are parts. `None` where they are no counts, or where it is
/// not known of what.
fn denominator<'a>(measure: &Value, whole: &'a Whole, own: &'a [Analyzed]) -> Option<&'a Analyzed> {
    let asked = said(measure, "calculatePct");
    if asked.is_some_and(|said| ["no", "false"].contains(&said.to_lowercase().as_str())) {
        return None;
    }
    let analyzed = if own.is_empty() { whole.analyzed } else { own };
    let of = |units: &str| analyzed.iter().find(|it| fold(&it.units) == fold(units));
    match (said(measure, "paramType")?.as_str(), &whole.units) {
        ("COUNT_OF_PARTICIPANTS", _) => of(PARTICIPANTS),
        ("COUNT_OF_UNITS", Some(units)) => of(units),
        ("COUNT_OF_UNITS", None) => {
            let mut others = analyzed.iter().filter(|it| fold(&it.units) != fold(PARTICIPANTS));
            others.next().filter(|_| others.next().is_none())
        }
        _ => None,
    }
}

/// A row for each class and category, about so many in all, and how many more there are. How many of a
/// class were analyzed stands above its rows.
fn measured(
    measure: &Value,
    groups: &mut Groups,
    whole: &Whole,
    most: usize,
) -> (Vec<MeasureRow>, usize) {
    let mut rows = Vec::new();
    let mut more = 0;
    for class in list(measure, "classes") {
        let categories = list(class, "categories");
        if rows.len() >= most {
            more += categories.len();
            continue;
        }
        let title = said(class, "title");
        let own = analyzed(class, groups);
        let before = rows.len();
        rows.extend(not_among(&own, whole.analyzed, title.as_deref()));
        let of = denominator(measure, whole, &own);
        for category in categories {
            let name: Vec<String> = title.iter().cloned().chain(said(category, "title")).collect();
            let cell = |entry: &Value, place: usize| {
                value(entry, of.and_then(|of| of.counts.get(place).copied().flatten()))
            };
            let row = groups.row(name.join(": "), list(category, "measurements"), cell);
            rows.push(MeasureRow::Values(row));
        }
        // Of a class without numbers its name is left.
        if rows.len() == before {
            rows.extend(title.map(|title| MeasureRow::Values(vec![title])));
        }
    }
    (rows, more)
}

/// `45.2 (3.1)`, `45.2 (40 to 51)`, `45 (12.5 %)`.
fn value(entry: &Value, of: Option<f64>) -> Option<String> {
    let value = said(entry, "value");
    let limits = match [said(entry, "lowerLimit"), said(entry, "upperLimit")] {
        [None, None] => None,
        limits => {
            let [lower, upper] =
                limits.map(|limit| limit.unwrap_or_else(|| "not stated".to_owned()));
            Some(format!("{lower} to {upper}"))
        }
    };
    let share = value.as_deref().and_then(|value| share(value, of));
    let behind: Vec<String> =
        [said(entry, "spread"), limits, share].into_iter().flatten().collect();
    match (value, behind.is_empty()) {
        (value, true) => value,
        (value, false) => {
            Some(format!("{} ({})", value.unwrap_or_default(), behind.join("; ")).trim().to_owned())
        }
    }
}

#[cfg(test)]
mod tests;
