//! `trialdex marks`: what is kept, listed, brought in and handed on.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, finish, program};

/// A user with a home of their own.
struct User {
    home: TempDir,
    name: &'static str,
}

impl User {
    fn new(name: &'static str) -> Self {
        Self { home: TempDir::new().unwrap(), name }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&[&["marks"], arguments].concat());
        command.env("XDG_DATA_HOME", self.home.path()).env("HOME", self.home.path());
        command.env("USER", self.name).current_dir(self.home.path());
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments), b"")
    }

    /// What the command writes; it has to end well.
    #[track_caller]
    fn out(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out
    }

    #[track_caller]
    fn listed(&self) -> Vec<Value> {
        let ran = self.run(&["list", "--format", "json"]);
        ran.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[track_caller]
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

const ONE: &str = "NCT06825572";
const TWO: &str = "NCT06904755";

#[test]
fn lists_are_read_back_with_notes_on_passages() {
    let (ana, folder) = (User::new("Ana"), tempfile::tempdir().unwrap());
    ana.out(&[
        "set",
        ONE,
        TWO,
        "--decision",
        "maybe",
        "--tag",
        "liver",
        "--note",
        "=ask, \"them\"",
    ]);
    ana.out(&["set", ONE, "--note", "which \"dose\"?", "--on", "liver"]);
    for form in ["csv", "json"] {
        let path = folder.path().join(form);
        std::fs::write(&path, ana.out(&["list", "--format", form])).unwrap();
        let ben = User::new("Ben");
        ben.out(&["import", path.to_str().unwrap(), "--apply"]);
        let without_time = |user: &User| {
            let mut listed = user.listed();
            for opinion in &mut listed {
                opinion.as_object_mut().unwrap().remove("at");
            }
            listed
        };
        assert_eq!(without_time(&ben), without_time(&ana), "{form}");
        assert_eq!(ben.listed()[0]["passages"][0]["note"], "which \"dose\"?");
    }
}

#[test]
fn what_is_set_is_listed_and_undone() {
    let ana = User::new("Ana");
    assert_eq!(ana.run(&["list"]).code, 1);
    let set = ana.out(&[
        "set",
        "nct06825572",
        TWO,
        "--decision",
        "exclude",
        "--reason",
        "wrong population",
        "--tag",
        "+liver",
        "--tag",
        "-old",
        "--note",
        "two\nlines",
    ]);
    assert_eq!(set, "2 trials: 2 decisions, 2 tags and 2 notes kept in default\n");
    ana.out(&["set", ONE, "--tag", "kids", "--decision", "maybe"]);
    let listed = ana.listed();
    assert_eq!(listed.len(), 2);
    let keys: Vec<&str> = listed[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "decision", "reason", "tags", "note", "by", "at"]);
    assert_eq!(listed[0]["decision"], "maybe");
    assert_eq!(listed[0]["reason"], Value::Null);
    assert_eq!(listed[0]["tags"], serde_json::json!(["liver", "kids"]));
    assert_eq!(listed[1]["reason"], "wrong population");
    assert_eq!(listed[1]["note"], "two\nlines");
    assert_eq!(listed[1]["by"], "Ana");
    let table = ana.out(&["list"]);
    assert!(
        table.starts_with(&format!("{ONE}  maybe     +liver +kids  Ana: “two lines”\n")),
        "{table}"
    );
    let csv = ana.out(&["list", "--format", "csv"]);
    assert!(csv.starts_with("id,decision,reason,tags,note,by,at,passages\n"), "{csv}");
    assert_eq!(ana.out(&["undo"]), "undo: 1 decision and 1 tag\n");
    assert_eq!(ana.listed()[0]["decision"], "exclude");
    assert_eq!(ana.out(&["undo"]), "undo: 2 decisions, 2 tags and 2 notes\n");
    assert_eq!(ana.run(&["list"]).code, 1);
    let nothing = ana.run(&["undo"]);
    assert_eq!((nothing.code, nothing.lines().len()), (2, 0));
    ana.out(&["set", ONE, "--decision", "include", "--collection", "other"]);
    assert!(ana.listed().is_empty());
    let off = ana.run(&["set", ONE, "--tag", "-old"]);
    assert_eq!((off.code, off.out), (1, format!("{ONE}: nothing to take off in default\n")));
    ana.out(&["set", ONE, "--tag", "old"]);
    let off = ana.out(&["set", ONE, "--tag", "-old"]);
    assert_eq!(off, format!("{ONE}: 1 tag taken off in default\n"));
    ana.out(&["set", ONE, "--note", "which scale?", "--on", "quality of life"]);
    let table = ana.out(&["list"]);
    assert!(table.contains("“which scale?” on “quality of life”"), "{table}");
}

