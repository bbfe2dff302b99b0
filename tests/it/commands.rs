//! The real program without a terminal: what each command writes to which output, and its exit code.

mod cache;
mod columns;
mod datasets;
mod faults;
mod manual;
mod marks;
mod matching;
mod plain;
mod prose;
mod ranges;
mod record;
mod shell;
mod stats;
mod versions;

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// The two files of the sample.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/liver-failure.json");
const OTHERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample.ndjson");

/// Where the program looks for what the user keeps: an empty folder.
static HOME: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().unwrap());

/// The program, as a script calls it.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdex"));
    command.args(arguments).env_clear().env("TERM", "xterm-256color").current_dir(HOME.path());
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
        command.env(name, HOME.path());
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How the program ended, and what it wrote to standard output and standard error.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// Runs the program to its end. Whatever it does, it writes no escape sequence where there is no terminal.
#[track_caller]
fn finish(mut command: Command, input: &[u8]) -> Ran {
    if !input.is_empty() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let Some(mut stdin) = child.stdin.take() {
        // What ends early does not read everything.
        _ = stdin.write_all(input);
    }
    let output = child.wait_with_output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(!out.contains('\x1b') && !err.contains('\x1b'), "{command:?}\n{out}\n{err}");
    Ran { code: output.status.code().unwrap(), out, err }
}

#[track_caller]
fn run(arguments: &[&str]) -> Ran {
    finish(program(arguments), b"")
}

#[test]
fn what_does_not_count_is_said() {
    let of_sample = ["search", "-d", SAMPLE];
    for (arguments, remark) in [
        (&["--count", "--format", "csv"][..], "--count writes the number of all that were found"),
        (&["--count", "--limit", "2"], "--count writes the number of all that were found"),
        (&["--sort", "id", "sort:title"], "--sort counts, and not the sort: of the query"),
    ] {
        let ran = run(&[&of_sample[..], arguments].concat());
        assert!(ran.code == 0 && ran.err.contains(remark), "{arguments:?}: {ran:?}");
    }
    for arguments in [&["--count"][..], &["sort:title"], &["--sort", "id"]] {
        assert_eq!(run(&[&of_sample[..], arguments].concat()).err, "", "{arguments:?}");
    }
    let named = run(&["search", "-d", SAMPLE, "sun yat", "--format", "ris", "--id-in-title"]);
    assert!(named.out.contains("\r\nTI  - NCT06825572: "), "{named:?}");
}

#[test]
fn results_go_to_standard_output_and_every_format_has_its_form() {
    let [two, one, three] = ["NCT06825572", "NCT06904755", "NCT03863002"];
    for (arguments, code, first, lines) in [
        (&["search", "liver"][..], 0, "NCT", 20..=40),
        (&["search", "liver", "--format", "ids"], 0, "NCT", 20..=40),
        (&["search", "sun yat", "--format", "ids"], 0, "NCT", 1..=5),
        (&["search", "liver", "--format", "json"], 0, "{\"nctId\":\"NCT", 20..=40),
        (&["search", "liver", "--limit", "2"], 0, "NCT", 2..=2),
        (&["search", "--count"], 0, "83", 1..=1),
        (&["search", "--count", "NOT id:nct"], 1, "0", 1..=1),
        (&["search", "NOT id:nct"], 1, "", 0..=0),
        (&["show", two], 0, "NCT06825572", 60..=400),
        (&["show", two, one], 0, "NCT06825572", 120..=800),
        (&["show", two, "--format", "markdown"], 0, "# NCT06825572 · MSC-EVs", 60..=400),
        (&["show", two, "--format", "json"], 0, "{", 20..=900),
        (&["related", two], 0, "NCT03863002  Not yet recruiting", 10..=40),
        (&["related", two, "--limit", "3", "--format", "ids"], 0, "NCT03863002", 3..=3),
        (&["related", two, "--format", "json"], 0, "{\"nctId\":\"NCT03863002\"", 5..=20),
        (&["compare", two, one], 0, "  NCT06825572", 60..=900),
        (&["compare", two, one, "--differences"], 0, "  NCT06825572", 60..=900),
        (
            &["compare", two, one, "--format", "markdown"],
            0,
            "<!-- Exported from liver-failure.json and 1 more, 20",
            30..=400,
        ),
        (&["compare", two, one, "--format", "json"], 0, "{", 60..=900),
        (&["compare", two, one, "--format", "html"], 0, "<!DOCTYPE html>", 60..=900),
        (
            &["compare", two, one, "--format", "csv"],
            0,
            "section,field,verdict,difference,",
            60..=900,
        ),
        (&["compare", two, one, three], 0, "  NCT06825572", 60..=900),
        (&["compare", two, one, three, "--format", "csv"], 0, "section,field,", 60..=900),
        (&["search", "liver", "--format", "csv"], 0, "nctId,title,status,", 21..=41),
    ] {
        let mut sampled = arguments.to_vec();
        sampled.extend(["-d", SAMPLE, "-d", OTHERS]);
        let (ran, by_default) = (run(&sampled), run(arguments));
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        let of_sample = by_default.out.replace("the sample", "liver-failure.json and 1 more");
        assert_eq!((by_default.code, of_sample), (ran.code, ran.out.clone()), "{arguments:?}");
        assert!(ran.out.starts_with(first), "{arguments:?}: {}", ran.out);
        assert!(lines.contains(&ran.lines().len()), "{arguments:?}: {} lines", ran.lines().len());
        // What words found beside their letters is told of both.
        let told = by_default.err.lines().count() - ran.err.lines().count();
        assert_eq!(told, 1, "{arguments:?}: it says that this is the sample");
    }
}

