//! Each form of a list read back.

use serde_json::{Value, json};

use super::*;
use crate::marks::made::{decided, marked};
use crate::marks::{Change, Decision};
use crate::search::{Cancel, OwnColumn, find, parse};
use crate::study::NctId;
use crate::study::made::{Made, made};

const OWN: &[OwnColumn] =
    &[OwnColumn { name: "why", width: 5 }, OwnColumn { name: "all", width: 5 }];

/// Three studies: a full one in two countries, one that begins like a formula, one that states nothing.
fn studies() -> [Made; 3] {
    let site = |facility: &str, city: &str, country: &str, point: (f64, f64)| {
        json!({"facility": facility, "city": city, "country": country,
            "geoPoint": {"lat": point.0, "lon": point.1}})
    };
    let full = made(1)
        .title("One, \"quoted\"")
        .conditions(["Lung Cancer", "Survival &gt;6 Months"])
        .at("statusModule.overallStatus", "RECRUITING")
        .at("statusModule.startDateStruct.date", "2020-05")
        .at("designModule.phases", json!(["PHASE1", "PHASE2"]))
        .at("designModule.enrollmentInfo.count", 1200)
        .at("eligibilityModule.minimumAge", "18 Years")
        .at("identificationModule.orgStudyIdInfo.id", "ABC-1")
        .at("outcomesModule.primaryOutcomes", json!([{"measure": "Survival"}, {"measure": "Pain"}]))
        .at(
            "contactsLocationsModule.locations",
            json!([
                site("Far", "Bern", "Switzerland", (46.95, 7.45)),
                site("Near", "Lyon", "France", (45.75, 4.85)),
            ]),
        );
    [full, made(2).title("=1+1").conditions(["LUNG CANCER"]), made(3)]
}

/// The second study is excluded, and has two tags and a note.
fn marks() -> Marks {
    let id = NctId::from_number(2).unwrap();
    let tagged = |tag: &str| Change::Tagged { tag: tag.to_owned(), on: true };
    let noted = Change::Noted { text: "a, \"b\"".to_owned(), passage: None };
    let decided = decided(Decision::Exclude, Some("wrong design"));
    let changes = [decided, tagged("liver"), tagged("two words"), noted];
    marked("Ana", changes.map(|change| (id, change, None)).into())
}

/// The list of the three, ordered by id, in a form.
fn written(names: &str, query: &str, form: ListForm) -> String {
    let store = Store::of(studies());
    let columns = Columns::read(names, OWN).unwrap();
    let found = find(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
    let list = List { store: &store, near: found.near(), marks: &marks(), columns: &columns };
    let entries = found.rows.iter().map(|study| Entry {
        own: vec![Cell::text("it fits"), Cell::texts(["a", "b"])],
        below: (store.id(study).number() == 2).then(|| "below it".to_owned()),
        ..study.into()
    });
    let mut out = Vec::new();
    list.write(&mut out, entries, form).unwrap();
    String::from_utf8(out).unwrap()
}

const COLUMNS: &str =
    "id,Title,start-date,phases,cond,enrollment,min-age,age,countries,primary-outcome,why,all";

#[test]
fn csv_and_tsv_are_exact_and_harmless() {
    let csv = written(COLUMNS, "sort:id", ListForm::Csv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heading: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heading.join(","), COLUMNS);
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(
        rows[0],
        [
            "NCT00000001",
            "One, \"quoted\"",
            "2020-05",
            "PHASE1|PHASE2",
            "Lung Cancer|Survival >6 Months",
            "1200",
            "18 Years",
            "from 18 years",
            "Switzerland|France",
            "Survival|Pain",
            "it fits",
            "a|b"
        ]
    );
    assert_eq!(rows[1][..5], ["NCT00000002", "'=1+1", "", "", "LUNG CANCER"]);
    assert_eq!(rows[2][2..10], [""; 8]);
    let tsv = written(COLUMNS, "sort:id", ListForm::Tsv);
    let lines: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0].join(","), COLUMNS);
    assert_eq!(lines[2][1], "=1+1");
    assert!(lines.iter().all(|line| line.len() == 12), "{tsv}");
}

