//! What is read from each form, and what an import makes of it.

use super::*;
use crate::marks::{Event, Journal};

fn id(number: u32) -> NctId {
    NctId::from_number(number).unwrap()
}

fn plan(text: &str) -> Plan {
    let read = read(text.as_bytes(), None).unwrap();
    Plan::new(&read, &Marks::default(), "me", |_| true)
}

/// `1 Ana include` for a decision, `1 Ana +tag`, `1 Ana "note"`.
fn told(plan: &Plan) -> Vec<String> {
    let told = |(by, what): &(String, What)| {
        let What::Marked { id, change, .. } = what else { panic!() };
        let change = match change {
            Change::Decided(Verdict { decision, reason, .. }) => {
                let reason = reason.as_ref().map(|reason| format!(" ({reason})"));
                format!("{}{}", decision.unwrap(), reason.unwrap_or_default())
            }
            Change::Tagged { tag, .. } => format!("+{tag}"),
            Change::Noted { text, .. } => format!("{text:?}"),
            Change::Seen(_) | Change::Read => panic!(),
        };
        format!("{} {by} {change}", id.number())
    };
    plan.changes.iter().map(told).collect()
}

#[test]
fn forms_are_told_by_their_content() {
    for (text, form, changes) in [
        (
            "record_id,title,url,included,asreview_ranking\n\
             0,A,https://clinicaltrials.gov/study/NCT00000001,1,1\n1,\"B\nb\",nct00000002,0,2\n\
             2,C,https://x.org/NCT00000003,,3\n3,D,NCT00000004,-1,4\n",
            Form::AsreviewCsv,
            &["1 me include", "2 me exclude"][..],
        ),
        (
            "\u{feff}nct_id;label;asreview_note\r\nNCT00000001;1.0;look again\r\n",
            Form::AsreviewCsv,
            &["1 me include", "1 me \"look again\""],
        ),
        // Decisions that the table had before ASReview read it count no more.
        (
            "record_id,included,decision,asreview_label\nNCT00000001,0,exclude,1\nNCT00000002,1,include,\n",
            Form::AsreviewCsv,
            &["1 me include"],
        ),
        (
            "id,decision,reason,tags,note,by,at\nNCT00000001,exclude,\"wrong, old\",a|b c,,Ana,\n\
             NCT00000002,none,,,\"two\nlines\",,\n",
            Form::Csv,
            &["1 Ana exclude (wrong, old)", "1 Ana +a", "1 Ana +b c", "2 me \"two\\nlines\""],
        ),
        (
            "{\"id\":\"NCT00000001\",\"decision\":\"maybe\",\"reason\":null,\"tags\":[\"x\"],\"note\":null,\"by\":\"Ana\",\"at\":\"2026-11-28T09:30:00Z\"}\n\n{\"id\":\"NCT00000002\",\"decision\":null}\n",
            Form::Json,
            &["1 Ana maybe", "1 Ana +x"],
        ),
        (
            "TY  - DBASE\r\nAN  - NCT00000001\r\nTI  - A\r\nN1  - ASReview_relevant\r\nN1  - ASReview_prior\r\nER  - \r\n\r\n\
             TY  - DBASE\r\nID  - nct00000002\r\nN1  - ASReview_irrelevant\r\nER  -\r\n\
             TY  - DBASE\r\nUR  - https://clinicaltrials.gov/study/NCT00000003\r\nN1  - ASReview_not_seen\r\nER  - \r\n",
            Form::Ris,
            &["1 me include", "2 me exclude"],
        ),
        (
            "TY  - DBASE\nAN  - NCT00000001\nN1  - Decision by Ana: exclude (wrong design)\nN1  - Tags by Ana: a, b\nN1  - Note by Kofi: why: unclear\nN1  - ASReview_irrelevant\nER  - \n",
            Form::Ris,
            &["1 Ana exclude (wrong design)", "1 Ana +a", "1 Ana +b", "1 Kofi \"why: unclear\""],
        ),
        (
            "key,title,year,url,abstract,notes\nrayyan-1,A,2020,https://clinicaltrials.gov/study/NCT00000001,,\"RAYYAN-INCLUSION: {\"\"Ko \\\"\"fi\"\"=>\"\"Excluded\"\", \"\"Ana\"\"=>\"\"Maybe\"\"} | RAYYAN-LABELS: ML,Hospital | RAYYAN-EXCLUSION-REASONS: wrong population,foreign language | USER-NOTES: {\"\"Ana\"\"=>[\"\"a | b\"\", \"\"c\"\"]}\"\n\
             rayyan-2,B,2020,NCT00000002,,\n",
            Form::RayyanCsv,
            &[
                "1 Ko \"fi exclude (wrong population, foreign language)",
                "1 Ko \"fi +ML",
                "1 Ko \"fi +Hospital",
                "1 Ana maybe",
                "1 Ana \"a | b\\nc\"",
            ],
        ),
    ] {
        let read = read(text.as_bytes(), None).unwrap();
        assert_eq!(read.form, form, "{text}");
        let told: Vec<String> = told(&plan(text))
            .into_iter()
            .filter(|it| !it.starts_with("1 Ana +ML") && !it.starts_with("1 Ana +Hosp"))
            .collect();
        assert_eq!(told, changes, "{text}");
    }
}