#[test]
fn the_trials_are_counted_and_ordered_by_their_marks() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, TWO, "--tag", "liver"]);
    ana.out(&["set", ONE, "--decision", "exclude", "--reason", "wrong design", "--tag", "old"]);
    let run = |arguments: &[&str]| {
        let mut command = program(arguments);
        command.env("XDG_DATA_HOME", ana.home.path()).env("HOME", ana.home.path());
        finish(command, b"").out
    };
    let counted = run(&["stats", "--by", "tag", "--format", "csv"]);
    let lines: Vec<&str> = counted.lines().collect();
    assert_eq!(lines[..3], ["tag,studies", "liver,2", "old,1"]);
    assert!(lines[3].starts_with(','), "{counted}");
    let table = run(&["stats", "decision:any", "--by", "decision,reason"]);
    assert!(
        table.starts_with("decision × reason: 1 trials") || table.contains("wrong design"),
        "{table}"
    );
    assert!(table.contains("exclude"), "{table}");
    let ids = run(&["search", "tag:liver sort:decision", "--format", "ids"]);
    assert_eq!(ids.lines().collect::<Vec<_>>(), [ONE, TWO]);
}

#[test]
fn what_makes_no_sense_is_told() {
    let ana = User::new("Ana");
    for (arguments, words) in [
        (&["set", ONE][..], "nothing is said to be set"),
        (&["set", "x", "--decision", "include"], "x: an id is `NCT` and eight digits"),
        (&["set", ONE, "--reason", "old"], "a reason belongs to a decision"),
        (&["set", ONE, "--tag", "+"], "cannot be a tag"),
        (&["set", ONE, "--tag", "a,b"], "cannot be a tag"),
        (&["set", ONE, "--seen", "--collection", "../x"], "cannot name a collection"),
        (&["import", "gone.csv"], "gone.csv"),
        (&["merge", "gone.jsonl"], "gone.jsonl: cannot be read"),
        // As a device, which never ends.
        (&["merge", "."], ".: cannot be read: it is no file"),
        (&["import", "."], ".: it is no file"),
    ] {
        let ran = ana.run(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(words) && ran.err.lines().count() == 1, "{}", ran.err);
    }
    assert!(ana.listed().is_empty());
}

#[test]
fn an_import_is_tried_first_and_is_one_step() {
    let ana = User::new("Ana");
    let table = format!(
        "title,url,included\nA,https://clinicaltrials.gov/study/{ONE},1\nB,{TWO},0\nNo id,,1\n\"Both\",{ONE} {TWO},1\nC,NCT99999999,1\n"
    );
    let file = ana.file("labels.csv", &table);
    let tried = ana.out(&["import", &file, "-d", super::SAMPLE]);
    for words in [
        "CSV of ASReview",
        "found 2, unknown 2, ambiguous 1; new decisions: 1 include, 1 exclude\n",
        "unknown, line 4: no id of a trial",
        "unknown, line 6: NCT99999999 is not in the dataset",
        &format!("ambiguous, line 5: several ids: {ONE}, {TWO}"),
        "nothing is kept yet: --apply keeps it in default",
    ] {
        assert!(tried.contains(words), "{words}: {tried}");
    }
    assert!(ana.listed().is_empty());
    assert!(ana.out(&["import", &file, "--apply"]).contains("3 decisions kept in default"));
    let decisions: Vec<_> = ana.listed().iter().map(|it| it["decision"].clone()).collect();
    assert_eq!(decisions, ["include", "exclude", "include"]);
    assert_eq!(ana.run(&["import", &file, "--apply"]).code, 1);
    assert_eq!(ana.out(&["undo"]), "undo: 3 decisions\n");
    assert!(ana.listed().is_empty());
    // Our own list comes back as it went out.
    ana.out(&["set", ONE, TWO, "--decision", "maybe", "--tag", "x", "--note", "n, \"q\"\nm"]);
    let before = ana.listed();
    for format in ["json", "csv"] {
        let list = ana.file("list", &ana.out(&["list", "--format", format]));
        let ben = User::new("Ben");
        ben.out(&["import", &list, "--apply"]);
        let without_at = |mut it: Value| {
            it["at"] = Value::Null;
            it
        };
        let [before, after] = [&before, &ben.listed()]
            .map(|all| all.iter().cloned().map(without_at).collect::<Vec<_>>());
        assert_eq!(before, after);
    }
}