#[test]
fn json_has_numbers_arrays_and_null() {
    let lines = written(COLUMNS, "sort:id", ListForm::Json);
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys: Vec<&str> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
    let expected: std::collections::BTreeSet<&str> = COLUMNS.split(',').collect();
    assert_eq!(keys.into_iter().collect::<std::collections::BTreeSet<_>>(), expected);
    assert!(lines.starts_with("{\"id\":\"NCT00000001\",\"Title\":"), "{lines}");
    assert_eq!(rows[0]["enrollment"], 1200);
    assert_eq!(rows[0]["phases"], json!(["PHASE1", "PHASE2"]));
    assert_eq!(rows[0]["cond"], json!(["Lung Cancer", "Survival >6 Months"]));
    assert_eq!(rows[0]["primary-outcome"], json!(["Survival", "Pain"]));
    assert_eq!((&rows[0]["why"], &rows[0]["all"]), (&json!("it fits"), &json!(["a", "b"])));
    assert_eq!(rows[1]["cond"], json!(["LUNG CANCER"]));
    assert_eq!(
        (&rows[2]["enrollment"], &rows[2]["countries"], &rows[2]["primary-outcome"]),
        (&Value::Null, &json!([]), &json!([]))
    );
}

#[test]
fn what_is_marked_stands_in_columns() {
    let columns = "id,decision,Reason,tag,note,seen";
    let csv = written(columns, "sort:id", ListForm::Csv);
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(
        rows[1..3],
        ["NCT00000001,,,,,", "NCT00000002,exclude,wrong design,liver|two words,\"a, \"\"b\"\"\","]
    );
    let lines = written(columns, "sort:id", ListForm::Json);
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["decision"], &rows[0]["tag"]), (&Value::Null, &json!([])));
    assert_eq!((&rows[1]["decision"], &rows[1]["seen"]), (&json!("exclude"), &Value::Null));
    assert_eq!(rows[1]["tag"], json!(["liver", "two words"]));
}

#[test]
fn the_nearest_site_is_told_in_each_form() {
    let near = "near:Lyon~900km sort:id";
    assert_eq!(written("id,nearest", near, ListForm::Csv), "id,nearest\nNCT00000001,0|Lyon|Near\n");
    let row: Value = serde_json::from_str(&written("nearest", near, ListForm::Json)).unwrap();
    assert_eq!(
        (&row["nearest"]["city"], &row["nearest"]["kilometres"]),
        (&json!("Lyon"), &json!(0.0))
    );
    let table = written("nearest,id", near, ListForm::Table(None));
    assert!(table.starts_with("0.0 km, Lyon, Near                  NCT00000001\n"), "{table}");
    // Without a place there is none.
    assert_eq!(written("nearest", "sort:id", ListForm::Csv).lines().nth(1), Some("\"\""));
}

#[test]
fn lines_of_a_pipe_are_whole_and_have_no_header() {
    let table = written("id,cond,phase,title", "sort:id", ListForm::Table(None));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines,
        [
            "NCT00000001  LUNG CANCER, Survival >6 Months  Phase 1/2       One, \"quoted\"",
            "NCT00000002  LUNG CANCER                                     =1+1",
            "             below it",
            "NCT00000003                                                  (no title stated)",
        ]
    );
}

#[test]
fn a_page_has_a_header_and_says_how_many_there_are() {
    let page = |width, style| {
        let page = Page { width, style, of: 7 };
        written("id,enrollment,cond", "sort:id", ListForm::Table(Some(page)))
    };
    let plain = page(60, Style::Plain);
    assert_eq!(
        plain,
        "ID           ENROLLMENT  CONDITION                      \n\
         NCT00000001       1,200  LUNG CANCER, Survival >6 Months\n\
         NCT00000002              LUNG CANCER\n             below it\n\
         NCT00000003\n3 of 7\n"
    );
    let styled = page(30, Style::Styled);
    assert!(styled.starts_with("\u{1b}[4mID"), "{styled:?}");
    assert!(styled.ends_with("\u{1b}[2m3 of 7\u{1b}[0m\n"), "{styled:?}");
    let longest = plain.lines().map(text::width).max().unwrap();
    assert!(longest <= 60);
}
