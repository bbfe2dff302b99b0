//! Records made to do harm, in every field: the program reads each or says why not, and nothing harmful reaches a
//! screen, a pipe or a terminal.

#[path = "../attack/fuzz.rs"]
mod fuzz;
#[cfg(unix)]
#[path = "../attack/kill.rs"]
mod kill;
mod odd;
mod output;
mod screen;
mod screens;
mod sizes;
#[path = "../attack/targets.rs"]
mod targets;

use std::fs;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use trialdex::dataset::{self, Dataset};

/// A made-up record in which every field of the registry says something.
const RECORD: &str = include_str!("hostile/record.json");

static WHOLE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(RECORD).unwrap());

/// Texts that would do harm, with what they are; each fits into every field of one record.
fn harm() -> Vec<(&'static str, String)> {
    let marks = |mark: &str| format!("e{}x", mark.repeat(30));
    let short: &[(&str, &str)] = &[
        ("control sequences", "\x1b[2J\x1b[31mred\x1b[6n\x1b[?1049h\x1b[5;5H\x1bc\x1b7"),
        (
            "operating system commands",
            "\x1b]0;title\x07\x1b]52;c;eA==\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
        ),
        ("unended commands", "\x1b]52;c;eA== \x1bP$q\"p \x1b[38;5;1 \x1b"),
        ("device and application strings", "\x1bP$q\"p\x1b\\\x1b_G\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\"),
        (
            "8-bit controls",
            "\u{9b}2J\u{9d}0;t\u{9c}\u{90}q\u{9c}\u{84}\u{85}\u{8d}\u{7f}\u{8}\u{7}\u{e}\u{f}",
        ),
        (
            "right to left",
            "\u{202e}drac\u{202d}\u{202a}\u{202b}\u{202c}\u{2066}x\u{2067}y\u{2068}z\u{2069}\u{200e}\u{200f}\u{61c}",
        ),
        ("line ends", "tab\there\r\nthere\rand\nthere\u{85}a\u{2028}b\u{2029}c\u{b}d\u{c}e"),
        (
            "nothing visible",
            "\u{200b}\u{feff}\u{ad}\u{2060}\u{180e}\u{e0041}\u{fff9}\u{206a}\u{1d173}\u{3164}\u{115f}",
        ),
        ("NUL", "a\0b\0\0"),
        ("entities", "&#27;[2J&#x9b;31m&#8238;x&#0;&#7;&#x85;&#x2028;&#127;&lt;\x1b&gt;&#xe0041;"),
        (
            "markdown",
            "* \x1b[2J\n  1. **\u{202e}b**\n\n    * \\\x1b[m\\*\n## \u{9b}\n[\x1b](http://\x1b\u{202e})",
        ),
        (
            "wide and foreign",
            "漢字かな ｶﾞ ﾊﾟ 한국어 عربى עברית ไทยก\u{e33} देवनागरी 👩\u{200d}🔬🏳\u{fe0f}\u{200d}🌈👍🏽 ﷽ ❤\u{fe0f} ⓐ",
        ),
        ("a query", r#""\" | sort:x ) -(cond:"none" \"#),
    ];
    let mut harm: Vec<_> = short.iter().map(|&(name, text)| (name, text.to_owned())).collect();
    harm.extend([
        ("marks", marks("\u{301}")),
        ("marks of other scripts", marks("\u{e47}") + &marks("\u{20dd}") + &marks("\u{fe0f}")),
        ("marks by entities", marks("&#769;")),
        (
            "joiners",
            "👩\u{200d}".repeat(30) + &"क\u{94d}\u{200d}".repeat(30) + &"\u{200d}".repeat(30),
        ),
        ("skin tones", "👍".to_owned() + &"\u{1f3fb}".repeat(30)),
        ("conjoining", "\u{1100}".repeat(30) + &"\u{1161}".repeat(30) + &"\u{11a8}".repeat(30)),
        ("flags", "\u{1f1e6}".repeat(31)),
        ("prepended", "\u{600}".repeat(30) + "\u{110bd}x"),
        ("a word", "x".repeat(300)),
    ]);
    harm
}

fn all_harm() -> String {
    harm().into_iter().map(|(_, harm)| harm + " ").collect()
}

/// Floods: one field full of one thing, which is too much for all fields at once.
fn floods() -> Vec<(&'static str, String)> {
    vec![
        ("100,000 marks", format!("e{}", "\u{301}".repeat(100_000))),
        ("20,000 marks by entities", format!("e{}", "&#769;".repeat(20_000))),
        ("100,000 vowels", format!("\u{1112}{}", "\u{1161}".repeat(100_000))),
        ("a chain of 10,000", "👩\u{200d}".repeat(10_000)),
        ("a word of 1 MB", "x".repeat(1_000_000)),
        ("a wide word", "漢".repeat(10_000)),
        ("100,000 line ends", "\n".repeat(100_000)),
        ("100,000 stars", "*".repeat(100_000)),
        ("100,000 brackets", "[".repeat(100_000)),
        ("100,000 ampersands", "&".repeat(100_000)),
        ("100,000 backslashes", "\\".repeat(100_000)),
        ("lists in lists", (0..400).map(|depth| " ".repeat(depth) + "* a\n").collect()),
    ]
}

/// The whole record with `harm` before and behind every text, and as the name of a further field; its id apart.
fn planted(harm: &str, number: u32) -> Value {
    let mut record = WHOLE.clone();
    plant(&mut record, harm);
    let identification = record.pointer_mut("/protocolSection/identificationModule").unwrap();
    identification["nctId"] = format!("NCT{number:08}").into();
    identification["nctIdAliases"] =
        Value::Array(vec![format!("NCT{:08}", number + 50_000_000).into()]);
    record
}

fn plant(value: &mut Value, harm: &str) {
    match value {
        Value::String(text) => *text = format!("{harm} {text} {harm}"),
        Value::Array(entries) => entries.iter_mut().for_each(|entry| plant(entry, harm)),
        Value::Object(parts) => {
            parts.values_mut().for_each(|part| plant(part, harm));
            parts.insert(format!("{harm}new"), harm.into());
        }
        _ => (),
    }
}

/// The whole record with `flood` in the one field at `path`.
fn flooded(flood: &str, path: &str, number: u32) -> Value {
    let mut record = WHOLE.clone();
    record["protocolSection"]["identificationModule"]["nctId"] = format!("NCT{number:08}").into();
    *record.pointer_mut(path).unwrap_or_else(|| panic!("nothing at {path}")) = flood.into();
    record
}

/// The fields that are flooded: those that are read in ways of their own.
const FLOODED: &[&str] = &[
    "/protocolSection/identificationModule/briefTitle",
    "/protocolSection/conditionsModule/conditions/0",
    "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
    "/protocolSection/eligibilityModule/eligibilityCriteria",
    "/protocolSection/descriptionModule/briefSummary",
    "/protocolSection/statusModule/overallStatus",
    "/protocolSection/contactsLocationsModule/locations/0/city",
];

#[test]
fn a_forged_index_is_refused_or_answers_without_a_panic() {
    let outcome = targets::forge::Forger::new().run(1, |case| case < 60);
    assert!(outcome.panics.is_empty(), "{}", outcome.panics.join("\n"));
    assert!(outcome.refused > 10 && outcome.answered > 10, "{outcome}");
}

#[test]
fn a_list_that_counts_from_nought_is_split() {
    let text = "Inclusion Criteria:\n\n* Adults\n0. HbA1c\n\nKey Exclusion Criteria (Group A):\n\n- Pregnancy\n\nNote: see below.";
    let criteria = trialdex::study::eligibility::criteria(text);
    assert!(format!("{criteria:?}").contains("HbA1c"));
}

#[cfg(unix)]
#[test]
fn killed_at_any_time_it_keeps_all_or_nothing() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_trialdex"));
    let outcome = kill::run(program, 1, |kills| kills < 24);
    assert_eq!(outcome.complaints, Vec::<String>::new());
    assert!(outcome.in_time >= 8, "{outcome}");
}

#[test]
fn inputs_are_kept_as_they_are() {
    let folder = tempfile::TempDir::new().unwrap();
    let inputs: [&[u8]; 3] = [b"\\n'\"\\x41", b"\n\0\xff \x1b\r\t", "é漢".as_bytes()];
    for (name, input) in (0..).zip(inputs) {
        fs::write(folder.path().join(format!("{name}")), input).unwrap();
    }
    let path = folder.path().join("kept.txt");
    assert_eq!(targets::corpus::keep(folder.path(), &path, 1000).unwrap(), 3);
    let mut kept: Vec<_> = targets::corpus::inputs(&fs::read_to_string(&path).unwrap()).collect();
    kept.sort();
    let mut expected = inputs.map(<[u8]>::to_vec);
    expected.sort();
    assert_eq!(kept, expected);
}

#[test]
fn whatever_is_fed_nothing_that_reads_panics() {
    for target in targets::TARGETS {
        let fed = fuzz::feed(target, std::time::Duration::from_millis(300), 1);
        assert!(fed.executions as usize >= target.known().len(), "{}", target.name);
        assert_eq!(fed.panic, None);
    }
}

/// Loads the text as a file.
fn load(text: &[u8]) -> Dataset {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("dataset");
    fs::write(&path, text).unwrap();
    dataset::open(&[path], &Arc::default()).unwrap()
}

/// The plain record and one for each kind of harm.
fn harmed() -> Dataset {
    let records =
        harm().into_iter().zip(1..).map(|((_, harm), number)| planted(&harm, number).to_string());
    let records: Vec<String> =
        [WHOLE.to_string().replace("00000042", "00000099")].into_iter().chain(records).collect();
    let dataset = load(records.join("\n").as_bytes());
    assert_eq!((dataset.store.len(), dataset.skipped), (records.len(), 0), "{:?}", dataset.bad);
    dataset
}

/// Whether the character could command a terminal or reorder a line.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn assert_harmless(text: &str, what: &str) {
    if let Some(at) = text.find(|c| is_harmful(c) && c != '\n') {
        let before: String =
            text[..at].chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{what}: {:?} after {before:?}", text[at..].chars().next());
    }
    let mut run = 0;
    for c in text.chars() {
        run = if unicode_normalization::char::is_combining_mark(c) { run + 1 } else { 0 };
        assert!(run <= 16, "{what}: a run of marks");
    }
}
