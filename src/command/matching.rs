//! `trialdex match`: whom the studies that a query finds would take, as far as their fields say.

use std::io::Write;

use anyhow::{Result, bail};
use serde::Serialize;

use super::{Ending, asked, listing};
use crate::cli::{Match, MatchFormat, OF_MATCH};
use crate::export::listing::{Cell, Columns, Entry, List, ListForm};
use crate::export::{csv_row, tsv_row};
use crate::search::{By, Found, Nearest, NearestSite, Profile, Query, Suited, eligibility};
use crate::store::{Store, StudyIdx};
use crate::study::person::{Criterion, Eligibility, Person, Verdict};
use crate::study::{Age, Concept};
use crate::text;

/// What one study says of somebody, as programs read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Matched<'a> {
    nct_id: String,
    title: &'a str,
    status: Option<&'a str>,
    fit: &'static str,
    does_not_fit: Vec<&'static str>,
    depends: Vec<&'static str>,
    not_stated: Vec<&'static str>,
    minimum_age: Option<String>,
    maximum_age: Option<String>,
    sex: Option<&'a str>,
    healthy_volunteers: Option<bool>,
    nearest_open_site: Option<NearestSite<'a>>,
    /// As registered; nothing of it is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria: Option<String>,
}

pub(super) fn run(arguments: &Match, out: &mut dyn Write) -> Result<Ending> {
    let person = arguments.person();
    if person.is_anybody() && arguments.near.is_none() {
        bail!("match needs --age, --sex, --healthy or --near; trialdex match --help shows how");
    }
    let columns = arguments.columns.as_deref().map(|names| Columns::read(names, &OF_MATCH));
    let columns = columns.transpose()?;
    let store = super::open(&arguments.data)?.store;
    let query = query(arguments, person)?;
    asked::prepare(&store, &query, &arguments.data.paths, arguments.data.keeping)?;
    let has_marks = columns.as_ref().is_some_and(Columns::have_marks);
    let marks = asked::marks(&query, &arguments.asked.collection, has_marks)?;
    let found = asked::found_marked(&store, &marks, &query)?;
    if let Some(columns) = &columns {
        listing::check_place(columns, found.near(), "--near Lyon")?;
    }
    asked::tell(&store, &found);
    for remark in remarks(&found, &person) {
        super::remark(&remark);
    }
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let studies = found.rows.iter().take(limit);
    let form = match arguments.format {
        MatchFormat::Table => Some(listing::table(found.rows.len())),
        MatchFormat::Json => columns.is_some().then_some(ListForm::Json),
        MatchFormat::Csv => columns.is_some().then_some(ListForm::Csv),
        MatchFormat::Tsv => columns.is_some().then_some(ListForm::Tsv),
    };
    if let Some(form) = form {
        // What does not fit stands in a table to read below each, unless columns are named.
        let has_below = columns.is_none();
        let columns = columns.unwrap_or_else(|| usual(&found));
        let list = List { store: &store, near: found.near(), marks: &marks, columns: &columns };
        let entries = studies.map(|study| {
            let words = person.in_words(&eligibility(&store, study));
            let below = Some(words).filter(|words| has_below && words != "fits");
            Entry { study, own: own_cells(&store, &found, study, &person), below }
        });
        list.write(out, entries, form)?;
    } else if arguments.format == MatchFormat::Json {
        for study in studies {
            let mut matched = Matched::new(&store, &found, study, &person);
            matched.criteria = criteria(&store, study);
            writeln!(out, "{}", serde_json::to_string(&matched)?)?;
        }
    } else {
        let row = |cells: &[&str]| match arguments.format {
            MatchFormat::Tsv => tsv_row(cells.iter().copied()),
            _ => csv_row(cells.iter().copied()),
        };
        out.write_all(&row(&HEADING))?;
        for study in studies {
            let cells = Matched::new(&store, &found, study, &person).cells();
            out.write_all(&row(&cells.each_ref().map(String::as_str)))?;
        }
    }
    let suited = found.suited.unwrap_or_default();
    Ok(if suited.fit + suited.not_stated == 0 { Ending::Nothing } else { Ending::Found })
}

fn query(arguments: &Match, person: Person) -> Result<Query> {
    let query = asked::query(&arguments.asked, arguments.data.config.as_deref())?;
    if query.sort.has(By::Nearest) && arguments.near.is_none() {
        bail!("sort:nearest needs a place, such as --near Lyon");
    }
    Ok(Query { profile: Some(Profile { person, near: arguments.near.clone() }), ..query })
}