#[test]
fn each_line_of_a_search_in_json_is_one_study() {
    let ran = run(&["search", "-d", SAMPLE, "sort:id", "--format", "json"]);
    let studies: Vec<Value> =
        ran.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(studies.len(), 23);
    for study in &studies {
        assert!(study["nctId"].as_str().unwrap().starts_with("NCT"));
        assert!(study["phases"].is_array() && study["conditions"].is_array());
        for key in ["title", "status", "sponsor", "updated"] {
            assert!(study[key].is_string() || study[key].is_null(), "{study}");
            assert!(study.get(key).is_some(), "{study}");
        }
    }
    let study = studies.iter().find(|study| study["nctId"] == "NCT06825572").unwrap();
    assert_eq!(study["sponsor"], "Sun Yat-sen University");
    assert_eq!(study["status"], "NOT_YET_RECRUITING");
    let ids: Vec<&Value> = studies.iter().map(|study| &study["nctId"]).collect();
    assert!(ids.is_sorted_by_key(|id| id.as_str()));
    let reversed = run(&["search", "-d", SAMPLE, "--sort", "reverse-id", "--format", "ids"]);
    assert!(
        reversed.lines().iter().rev().eq(ids
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect::<Vec<_>>()
            .iter())
    );
}

#[test]
fn json_is_the_record_as_it_was_published() {
    let page: Value = serde_json::from_str(&std::fs::read_to_string(SAMPLE).unwrap()).unwrap();
    for study in page["studies"].as_array().unwrap() {
        let id = study.pointer("/protocolSection/identificationModule/nctId").unwrap();
        let shown = run(&["show", "-d", SAMPLE, id.as_str().unwrap(), "--format", "json"]);
        assert_eq!(&shown.json(), study);
    }
}

#[test]
fn a_near_word_is_taken_for_another_with_a_remark() {
    let ran = run(&["search", "-d", SAMPLE, "cond:livr failr", "--count"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("cond:livr was taken for "), "{}", ran.err);
    assert!(ran.err.lines().all(|line| line.starts_with("trialdex: ")));
}

#[test]
fn what_finds_nothing_says_why() {
    for (query, remark) in [
        ("zzzzzz", "no trial here has zzzzzz"),
        ("country:deutschland", "no trial here has country:deutschland"),
        ("sponsor:\"sun yat\"", "sponsor:\"sun yat\" is no whole sponsor: try sponsor:sun-yat"),
        ("phase:9", "no trial here has phase:9; there are: "),
        ("not zzzzzz", "“not” is looked for as a word; NOT leaves out"),
    ] {
        let ran = run(&["search", "-d", SAMPLE, query]);
        assert_eq!(ran.code, 1, "{query}: {ran:?}");
        assert!(ran.err.starts_with(&format!("trialdex: {remark}")), "{query}: {}", ran.err);
    }
}

#[test]
fn every_help_has_an_example() {
    for command in [
        &["--help"][..],
        &["search", "--help"],
        &["show", "--help"],
        &["compare", "--help"],
        &["check", "--help"],
    ] {
        let ran = run(command);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        let examples = ran.out.split_once("Examples:\n").unwrap_or_else(|| panic!("{command:?}")).1;
        assert!(examples.starts_with("  trialdex "), "{command:?}");
    }
    assert!(run(&["--version"]).out.starts_with("trialdex 0."));
}
