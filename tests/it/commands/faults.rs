//! Wrong arguments and things that cannot be done: one line with the reason and the remedy, and the right exit code.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Ran, SAMPLE, finish, program, run};
use crate::made::made;

#[test]
fn faults_are_said_in_one_line_on_standard_error() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let xml = write("a.xml", b"<?xml version=\"1.0\"?>\n<clinical_study rank=\"1\">");
    let empty = write("empty.json", b"");
    let torn = write("torn.json", b"{\"protocolSection\":{");
    let barren = folder.path().join("barren");
    fs::create_dir(&barren).unwrap();
    fs::write(barren.join("notes.txt"), "no study").unwrap();
    let barren = barren.to_str().unwrap();
    let gone = folder.path().join("gone\u{1b}[2J\u{202e}").to_str().unwrap().to_owned();
    let (accepted, column) = ("what can be opened: studies of ClinicalTrials.gov", ["-d", SAMPLE]);
    for (arguments, code, words) in [
        (
            &["search", "-d", &xml][..],
            2,
            &["a.xml: holds no study (legacy clinical_study XML)", accepted][..],
        ),
        (&["check", &empty], 2, &["empty.json: holds no study (empty file)", accepted]),
        (
            &["check", &torn],
            2,
            &["torn.json: holds no study", "; the first: line 1: cut off: the file ends", accepted],
        ),
        (&["check", "--format", "json", barren], 2, &["barren: holds no study (text)", accepted]),
        (
            &["show", "NCT06825572", "-d", &gone],
            2,
            &["gone\\u{1b}[2J\\u{202e}: there is no such file"],
        ),
        (&["check", "/dev/null"], 2, &["/dev/null: is a device"]),
        (&["check", "-", "-"], 2, &["`-` is named twice"]),
        (&["check", "-"], 2, &["-: holds no study (empty file)"]),
        (
            &["show", "NCT99999999", column[0], column[1]],
            1,
            &["NCT99999999: the dataset has no such trial"],
        ),
        (
            &["show", "NCT1\u{1b}[m\u{202e}", column[0], column[1]],
            2,
            &["NCT1\u{fffd}[m\u{fffd}: an id is `NCT` and eight digits"],
        ),
        (
            &["compare", "NCT06825572", "NCT00000000", column[0], column[1]],
            1,
            &["NCT00000000: the dataset has no such trial"],
        ),
        (&["compare", "NCT06825572", "x", column[0], column[1]], 2, &["x: an id is"]),
        (
            &["search", "liver foo:1", column[0], column[1]],
            2,
            &["no field “foo”; fields are id", "at “foo:”"],
        ),
        (&["search", "a ) b", column[0], column[1]], 2, &["no bracket to close here", "at “)”"]),
        (
            &["search", "cond:", column[0], column[1]],
            2,
            &["a value comes after cond:", "at “cond:”"],
        ),
        (
            &["search", "sort:\u{1b}[2J", column[0], column[1]],
            2,
            &["there is no order", "orders are updated"],
        ),
        (&["search", &"(".repeat(10_000), column[0], column[1]], 2, &["brackets nest too deeply"]),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("trialdex: "), "{}", ran.err);
        assert!(!ran.err.chars().any(|c| c == '\u{202e}'), "{}", ran.err);
        for words in words {
            assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
        }
    }
}