#[test]
fn two_people_are_joined_and_their_conflicts_settled() {
    let (ana, ben) = (User::new("Ana"), User::new("Ben"));
    ana.out(&["set", ONE, "--decision", "include"]);
    ana.out(&["set", TWO, "--decision", "exclude", "--reason", "wrong design"]);
    ben.out(&["set", ONE, "--decision", "include"]);
    ben.out(&["set", TWO, "--decision", "include"]);
    let theirs = ana.file("ben.jsonl", &ben.out(&["export", "--format", "collection"]));
    let merged = ana.out(&["merge", &theirs]);
    for words in [
        "joined 2 events of Ben on 2 trials in default",
        "Ana and Ben: 2 trials decided by both, agreed on 1 (50.0 %), Cohen's kappa 0.00",
        "1 conflict, settled by marks set ID --decision … --settle:",
        &format!("{TWO}  Ana: exclude (wrong design), Ben: include"),
    ] {
        assert!(merged.contains(words), "{words}: {merged}");
    }
    assert_eq!(ana.run(&["merge", &theirs]).code, 1);
    assert!(ana.out(&["list"]).contains(&format!("{TWO}  disputed")));
    assert_eq!(ana.listed().len(), 4);
    let flow = ana.out(&["flow", "--format", "csv"]);
    assert_eq!(flow, "data,n\nduplicates,0\nrecords_screened,2\nrecords_excluded,0\n");
    ana.out(&["set", TWO, "--decision", "exclude", "--reason", "wrong design", "--settle"]);
    assert!(!ana.out(&["agreement"]).contains("conflict"));
    let flow =
        ana.out(&["flow", "-d", super::SAMPLE, "--query", "id:NCT06825572 | id:NCT06904755"]);
    for line in [
        "        2  records identified from the register\n",
        "        2  records screened\n",
        "        1  records excluded\n",
        "        1    wrong design\n",
        "        1  included\n",
    ] {
        assert!(flow.contains(line), "{line}: {flow}");
    }
}

#[test]
fn marked_trials_leave_in_the_forms_of_others_and_come_back() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, "--decision", "include", "--tag", "liver"]);
    ana.out(&["set", TWO, "--decision", "exclude", "--reason", "wrong design"]);
    ana.out(&["set", "NCT99999999", "--decision", "maybe"]);
    for (format, begin) in [
        ("ris", "TY  - DBASE\r\nID  - NCT06825572\r\n"),
        ("bibtex", "% Exported from the sample, 20"),
        ("csl", "[\n{\"id\":\"NCT06825572\","),
        ("csv", "nctId,title,"),
        ("tsv", "nctId\ttitle\t"),
        ("asreview", "record_id,title,abstract,keywords,authors,url,included,"),
        ("rayyan", "key,title,year,month,day,journal,"),
        ("covidence", "Title,Authors,Abstract,"),
        ("ndjson", "{"),
        ("markdown", "<!-- Exported from"),
        ("html", "<!DOCTYPE html>\n<html lang=\"en\">\n"),
        ("ids", "NCT06825572\nNCT06904755\n"),
    ] {
        let ran = ana.run(&["export", "--format", format]);
        assert!(ran.code == 0 && ran.out.starts_with(begin), "{format}: {}", ran.out);
        assert!(ran.err.contains("1 of the marked trials are not in the dataset"), "{}", ran.err);
        let included = ana.out(&["export", "--format", format, "--decision", "include"]);
        assert!(!included.contains("\nNCT06904755") && included.len() < ran.out.len());
        if ["ris", "asreview"].contains(&format) {
            let file = ana.file("back", &ran.out);
            let ben = User::new("Ben");
            ben.out(&["import", &file, "--apply"]);
            let ids: Vec<_> =
                ben.listed().iter().map(|it| (it["id"].clone(), it["decision"].clone())).collect();
            assert_eq!(ids[0], (ONE.into(), "include".into()));
            assert!(ids.contains(&(TWO.into(), "exclude".into())));
        }
    }
}

/// What was marked leaves in our own forms and in those of tools, and comes back as it was.
#[test]
fn what_left_comes_back() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, "--decision", "include", "--tag", "liver", "--tag", "+two words"]);
    ana.out(&["set", ONE, "--note", "=1+1\nsays \"no\" | RAYYAN-LABELS: x, ASReview_irrelevant"]);
    ana.out(&["set", TWO, "--decision", "exclude", "--reason", "wrong design (old)"]);
    ana.out(&["set", "NCT03863002", "--decision", "maybe", "--by", "José"]);
    let before = ana.listed();
    assert_eq!(before.len(), 3);
    let only = |listed: &[Value], keys: &[&str]| -> Vec<Vec<Value>> {
        let values = |it: &Value| keys.iter().map(|key| it[*key].clone()).collect();
        listed.iter().map(values).collect()
    };
    let said = ["id", "decision", "reason", "tags", "note"];
    let by_whom = [&said[..], &["by"]].concat();
    for (command, form, keys) in [
        ("list", "json", &by_whom[..]),
        ("list", "csv", &by_whom[..]),
        ("export", "csv", &said[..]),
        ("export", "ris", &["id", "decision", "reason", "by"]),
        ("export", "asreview", &["id", "decision", "reason", "tags", "by"]),
        ("export", "rayyan", &by_whom[..]),
        ("export", "tsv", &["id", "decision", "reason", "tags"]),
    ] {
        let file = ana.file(&format!("back.{form}"), &ana.out(&[command, "--format", form]));
        // Whoever imports decides what nobody else says.
        let back = User::new("Ana");
        let plan = back.out(&["import", &file]);
        assert!(plan.contains("found 3, unknown 0, ambiguous 0; new"), "{form}: {plan}");
        back.out(&["import", &file, "--apply"]);
        assert_eq!(only(&back.listed(), keys), only(&before, keys), "{form}");
    }
    let records = ana.file("records", &ana.out(&["export", "--format", "ndjson"]));
    let back = User::new("Ana");
    assert!(back.run(&["import", &records]).err.contains("no decisions are in it"));
    back.out(&["import", &records, "--as", "maybe", "--apply"]);
    assert_eq!(back.listed().len(), 3);
}

