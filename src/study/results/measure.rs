//! What was measured: the characteristics at the start and the outcomes, by group, class and category.

use serde_json::Value;

use super::group::{Groups, described};
use super::{ResultsTable, line, list, prose, said, share};
use crate::study::PartialDate;
use crate::study::terms::{DISPERSION, OUTCOME, PARAMETER, REPORTING, label};
use crate::study::value::{Detail, FieldValue, Item};
use crate::text::Table;

/// How many there are of each group, in the order of the groups.
type Denominators = Vec<String>;

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
    let mut rows = Vec::new();
    let whole = denominators(module, "", &mut groups, &mut rows);
    let mut described = Vec::new();
    for measure in list(module, "measures") {
        let title = said(measure, "title").unwrap_or_else(|| "(no title stated)".to_owned());
        let name = match quantity(measure) {
            Some(quantity) => format!("{title}: {quantity}"),
            None => title.clone(),
        };
        let heading = rows.len();
        rows.push(vec![name]);
        let own = denominators(measure, "  ", &mut groups, &mut rows);
        let of = own.as_ref().or(whole.as_ref());
        measured(measure, (&mut groups, of), &mut rows, usize::MAX);
        let (above, below) = rows.split_at_mut(heading + 1);
        match below {
            // The one row of a characteristic without classes is the characteristic's.
            [only] if only[0].is_empty() => {
                only[0] = std::mem::take(&mut above[heading][0]);
                rows.remove(heading);
            }
            below => below.iter_mut().for_each(|row| row[0].insert_str(0, "  ")),
        }
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

/// `Primary: Overall survival`.
pub(super) fn outcome_title(outcome: &Value) -> String {
    let title = said(outcome, "title").unwrap_or_else(|| "(no title stated)".to_owned());
    match said(outcome, "type") {
        Some(kind) => format!("{}: {title}", label(OUTCOME, &kind)),
        None => title,
    }
}

/// One outcome with at most so many rows.
pub(super) fn outcome(outcome: &Value, most: usize) -> ResultsTable {
    let mut groups = Groups::new(outcome, "groups");
    let mut rows = Vec::new();
    let whole = denominators(outcome, "", &mut groups, &mut rows);
    let more = measured(outcome, (&mut groups, whole.as_ref()), &mut rows, most);
    for row in rows.iter_mut().filter(|row| row[0].is_empty()) {
        row[0] = quantity(outcome).unwrap_or_else(|| "Value".to_owned());
    }
    let in_words =
        |vocabulary, path| said(outcome, path).map(|code| label(vocabulary, &code).to_owned());
    let status = in_words(REPORTING, "reportingStatus");
    let (posted, other) = match status {
        Some(status) if status == "Posted" => (Some(status), None),
        status => (None, status),
    };
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

/// Adds a row for how many were analyzed, unless the first row says so already, and gives the numbers.
fn denominators(
    measure: &Value,
    indent: &str,
    groups: &mut Groups,
    rows: &mut Vec<Vec<String>>,
) -> Option<Denominators> {
    let mut first = None;
    for denominator in list(measure, "denoms") {
        let units = said(denominator, "units").unwrap_or_else(|| "Units".to_owned());
        let name = format!("{units} analyzed");
        let row = groups.row(name, list(denominator, "counts"), |count, _| said(count, "value"));
        first.get_or_insert_with(|| row[1..].to_vec());
        if rows.first() != Some(&row) {
            rows.push(row);
            if let Some(row) = rows.last_mut() {
                row[0].insert_str(0, indent);
            }
        }
    }
    first
}

/// Adds a row for each class and category, about so many in all, and gives how many more there are.
fn measured(
    measure: &Value,
    (groups, whole): (&mut Groups, Option<&Denominators>),
    rows: &mut Vec<Vec<String>>,
    most: usize,
) -> usize {
    let counted = said(measure, "paramType").is_some_and(|code| code.starts_with("COUNT_OF_"));
    let counted = counted && said(measure, "calculatePct").as_deref() != Some("No");
    let mut more = 0;
    for class in list(measure, "classes") {
        let categories = list(class, "categories");
        if rows.len() >= most {
            more += categories.len();
            continue;
        }
        let class_title = said(class, "title");
        let first: Vec<Vec<String>> = rows.first().cloned().into_iter().collect();
        let mut analyzed = first.clone();
        let own = denominators(class, "  ", groups, &mut analyzed);
        let of = own.as_ref().or(whole).filter(|_| counted);
        for category in categories {
            let title: Vec<String> =
                class_title.iter().cloned().chain(said(category, "title")).collect();
            let cell = |entry: &Value, place: usize| {
                value(entry, of.and_then(|of| of.get(place)).map(String::as_str))
            };
            rows.push(groups.row(title.join(": "), list(category, "measurements"), cell));
        }
        if categories.is_empty() {
            rows.push(vec![class_title.unwrap_or_default()]);
        }
        rows.extend(analyzed.into_iter().skip(first.len()));
    }
    more
}

/// `45.2 (3.1)`, `45.2 (40 to 51)`, `45 (12.5 %)`.
fn value(entry: &Value, of: Option<&str>) -> Option<String> {
    let value = said(entry, "value");
    let limits = match [said(entry, "lowerLimit"), said(entry, "upperLimit")] {
        [None, None] => None,
        limits => {
            let [lower, upper] =
                limits.map(|limit| limit.unwrap_or_else(|| "not stated".to_owned()));
            Some(format!("{lower} to {upper}"))
        }
    };
    let share = value.as_deref().zip(of).and_then(|(value, of)| share(value, of));
    let behind: Vec<String> =
        [said(entry, "spread"), limits, share].into_iter().flatten().collect();
    match (value, behind.is_empty()) {
        (value, true) => value,
        (value, false) => {
            Some(format!("{} ({})", value.unwrap_or_default(), behind.join("; ")).trim().to_owned())
        }
    }
}