/// Runs the program below a shell that sets a limit first. A user of no rank, if those who run the tests have one.
#[cfg(unix)]
fn limited(limit: &str, arguments: &[&str]) -> Ran {
    use std::os::unix::process::CommandExt as _;
    let mut command = Command::new("bash");
    let script = format!("ulimit {limit} && exec \"$@\"");
    command.args(["-c", &script, "bash", env!("CARGO_BIN_EXE_trialdex")]).args(arguments);
    command.env_clear().env("HOME", "/nonexistent").env("TERM", "xterm");
    if rustix::process::geteuid().is_root() {
        command.uid(65534);
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    // A signal ended it where there is no code.
    let code = output.status.code().unwrap_or(-1);
    Ran { code, out: text(output.stdout), err: text(output.stderr) }
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_gives_little_costs_time_or_ends_in_a_line() {
    let count = ["search", "--count", "--sample", "liver"];
    let expected = run(&count);
    // One process, so that no thread can be had.
    let ran = limited("-u 1", &count);
    if ran.code == 126 || ran.code == 127 {
        return crate::real::skip("another user may not run the program here");
    }
    assert_eq!((ran.code, &ran.out), (0, &expected.out), "{}", ran.err);
    let ran = limited("-u 1", &["search", "--count", "--sample", "incl:liver"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut ended = 0;
    // Kilobytes of address space, from too little for anything to enough.
    for memory in [24_000, 30_000, 34_000, 38_000, 42_000, 48_000, 64_000, 100_000, 400_000] {
        let ran = limited(&format!("-v {memory}"), &count);
        match ran.code {
            0 => assert_eq!(ran.out, expected.out, "{memory}"),
            // Not even the libraries are loaded, which the shell or the loader says.
            -1 | 126 | 127 if memory < 40_000 => {}
            2 => {
                assert!(
                    ran.out.is_empty() && ran.err.contains("trialdex: "),
                    "{memory}: {}",
                    ran.err
                );
                ended += 1;
            }
            code => panic!("{memory}: {code}, {}", ran.err),
        }
    }
    assert!(ended > 0, "no limit was too low");
    assert_eq!(limited("-v 400000", &count).code, 0);
}

#[cfg(unix)]
#[test]
fn a_time_zone_that_leads_elsewhere_is_not_read() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("zone");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = pipe.to_str().unwrap();
    let folder = folder.path().to_str().unwrap();
    for (zone, zones) in [
        (pipe, "/usr/share/zoneinfo"),
        (&format!(":{pipe}"), "/usr/share/zoneinfo"),
        (&format!("../../..{pipe}"), "/usr/share/zoneinfo"),
        ("/dev/zero", "/usr/share/zoneinfo"),
        ("../../../dev/zero", "/usr/share/zoneinfo"),
        ("zone", folder),
    ] {
        let mut command = program(&["search", "--count", "updated:<=today"]);
        command.env("TZ", zone).env("TZDIR", zones);
        let ran = finish(command, b"");
        assert!(ran.code < 2 || ran.err.starts_with("trialdex: "), "{zone}: {}", ran.err);
    }
}

#[test]
fn arguments_that_make_no_sense_are_an_error() {
    for (arguments, words) in [
        (
            &["search", "--format", "xml"][..],
            "possible values: table, json, csv, tsv, ris, bibtex, csl, html, ids",
        ),
        (&["search", "--bogus", "liver"], "there is no option --bogus"),
        (&["stats", "--bye", "start"], "there is no option --bye"),
        (&["match", "--age", "54", "--query", "liver"], "there is no option --query"),
        (&["search", "--sort", "size"], "orders are updated"),
        (&["search", "--limit", "-1"], "--limit"),
        (&["show"], "NCT"),
        (&["compare", "NCT06825572"], "2 values required"),
        (&["check"], "PATHS"),
        (&["--no-such-thing"], "--no-such-thing"),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn arguments_are_cleaned_before_they_are_quoted() {
    let harm = "\u{1b}]52;c;aGFybQ==\u{7}\u{9b}2J\u{202e}\u{200b}";
    for arguments in [
        &[format!("--x{harm}")][..],
        &["search".to_owned(), "--format".to_owned(), harm.to_owned()],
        &["search".to_owned(), "--limit".to_owned(), harm.to_owned()],
        &["cache".to_owned(), harm.to_owned()],
        &["help".to_owned(), harm.to_owned()],
    ] {
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let ran = run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        let harmful = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}".contains(c);
        assert!(!ran.err.is_empty() && !ran.err.contains(harmful), "{:?}", ran.err);
    }
}

#[test]
fn a_study_that_is_not_there_does_not_hide_the_others() {
    let ran = run(&["show", "-d", SAMPLE, "NCT99999999", "NCT06825572", "--format", "markdown"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("# NCT06825572"), "{}", ran.out);
}

#[test]
fn what_is_no_path_is_said_to_be_none_and_what_was_meant() {
    for (word, words) in [
        ("serach", "the command is `search`"),
        ("NCT06825572", "`trialdex show NCT06825572` shows a trial"),
        ("no such file", "check the spelling"),
    ] {
        let ran = run(&[word]);
        assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{ran:?}");
        assert!(
            ran.err.contains("there is no such file or folder") && ran.err.contains(words),
            "{}",
            ran.err
        );
    }
}

#[test]
fn browsing_without_a_terminal_is_refused_in_one_line() {
    for arguments in [&[][..], &[SAMPLE], &["--query", "liver", SAMPLE]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (2, "", 1), "{ran:?}");
        assert!(
            ran.err.contains("needs a terminal") && ran.err.contains("trialdex search"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn what_is_piped_in_without_a_name_is_told_its_name() {
    let ran = finish(program(&[]), b"{}");
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{ran:?}");
    assert!(ran.err.contains("`trialdex -` opens"), "{}", ran.err);
    let ran = finish(program(&["search", "liver", "--count"]), b"{}");
    assert!(ran.err.contains("-d - into what is piped in"), "{}", ran.err);
    let ran = run(&["search", "liver", "--count"]);
    assert!(!ran.err.contains("piped"), "{}", ran.err);
}

#[test]
fn a_word_that_is_a_file_is_said_to_be_one() {
    let ran = run(&["search", "liver", SAMPLE, "--count"]);
    let told = format!("{SAMPLE} is a file; -d {SAMPLE} looks into it");
    assert!(ran.err.contains(&told), "{}", ran.err);
    let ran = run(&["search", "liver", "-d", SAMPLE, "--count"]);
    assert!(!ran.err.contains("is a file"), "{}", ran.err);
}

#[test]
fn a_wrong_configuration_is_told_with_its_file_and_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("trialdex/config.toml");
    fs::create_dir(path.parent().unwrap()).unwrap();
    let name = path.to_str().unwrap();
    for (text, line, reason) in [
        ("\ncolour = 1\n", 2, "unknown field `colour`"),
        ("theme = \n", 1, ""),
        ("ascii = true\nmouse = \"no\"\n", 2, "invalid type"),
        (
            "\n\ntheme = \"neon\"\n",
            3,
            "there is no theme “neon”; themes are dark, light, mono, high-contrast, colour-blind",
        ),
        ("\n[keys]\nzom = \"z\"\n", 2, "no command is called “zom”"),
        ("\n[keys]\nzoom = \"hyper-z\"\n", 2, "hyper-z"),
    ] {
        fs::write(&path, text).unwrap();
        let mut by_place = program(&[]);
        by_place.env("XDG_CONFIG_HOME", folder.path());
        let mut by_name = program(&[]);
        by_name.env("TRIALDEX_CONFIG", &path);
        for command in [by_place, by_name, program(&["--config", name])] {
            let ran = finish(command, b"");
            assert_eq!(
                (ran.code, ran.out.as_str(), ran.err.lines().count()),
                (2, "", 1),
                "{ran:?}"
            );
            let place = format!("trialdex: {name}: line {line}: ");
            assert!(
                ran.err.starts_with(&place) && ran.err.contains(reason),
                "{text:?}: {}",
                ran.err
            );
        }
        assert_eq!(run(&["search", "--count"]).code, 0, "commands do not need it");
    }
    let ran = run(&["--config", "gone.toml"]);
    assert!(ran.code == 2 && ran.err.contains("gone.toml: cannot be read"), "{}", ran.err);
    for (path, reason) in [("/dev/zero", "it is no file"), ("/", "it is no file")] {
        let ran = run(&["--config", path]);
        assert!(ran.code == 2 && ran.err.contains(reason), "{}", ran.err);
    }
    let ran = run(&["--theme", "neon"]);
    assert!(ran.code == 2 && ran.err.contains("no theme “neon”"), "{}", ran.err);
}

#[test]
fn a_reader_who_has_had_enough_is_no_fault() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many");
    let records = (1..4000).map(|number| made(number).title("A study of many").json());
    fs::write(&path, records.collect::<Vec<_>>().join("\n")).unwrap();
    let path = path.to_str().unwrap();
    for arguments in [
        &["search", "-d", path][..],
        &["search", "-d", path, "--format", "json"],
        &["search", "-d", path, "--format", "ids"],
        &["search", "-d", path, "--count"],
        &["show", "-d", path, "NCT00000001"],
        &["show", "-d", path, "NCT00000001", "--format", "json"],
        &["compare", "-d", path, "NCT00000001", "NCT00000002"],
        &["check", path],
        &["check", path, "--format", "json"],
        &["search", "--help"],
    ] {
        let mut child = program(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    // As `head -1` does.
    let mut child = program(&["search", "-d", path, "--format", "json"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"nctId\":") && line.ends_with("}\n"), "{line}");
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_fault() {
    for arguments in
        [&["search", "-d", SAMPLE][..], &["show", "-d", SAMPLE, "NCT06825572"], &["check", SAMPLE]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = program(arguments);
        command.stdout(Stdio::from(full));
        let ran = finish(command, b"");
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("No space left on device"), "{}", ran.err);
    }
}