/// What somebody should know of what was compared.
fn remarks(found: &Found, person: &Person) -> Vec<String> {
    let Suited { fit, not_stated, do_not_fit } = found.suited.unwrap_or_default();
    let [fit, not_stated, do_not_fit] =
        [fit, not_stated, do_not_fit].map(|count| text::grouped(count as u64));
    let mut remarks = Vec::new();
    if !person.is_anybody() {
        remarks.push(format!(
            "by age, sex and healthy volunteers {fit} fit, {not_stated} do not state enough, {do_not_fit} do not fit"
        ));
    }
    if !found.rows.is_empty() {
        let words = "criteria in words are not compared; trialdex show NCT… writes them";
        remarks.push(words.to_owned());
    }
    remarks
}

/// The columns of the table to read where nobody names any.
fn usual(found: &Found) -> Columns {
    let names: &[&str] = if found.near().nearby.is_empty() {
        &["fit", "id", "status", "phase", "title"]
    } else {
        &["fit", "id", "status", "phase", "nearest-open-site", "title"]
    };
    listing::named(names, &OF_MATCH)
}

/// What is said of a study beside its columns, in the order of [`OF_MATCH`].
fn own_cells<'a>(
    store: &'a Store,
    found: &Found,
    study: StudyIdx,
    person: &Person,
) -> Vec<Cell<'a>> {
    let stated = eligibility(store, study);
    let fields = |wanted| Cell::texts(fields(person, &stated, wanted));
    let open = open_site(store, found, study);
    vec![
        Cell::text(person.fit(&stated).label()),
        fields(Verdict::DoesNotFit),
        fields(Verdict::Depends),
        fields(Verdict::NotStated),
        Cell::site(store, found.near(), open),
    ]
}

/// The fields that say this of somebody.
fn fields<'a>(
    person: &'a Person,
    stated: &'a Eligibility,
    wanted: Verdict,
) -> impl Iterator<Item = &'static str> + 'a {
    let with = person.compared(stated).filter(move |&(_, verdict)| verdict == wanted);
    with.map(|(criterion, _)| Criterion::label(criterion))
}

fn open_site(store: &Store, found: &Found, study: StudyIdx) -> Option<Nearest> {
    found.near().nearest_open(store, study)
}

/// What the record says of who can take part, in words.
fn criteria(store: &Store, study: StudyIdx) -> Option<String> {
    store.study(study).ok()?.text("protocolSection.eligibilityModule.eligibilityCriteria")
}

const HEADING: [&str; 16] = [
    "nctId",
    "title",
    "status",
    "fit",
    "doesNotFit",
    "depends",
    "notStated",
    "minimumAge",
    "maximumAge",
    "sex",
    "healthyVolunteers",
    "kilometres",
    "facility",
    "city",
    "country",
    "siteStatus",
];

impl<'a> Matched<'a> {
    fn new(store: &'a Store, found: &Found, study: StudyIdx, person: &Person) -> Self {
        let stated = eligibility(store, study);
        let Eligibility { minimum, maximum, sex, healthy, .. } = stated;
        let fields = |wanted| fields(person, &stated, wanted).collect();
        Self {
            nct_id: store.id(study).to_string(),
            title: store.title(study),
            status: store.code(study, Concept::Status),
            fit: person.fit(&stated).label(),
            does_not_fit: fields(Verdict::DoesNotFit),
            depends: fields(Verdict::Depends),
            not_stated: fields(Verdict::NotStated),
            minimum_age: minimum.map(Age::as_registered),
            maximum_age: maximum.map(Age::as_registered),
            sex,
            healthy_volunteers: healthy.map(|code| code == "YES"),
            nearest_open_site: open_site(store, found, study)
                .map(|site| NearestSite::new(store, site)),
            criteria: None,
        }
    }

    fn cells(&self) -> [String; 16] {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let site = self.nearest_open_site;
        let healthy = self.healthy_volunteers.map(|accepted| if accepted { "yes" } else { "no" });
        [
            self.nct_id.clone(),
            self.title.to_owned(),
            text(self.status),
            self.fit.to_owned(),
            self.does_not_fit.join("|"),
            self.depends.join("|"),
            self.not_stated.join("|"),
            self.minimum_age.clone().unwrap_or_default(),
            self.maximum_age.clone().unwrap_or_default(),
            text(self.sex),
            text(healthy),
            site.map(|site| site.kilometres.to_string()).unwrap_or_default(),
            text(site.and_then(|site| site.facility)),
            text(site.and_then(|site| site.city)),
            text(site.and_then(|site| site.country)),
            text(site.and_then(|site| site.status)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Cancel, find};

    #[test]
    fn a_row_has_a_cell_for_each_heading() {
        let store = Store::of([crate::study::made::made(1)]);
        let found = find(&store, &Query::default(), &Cancel::default()).unwrap();
        let study = found.rows.get(0).unwrap();
        let cells = Matched::new(&store, &found, study, &Person::default()).cells();
        assert_eq!(
            (cells.len(), cells[0].as_str(), cells[3].as_str()),
            (16, "NCT00000001", "fits")
        );
    }
}
