//! What the commands write for hostile records.

use std::process::{Command, Stdio};

use trialdex::export::{ComparisonFormat, Report, Rows, markdown, text};
use trialdex::search::{Cancel, answer, parse};
use trialdex::store::{Store, StudyIdx};
use trialdex::study::Concept;
use trialdex::study::Study;

use super::{
    FLOODED, WHOLE, all_harm, assert_harmless, flooded, floods, harm, harmed, load, planted,
};

fn read(store: &Store, study: StudyIdx) -> Study {
    Study::parse(&store.record(study).unwrap()).unwrap()
}

/// Writes a study and its comparison with a plain one in every form.
fn written(study: &Study, plain: &Study) -> Vec<(&'static str, String)> {
    let mut written = vec![
        ("text", text(study, Some(80))),
        ("unwrapped text", text(study, None)),
        ("markdown", markdown(study)),
    ];
    let all = Report::new(&[plain, study], Rows::All);
    let some = Report::new(&[plain, study, plain], Rows::Differences);
    for &format in ComparisonFormat::ALL {
        written.push((format.label(), all.in_form(format, 120)));
        written.push((format.label(), some.in_form(format, 30)));
    }
    written
}

#[test]
fn nothing_harmful_is_written_of_any_field() {
    let (store, plain) = (harmed().store, Study::from(WHOLE.clone()));
    for study in store.studies() {
        let number = store.id(study).number() as usize;
        let what = harm().get(number.wrapping_sub(1)).map_or("plain", |(name, _)| name);
        for (form, text) in written(&read(&store, study), &plain) {
            assert_harmless(&text, &format!("{what}: {form}"));
        }
        for title in
            [store.title(study), store.official_title(study), &store.fact(study, Concept::Phase)]
        {
            assert_harmless(title, what);
            assert!(!title.contains('\n'), "{what}: {title:?}");
        }
        for concept in Concept::vocabularies() {
            for label in store.labels(study, concept) {
                assert_harmless(label, &format!("{what}: {}", concept.label()));
                assert!(!label.contains('\n') && !label.is_empty(), "{what}: {label:?}");
            }
        }
    }
    let results = answer(&store, &parse("liver").unwrap(), &Cancel::default()).unwrap();
    assert_harmless(
        &format!("{:?}", results.taken).replace("\\u{", ""),
        "what a word was taken for",
    );
}

#[test]
fn a_flood_in_one_field_is_survived() {
    let plain = Study::from(WHOLE.clone());
    for (place, (what, flood)) in floods().into_iter().enumerate() {
        let path = FLOODED[place % FLOODED.len()];
        let dataset = load(flooded(&flood, path, 1).to_string().as_bytes());
        assert_eq!((dataset.store.len(), dataset.skipped), (1, 0), "{what}: {:?}", dataset.bad);
        for (form, text) in written(&read(&dataset.store, StudyIdx(0)), &plain) {
            assert_harmless(&text, &format!("{what} at {path}: {form}"));
        }
    }
}

#[test]
fn a_half_of_a_pair_of_surrogates_costs_one_character() {
    for half in ["\\ud800", "\\udc00", "\\ud83d\\ud83d", "\\udc00\\ud800"] {
        let record = planted("HALF", 1).to_string().replace("HALF", half);
        let dataset = load(record.as_bytes());
        assert_eq!((dataset.store.len(), dataset.skipped), (1, 0), "{half}: {:?}", dataset.bad);
        let study = read(&dataset.store, StudyIdx(0));
        let shown = text(&study, Some(80));
        assert_harmless(&shown, half);
        assert!(shown.contains("\u{fffd} Some officialTitle \u{fffd}"), "{half}: {shown}");
    }
}

#[test]
fn the_program_writes_nothing_harmful_into_a_pipe() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("dataset");
    let records = [
        planted(&all_harm(), 1).to_string(),
        planted("plain", 2).to_string(),
        planted("x", 3).to_string()[..900].to_owned(),
    ];
    std::fs::write(&path, records.join("\n")).unwrap();
    let path = path.to_str().unwrap();
    let [one, two] = ["NCT00000001", "NCT00000002"];
    for arguments in [
        &["search", "-d", path][..],
        &["search", "-d", path, "--format", "json"],
        &["search", "-d", path, "--format", "html"],
        &["search", "-d", path, "--format", "bibtex"],
        &["search", "-d", path, "--format", "csl"],
        &["search", "-d", path, "--format", "csv"],
        &["compare", "-d", path, one, two, "--format", "html"],
        &["search", "-d", path, "sponsr:\u{1b}[2Jsome"],
        &["search", "-d", path, "cond:conditoins\u{202e}"],
        &["show", "-d", path, one],
        &["show", "-d", path, one, "--format", "markdown"],
        &["compare", "-d", path, one, two],
        &["compare", "-d", path, one, two, "--format", "markdown"],
        &["compare", "-d", path, one, two, "--format", "json"],
        &["check", path],
        &["check", path, "--format", "json"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trialdex"));
        command.args(arguments).env_clear().env("HOME", folder.path()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 2), "{arguments:?}: {output:?}");
        for bytes in [output.stdout, output.stderr] {
            assert_harmless(&String::from_utf8(bytes).unwrap(), &format!("{arguments:?}"));
        }
    }
}
