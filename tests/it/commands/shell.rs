//! What the program writes for shells and for `man`.

use std::fs;
use std::io::{self, Write as _};
use std::process::Command;

use clap::CommandFactory as _;
use tempfile::TempDir;
use trialdex::cli::Arguments;

use super::run;

/// Every command, by the words that follow the name of the program.
fn commands() -> Vec<Vec<String>> {
    fn gather(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
        for below in command.get_subcommands() {
            let words = [words, &[below.get_name().to_owned()]].concat();
            gather(below, &words, found);
            found.push(words);
        }
    }
    let mut found = vec![Vec::new()];
    gather(&Arguments::command(), &[], &mut found);
    found
}

#[test]
fn every_shell_completes_commands_options_and_values() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        let mut expected: Vec<String> = commands().concat();
        expected.extend(["differences", "collection"].map(str::to_owned));
        if !matches!(shell, "powershell" | "elvish") {
            // These two shells complete no values.
            let values = ["asreview", "bibtex", "mono", "reverse-enrollment", "NCT06825572"];
            expected.extend(values.map(str::to_owned));
        }
        for word in expected {
            assert!(ran.out.contains(&word), "{shell}: {word}");
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn bash_offers_what_fits_what_was_typed() {
    let folder = TempDir::new().unwrap();
    let script = folder.path().join("trialdex.bash");
    fs::write(&script, run(&["completions", "bash"]).out).unwrap();
    let offered = |words: &str| {
        let last = words.split(' ').count() - 1;
        let code = format!(
            "source '{}'; COMP_WORDS=({words} ''); COMP_CWORD={last}; \
             COMP_WORDS=(${{COMP_WORDS[@]:0:{last}}} '{}'); \
             _trialdex trialdex \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{last}-1]}}\"; \
             echo \"${{COMPREPLY[*]}}\"",
            script.display(),
            words.rsplit(' ').next().unwrap(),
        );
        let ran = Command::new("bash").args(["--norc", "-c", &code]).output();
        ran.map(|output| String::from_utf8(output.stdout).unwrap())
    };
    if offered("trialdex s").is_err() {
        writeln!(io::stderr(), "skipped: there is no bash").unwrap();
        return;
    }
    for (words, expected) in [
        ("trialdex comple", "completions"),
        ("trialdex search --format bi", "bibtex"),
        ("trialdex search --sort reverse-enr", "reverse-enrollment"),
        ("trialdex search --columns primary-c", "primary-completion"),
        ("trialdex match --columns not-s", "not-stated"),
        ("trialdex marks export --format asr", "asreview"),
        ("trialdex marks set --decision inc", "include"),
        ("trialdex --theme mo", "mono"),
        ("trialdex stats --by enr", "enrollment"),
        ("trialdex show NCT06825", "NCT06825572"),
        ("trialdex related NCT06825", "NCT06825572"),
        ("trialdex compare NCT06904755 NCT06825", "NCT06825572"),
        ("trialdex marks set NCT06825", "NCT06825572"),
    ] {
        assert_eq!(offered(words).unwrap().trim(), expected, "{words}");
    }
}

#[test]
fn completions_name_the_ids_of_a_small_dataset_and_the_codes_of_queries() {
    let folder = TempDir::new().unwrap();
    let written = |studies: u32| {
        let path = folder.path().join("studies.ndjson");
        let record = |id| {
            format!(r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT{id:08}"}}}}}}"#)
        };
        fs::write(&path, (1..=studies).map(record).collect::<Vec<_>>().join("\n")).unwrap();
        run(&["completions", "fish", "--no-cache", "-d", path.to_str().unwrap()])
    };
    let few = written(500);
    assert_eq!((few.code, few.err.as_str()), (0, ""));
    assert!(few.out.contains("NCT00000500") && few.out.contains("status:not-yet-recruiting"));
    assert!(!few.out.contains("NCT06825572"), "the sample is not looked into");
    let many = written(501);
    assert!(!many.out.contains("NCT00000001"));
    assert_eq!(
        (many.code, many.err.as_str()),
        (
            0,
            "trialdex: ids are left out, of which 501 are too many to choose from; at most 500 are offered\n"
        )
    );
    assert_eq!(run(&["completions", "fish", "-d", "/nowhere.json"]).code, 2);
}

#[test]
fn every_command_has_a_manual_page_with_its_options() {
    let folder = TempDir::new().unwrap();
    let pages = folder.path().join("man/man1");
    assert_eq!(run(&["man", "--out", pages.to_str().unwrap()]).code, 0);
    let commands = commands();
    assert_eq!(fs::read_dir(&pages).unwrap().count(), commands.len());
    for words in commands {
        let name = [&["trialdex".to_owned()], words.as_slice()].concat().join("-");
        let written = fs::read_to_string(pages.join(format!("{name}.1"))).unwrap();
        let mut arguments = vec!["man"];
        arguments.extend(words.iter().map(String::as_str));
        let ran = run(&arguments);
        assert_eq!((ran.code, &ran.out), (0, &written), "{name}");
        assert!(written.contains(&format!(".TH {name} 1 ")), "{name}");
        let mut command = Arguments::command();
        command.build();
        let command =
            words.iter().fold(&command, |command, word| command.find_subcommand(word).unwrap());
        let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
        for option in shown.filter_map(clap::Arg::get_long).filter(|long| *long != "version") {
            let escaped = option.replace('-', "\\-");
            assert!(written.contains(&format!("\\-\\-{escaped}")), "{name}: --{option}");
        }
    }
}

#[test]
fn what_is_no_command_has_no_page() {
    let ran = run(&["man", "marks", "sett"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("there is no command “sett”, only set, list,"), "{}", ran.err);
    let ran = run(&["man", "search", "x"]);
    assert!(ran.code == 1 && ran.err.contains("search has no commands"), "{}", ran.err);
    assert_eq!(run(&["man", "--out", "/dev/null/pages"]).code, 2);
}