#[test]
fn tables_come_to_be_in_a_new_folder() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, "--decision", "include"]);
    let tables = ["export", "--format", "aact", "--output", "tables"];
    let wrote = ana.out(&tables);
    assert!(
        wrote.contains("tables of 1 trials") && wrote.ends_with(" rows, in tables\n"),
        "{wrote}"
    );
    let sql = fs::read_to_string(ana.home.path().join("tables/load.sql")).unwrap();
    assert!(sql.starts_with("-- Exported from the sample, 20"), "{sql:.100}");
    let studies = fs::read_to_string(ana.home.path().join("tables/studies.csv")).unwrap();
    assert!(studies.starts_with("nct_id,") && studies.contains(ONE) && !studies.contains(TWO));
    for (arguments, words) in [
        (&tables[..], "tables: it is there already; name a folder that is not there"),
        (&tables[..3], "tables are a folder of files: name it with --output DIR"),
        #[cfg(not(feature = "parquet"))]
        (&["export", "--format", "parquet", "--output", "x"], "was built without Parquet"),
        (&["export", "--format", "ris", "--output", "x"], "this form goes to standard output"),
        (&["export", "--format", "aact", "--output", "no/such/x"], "no/such/x: "),
    ] {
        let ran = ana.run(arguments);
        assert!(ran.code == 2 && ran.err.contains(words), "{ran:?}");
    }
    let files = fs::read_dir(ana.home.path()).unwrap().map(|it| it.unwrap().file_name());
    let files: Vec<_> = files.filter(|name| *name != "trialdex").collect();
    assert_eq!(files, ["tables"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_keeps_what_was_kept_and_nothing_else() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, "--decision", "include"]);
    let path = ana.home.path().join("trialdex/collections/default.jsonl");
    let before = fs::read(&path).unwrap();
    // In blocks of 512 bytes: the file is already larger than it may become.
    let program = ana.command(&["set", TWO, "--note", &"x".repeat(2000)]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 1; exec \"$0\" \"$@\""]).arg(program.get_program());
    limited.args(program.get_args()).env_clear().current_dir(ana.home.path());
    for (name, value) in program.get_envs() {
        limited.env(name, value.unwrap());
    }
    limited.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let ran = finish(limited, b"");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("nothing was kept") && ran.err.lines().count() == 1, "{}", ran.err);
    assert_eq!(fs::read(&path).unwrap(), before);
    ana.out(&["set", TWO, "--note", "short"]);
    assert_eq!(ana.listed().len(), 2);
}

#[test]
fn damage_is_told_and_a_newer_form_is_not_written() {
    let ana = User::new("Ana");
    ana.out(&["set", ONE, "--decision", "include"]);
    let folder = ana.home.path().join("trialdex/collections");
    let Ok(text) = fs::read_to_string(folder.join("default.jsonl")) else { return };
    fs::write(folder.join("torn.jsonl"), format!("{text}{{\"v\":1,\"ev")).unwrap();
    let torn = ana.run(&["list", "--collection", "torn"]);
    assert!(torn.code == 0 && torn.err.contains("line 2 stays but does not count: it is cut off"));
    ana.out(&["set", TWO, "--decision", "maybe", "--collection", "torn"]);
    let list = ana.run(&["list", "--collection", "torn"]);
    assert_eq!(list.lines().len(), 2);
    let newer = format!("{text}{{\"v\":9}}\n");
    fs::write(folder.join("newer.jsonl"), &newer).unwrap();
    let ran = ana.run(&["set", TWO, "--decision", "maybe", "--collection", "newer"]);
    assert!(ran.code == 2 && ran.err.contains("a newer version of trialdex wrote it (form 9)"));
    assert_eq!(fs::read_to_string(folder.join("newer.jsonl")).unwrap(), newer);
}