#[test]
fn a_trial_is_found_by_its_id_and_never_by_its_title() {
    let plan = plan(
        "title,url,keywords,notes,nct_id,label\n\
         NCT00000009,,NCT00000009,NCT00000009; old,,1\n\
         NCT00000001: a trial,,,,,1\n\
         A,https://clinicaltrials.gov/study/NCT00000002,NCT00000009,,,1\n\
         B,,,,nct00000003 NCT00000004,1\n\
         C,https://clinicaltrials.gov/study/NCT00000005,,,NCT00000006,1\n\
         D,https://clinicaltrials.gov/study/NCT00000007,,,NCT00000007,1\n",
    );
    assert_eq!(told(&plan), ["2 me include", "7 me include"]);
    let nobody = || "no id of a trial".to_owned();
    assert_eq!(plan.unknown, [(2, nobody()), (3, nobody())]);
    assert_eq!(
        plan.ambiguous,
        [
            (5, "several ids: NCT00000003, NCT00000004".to_owned()),
            (6, "several ids: NCT00000005, NCT00000006".to_owned()),
        ]
    );
    let ris = "TY  - DBASE\nTI  - NCT00000001\nKW  - NCT00000002\nU1  - NCT00000003\nN1  - NCT00000004\nN1  - ASReview_relevant\nER  - \n";
    let read = read(ris.as_bytes(), None).unwrap();
    let plan = Plan::new(&read, &Marks::default(), "me", |_| true);
    assert_eq!((plan.unknown.len(), plan.changes.len()), (1, 0));
}

