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
            Change::Seen(_) => panic!(),
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
             2,C,NCT00000003,,3\n3,D,NCT00000004,-1,4\n",
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
             TY  - DBASE\r\nTI  - NCT00000002: B\r\nN1  - ASReview_irrelevant\r\nER  -\r\n\
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
        "title,url,keywords,label\n\
         Extension of NCT00000009,,,1\n\
         NCT00000001: a trial,,,1\n\
         A,https://clinicaltrials.gov/study/NCT00000002,NCT00000009,1\n\
         B,,NCT00000003 NCT00000004,1\n",
    );
    assert_eq!(told(&plan), ["1 me include", "2 me include"]);
    assert_eq!(plan.unknown, [(2, "no id of a trial".to_owned())]);
    assert_eq!(plan.ambiguous, [(5, "several ids: NCT00000003, NCT00000004".to_owned())]);
    assert_eq!(plan.found, BTreeSet::from([id(1), id(2)]));
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
    let odd = b"nctId,decision\nNCT00000001,none\nNCT00000002,\nNCT00000003,banana\nNCT00000004,include\n";
    assert!(matches!(read(odd, None), Err(ImportError::Malformed { line: 4, .. })));
    let malformed = read(b"{\"id\":\"NCT00000001\"}\n{\"id\":", None);
    assert!(matches!(malformed, Err(ImportError::Malformed { line: 2, .. })));
    for text in ["nct_id,title\nNCT00000001,A\n", "TY  - DBASE\nAN  - NCT00000001\nER  - \n"] {
        let read = read(text.as_bytes(), Some(Decision::Include)).unwrap();
        let plan = Plan::new(&read, &Marks::default(), "me", |_| true);
        assert_eq!(told(&plan), ["1 me include"]);
    }
}
