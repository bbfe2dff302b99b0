//! The dialogue of `--plain`, without a terminal.

use std::fs;

use tempfile::TempDir;

use super::{OTHERS, Ran, SAMPLE, finish, program};

/// Holds a dialogue in a folder of its own: what is typed, a line each.
fn dialogue(home: &TempDir, lines: &[&str]) -> Ran {
    let mut command = program(&["--plain", SAMPLE]);
    command.current_dir(home.path());
    for name in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, home.path());
    }
    let ran = finish(command, (lines.join("\n") + "\n").as_bytes());
    let is_box = |c: char| ('\u{2500}'..='\u{259f}').contains(&c) || c == '\u{1b}';
    assert!(!ran.out.contains(is_box), "{}", ran.out);
    ran
}

fn said(lines: &[&str]) -> String {
    let ran = dialogue(&TempDir::new().unwrap(), lines);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[track_caller]
fn has(said: &str, words: &str) {
    assert!(said.contains(words), "no {words:?} in\n{said}");
}

#[test]
fn words_search_numbers_read_and_quit_ends() {
    let said = said(&["sun yat", "1 eligibility", "quit", "liver"]);
    has(&said, "23 trials in liver-failure.json.");
    has(&said, "1. MSC-EVs in Acute/ Acute-on-Chronic Liver Failure");
    has(&said, "NCT06825572. Not yet recruiting. Phase 1. Sun Yat-sen University.");
    has(&said, "1 to 1 of 1.");
    has(&said, "\nEligibility\n");
    assert!(!said.contains("Brief summary"), "only the section is read:\n{said}");
}

#[test]
fn the_end_of_the_input_ends_it_and_mistakes_do_not() {
    let said = said(&[
        "read 99",
        "read 1 nothing",
        "compare 1",
        "open /nothing",
        "sort x",
        "foo:bar",
        "list",
    ]);
    assert_eq!(said.matches("Error: ").count(), 6, "{said}");
    has(&said, "there is no number 99; the list has 23");
    has(&said, "there is no section nothing; there are: Key facts, ");
    assert!(said.ends_with("1 to 10 of 23. more reads on.\n"), "{said}");
}

#[test]
fn the_list_is_read_on_narrowed_and_taken_back() {
    let said = said(&[
        "more",
        "more",
        "more",
        "narrow status:recruiting",
        "undo",
        "count phase",
        "sort id",
    ]);
    has(&said, "11 to 20 of 23.");
    has(&said, "That was all of 23 trials.");
    has(&said, "1 to 5 of 5.");
    has(&said, "Phase 1: 6 trials, 26 %.");
    has(&said, "1. Trial of Calcineurin Inhibitor-Sparing");
}

#[test]
fn trials_are_compared_field_by_field() {
    for lines in [
        &["compare NCT06825572 NCT06904755"][..],
        &["pin NCT06825572", "pin NCT06904755", "compare"],
    ] {
        let said = said(lines);
        has(&said, "NCT06825572 and NCT06904755.");
        has(
            &said,
            "Status, differs:\n  NCT06825572: Not yet recruiting\n  NCT06904755: Recruiting\n",
        );
        has(&said, "Phase, equal: Phase 1\n");
        has(
            &said,
            "Enrollment, not stated by all:\n  NCT06825572: 30 participants (estimated)\n  NCT06904755: not stated\n",
        );
    }
}

#[test]
fn marks_are_kept_and_taken_back_and_files_are_written() {
    let home = TempDir::new().unwrap();
    let ran = dialogue(
        &home,
        &[
            "include 1",
            "exclude 2 wrong outcome",
            "undo",
            "tag 1 liver",
            "note 1 to be read",
            "save ris",
            "save csv 1",
        ],
    );
    has(&ran.out, "NCT06904755: ");
    has(&ran.out, "Undone: ");
    has(&ran.out, "trialdex-23-trials.ris");
    has(&ran.out, "trialdex-NCT06904755.csv");
    assert!(
        fs::read_to_string(home.path().join("trialdex-23-trials.ris"))
            .unwrap()
            .contains("NCT06904755")
    );
    let ran = dialogue(&home, &["decision:include", "decision:exclude", "tag:liver"]);
    has(&ran.out, "NCT06904755. Recruiting. Phase 1. Kebo Zhong. include.");
    has(&ran.out, "No trial.");
}

#[test]
fn a_dumb_terminal_gets_the_dialogue() {
    let mut command = program(&[SAMPLE]);
    command.env("TERM", "dumb");
    let ran = finish(command, b"help\nquit\n");
    assert_eq!(ran.code, 0);
    has(&ran.out, "search WORDS: list the trials");
    let ran = finish(program(&["--plain", "-"]), b"quit\n");
    assert!(ran.code != 0 && ran.err.contains("name a file in place of -"), "{}", ran.err);
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_read() {
    let long = "a".repeat(3_000_000);
    let out = said(&[&long, "help"]);
    assert!(out.contains("a line has at most 65536 bytes") && out.contains("quit: end"), "{out}");
    // What is quoted on standard error has a bound, too.
    let ran = dialogue(&TempDir::new().unwrap(), &[&long[..60_000]]);
    assert!(ran.err.len() < 10_000, "{}", ran.err.len());
}

#[test]
fn places_and_dates_are_read_in_lines() {
    let open = format!("open {OTHERS}");
    let said = said(&[
        "map 1",
        &open,
        "map NCT02438826",
        "map NCT02438826 united",
        "timeline",
        "timeline NCT02438826 NCT02797951",
    ]);
    has(&said, ": no sites are stated.\n");
    has(&said, "NCT02438826: 48 sites.\nUnited States, 14 sites: ");
    has(&said, "NCT02438826: 18 sites of 48 in countries that begin with united.\n");
    has(&said, "Start to completion: 4 years, 1 month and 27 days.\n");
    has(&said, "\n18 Jun 2015 (actual): Start.\n");
    has(&said, "\n18 Jun 2015 (actual): Start of NCT02438826.\n");
    assert!(!said.contains("Error: "), "{said}");
}

#[test]
fn a_person_comes_first_and_is_taken_back() {
    let open = format!("open {OTHERS}");
    let said = said(&[
        &open,
        "person 15 female",
        "NCT02438826",
        "person x",
        "person",
        "person 54 near Lyon",
    ]);
    has(&said, "For 15 years, female: ");
    has(&said, "As far as its fields say: fits.");
    has(&said, "For 54 years, near Lyon: ");
    has(&said, "Error: x says nothing of a person; say it like this");
    has(&said, "For anybody again.\n1. ");
}