/// What a row says that cannot be read costs that alone, and is told.
#[test]
fn what_cannot_be_read_is_told_and_the_rest_counts() {
    for (text, lines, changes) in [
        (
            "nctId,decision,tags\nNCT00000001,none,\nNCT00000002,,\nNCT00000003,banana,x\nNCT00000004,include,\n",
            &[4][..],
            &["3 me +x", "4 me include"][..],
        ),
        ("nct_id,asreview_label\nNCT00000001,7\nNCT00000002,0\n", &[2], &["2 me exclude"]),
        // An end of quotes is missing: what is left of the file is one cell.
        (
            "id,decision,note\nNCT00000001,include,\nNCT00000002,\"include,\nNCT00000003,maybe,\n",
            &[3],
            &["1 me include"],
        ),
        (
            "id,decision,note\nNCT00000001,include,a 5\" x\nNCT00000002,maybe,\"a\nb\"\n",
            &[],
            &["1 me include", "1 me \"a 5\\\" x\"", "2 me maybe", "2 me \"a\\nb\""],
        ),
        // So it is at the end of a row.
        (
            "id,decision,note\nNCT00000001,include,\nNCT00000002,maybe,\"a\nNCT00000003,maybe,\n",
            &[3],
            &["1 me include", "2 me maybe", "2 me \"a\\nNCT00000003,maybe,\""],
        ),
        (
            "id,decision\nNCT00000001,include,extra\nNCT00000002,maybe,\n",
            &[2],
            &["1 me include", "2 me maybe"],
        ),
        (
            "{\"id\":\"NCT00000001\",\"decision\":\"perhaps so\"}\n{\"id\":\nnull\n{\"id\":\"NCT00000002\",\"decision\":\"maybe\"}\n",
            &[1, 2, 3],
            &["2 me maybe"],
        ),
        (
            "TY  - DBASE\nAN  - NCT00000001\nN1  - Decision by Ana: banana\nN1  - Tags: x\nER  - \n\
             TY  - DBASE\nAN  - NCT00000002\nN1  - ASReview_relevant\nN1  - ASReview_irrelevant\nER  - \n\
             TY  - DBASE\nAN  - NCT00000003\nN1  - ASReview_relevant\nER  - \n",
            &[1, 6],
            &["1 me +x", "3 me include"],
        ),
        (
            "key,notes,url\n1,\"RAYYAN-INCLUSION: {\"\"A\"\"=>\"\"Perchance\"\", \"\"B\"\"=>\"\"Included\"\"}\",NCT00000001\n",
            &[2],
            &["1 B include"],
        ),
        // The decision and the label of one row contradict each other.
        (
            "nct_id,included,decision\nNCT00000001,1,exclude\nNCT00000002,0,exclude\n",
            &[2],
            &["2 me exclude"],
        ),
    ] {
        let plan = plan(text);
        let mut found: Vec<u64> = plan.unreadable.iter().map(|(line, _)| *line).collect();
        found.dedup();
        assert_eq!(found, lines, "{text}: {:?}", plan.unreadable);
        assert_eq!(told(&plan), changes, "{text}");
    }
    let read =
        read(b"id,decision\nNCT00000001,banana\nNCT00000002,\n", Some(Decision::Include)).unwrap();
    let plan = Plan::new(&read, &Marks::default(), "me", |_| true);
    assert_eq!(told(&plan), ["2 me include"]);
}

#[test]
fn disagreement_is_told_and_kept() {
    let event = |number: u32, by: &str, decision| {
        let event = format!("e{number}");
        let verdict = Verdict { decision: Some(decision), ..Verdict::default() };
        let what = What::Marked { id: id(number), change: Change::Decided(verdict), record: None };
        let at = "2026-11-28T09:30:00Z".parse().unwrap();
        Event { step: event.clone(), event, at, by: by.to_owned(), what }
    };
    let mut journal = Journal::default();
    journal.add(vec![
        event(1, "Ana", Decision::Exclude),
        event(2, "me", Decision::Exclude),
        event(3, "Ana", Decision::Include),
    ]);
    let text = "id,decision,by\nNCT00000001,include,\nNCT00000002,maybe,me\nNCT00000003,include,\n\
                NCT00000004,include,Ana\nNCT00000004,exclude,Kofi\n";
    let read = read(text.as_bytes(), None).unwrap();
    let plan = Plan::new(&read, journal.marks(), "me", |_| true);
    let conflicts =
        ["NCT00000001: Ana exclude, me include", "NCT00000004: Ana include, Kofi exclude"];
    let told: Vec<&str> = plan.conflicts.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(told, conflicts);
    let before = "NCT00000002: me decided exclude before, now maybe".to_owned();
    assert_eq!(plan.changed, [(3, before)]);
    assert_eq!(plan.changes.len(), 5);
}

/// As ASReview 3 writes its results beside what it was given.
#[test]
fn what_asreview_adds_is_read() {
    let csv = "record_id,title,included,decision,nct_id,asreview_label,asreview_time,asreview_note,asreview_tag_why_design,asreview_tag_why_age,asreview_user_name\n\
               0,A,1,include,NCT00000001,0.0,2026-11-28 09:30:00,look again,1.0,,Ana\n\
               1,B,1,include,NCT00000002,,,,,,\n";
    let of_ana = ["1 Ana exclude", "1 Ana +why_design", "1 Ana \"look again\""];
    assert_eq!(told(&plan(csv)), of_ana);
    let ris = "1.\nTY  - DBASE\nAN  - NCT00000001\nN1  - ASReview_irrelevant\nN1  - Decision by Ben: maybe\nN1  - asreview_time: \"2026-11-28 09:30:00\"\n\
               N1  - asreview_note: \"say \\\"no\\\"\"\nN1  - asreview_tag_why_design: 1\nN1  - asreview_user_name: \"Ana\"\nER  - \n\n2.\nTY  - DBASE\nAN  - NCT00000002\nER  - \n";
    assert_eq!(
        told(&plan(ris)),
        ["1 Ben maybe", "1 Ana exclude", "1 Ana +why_design", "1 Ana \"say \\\"no\\\"\""]
    );
    // Our own label says what our own remark says.
    let ours = "TY  - DBASE\nAN  - NCT00000001\nN1  - ASReview_not_seen\nN1  - Decision by Ben: exclude (old (2010))\nN1  - Decision settled by Ana: maybe\n\
                N1  - Note by Ben: x [on Criteria: “some words”]\nN1  - Exported from x: ASReview_relevant or not\nER  - \n";
    let read = read(ours.as_bytes(), None).unwrap();
    let passage = Some(Passage { field: "Criteria".to_owned(), words: "some words".to_owned() });
    assert_eq!(read.records[0].opinions.len(), 3, "{read:?}");
    assert_eq!(read.records[0].opinions[0].reason.as_deref(), Some("old (2010)"));
    assert!(read.records[0].opinions[1].settles);
    assert_eq!(read.records[0].opinions[2].passage, passage);
}

#[test]
fn a_file_that_contradicts_itself_decides_nothing() {
    let plan = plan(
        "id,decision,tags\nNCT00000001,include,\nNCT00000001,exclude,x\nNCT00000002,include,\nNCT00000002,include,\n",
    );
    assert_eq!(told(&plan), ["1 me +x", "2 me include"]);
    assert_eq!((plan.ambiguous.len(), plan.ambiguous[0].0, plan.same), (1, 3, 1));
    assert_eq!(plan.decisions(), [(Decision::Include, 1)]);
}

#[test]
fn a_table_of_an_older_spreadsheet_is_read() {
    let read = read(b"id,decision,by\nNCT00000001,include,Jos\xe9\n", None).unwrap();
    assert_eq!(told(&Plan::new(&read, &Marks::default(), "me", |_| true)), ["1 José include"]);
}

#[test]
fn what_is_known_is_not_said_again() {
    let text = "id,decision,reason,tags,note\nNCT00000001,exclude,old,x,n\n";
    let read = read(text.as_bytes(), None).unwrap();
    let first = Plan::new(&read, &Marks::default(), "me", |_| true);
    let at = "2026-11-28T09:30:00Z".parse().unwrap();
    let events = (1..).zip(first.changes).map(|(number, (by, what))| {
        let event = format!("e{number}");
        Event { step: event.clone(), event, at, by, what }
    });
    let mut journal = Journal::default();
    journal.add(events.collect());
    let again = Plan::new(&read, journal.marks(), "me", |_| true);
    assert_eq!((again.changes.len(), again.same), (0, 3));
    let other = Plan::new(&read, journal.marks(), "you", |_| false);
    assert_eq!((other.changes.len(), other.unknown.len()), (0, 1));
}

#[test]
fn what_has_no_decisions_says_so() {
    for (text, error) in [
        ("", ImportError::Unknown),
        ("word\nword\n", ImportError::Unknown),
        ("title,abstract\nA,B\n", ImportError::NoDecisions),
        ("TY  - DBASE\nAN  - NCT00000001\nER  - \n", ImportError::NoDecisions),
        (
            "{\"v\":1,\"event\":\"a\",\"at\":\"2026-11-28T09:30:00Z\",\"id\":\"NCT00000001\",\"seen\":true}",
            ImportError::IsCollection,
        ),
    ] {
        assert_eq!(read(text.as_bytes(), None), Err(error), "{text}");
    }
    for text in ["nct_id,title\nNCT00000001,A\n", "TY  - DBASE\nAN  - NCT00000001\nER  - \n"] {
        let read = read(text.as_bytes(), Some(Decision::Include)).unwrap();
        let plan = Plan::new(&read, &Marks::default(), "me", |_| true);
        assert_eq!(told(&plan), ["1 me include"]);
    }
}
