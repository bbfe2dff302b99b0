//! Every form over records that are hard for it: line breaks, signs of the form itself, no title.

use std::sync::Arc;

use super::*;
use crate::export::{Preset, TitleChoice, write_studies};
use crate::marks::made::{decided, marked};
use crate::marks::{Change, Decision, Marks};
use crate::study::made::{Made, made};

fn written(studies: impl IntoIterator<Item = Made>, writing: &Writing) -> String {
    let store = Store::of(studies);
    let mut out = Vec::new();
    let mut order: Vec<_> = store.studies().collect();
    order.sort_by_key(|study| store.id(*study));
    write_studies(&mut out, &store, order.into_iter(), writing).unwrap();
    String::from_utf8(out).unwrap()
}

fn summary(study: Made, text: &str) -> Made {
    study.at("descriptionModule.briefSummary", text)
}

/// Marks of one person: study 1 is excluded with a reason, tagged and noted, study 2 is included.
fn marks() -> Arc<Marks> {
    let id = |number| crate::study::NctId::from_number(number).unwrap();
    let changes = vec![
        (id(1), decided(Decision::Exclude, Some("wrong design")), None),
        (id(1), Change::Tagged { tag: "liver".to_owned(), on: true }, None),
        (id(1), Change::Noted { text: "two\nlines".to_owned(), passage: None }, None),
        (id(2), decided(Decision::Include, None), None),
    ];
    Arc::new(marked("Ana", changes))
}

#[test]
fn a_record_of_ris_has_a_tag_a_line_whatever_stands_in_the_study() {
    let hard =
        summary(made(1).title("A \r\nB"), "One\n\nER  - \nTY  - JOUR\r\n\u{1b}[2Jx \\>= 5 &lt; 6")
            .sponsor("Acme, Inc")
            .conditions(["Gout", "gout", "Asthma"])
            .at("statusModule.studyFirstPostDateStruct.date", "2024-05-17")
            .at("statusModule.startDateStruct.date", "2024-06");
    let text = written([hard, made(2)], &StudiesFormat::Ris.into());
    assert!(text.ends_with("ER  - \r\n\r\n"));
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines.iter().all(|line| !line.contains(['\n', '\r'])));
    let is_tag = |line: &&str| {
        line.is_empty() || line.as_bytes()[0].is_ascii_uppercase() && line[2..].starts_with("  - ")
    };
    assert!(lines.iter().all(is_tag), "{text}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("ER  - ")).count(), 2);
    assert_eq!(lines.iter().filter(|line| line.starts_with("TY  - ")).count(), 2);
    for line in [
        "AN  - NCT00000001",
        "TI  - A B",
        "A1  - Acme, Inc,",
        "PY  - 2024",
        "Y1  - 2024/05/17/",
        "Y2  - 2024/06//",
        "KW  - Gout",
        "KW  - Asthma",
        "TI  - NCT00000002",
        "UR  - https://clinicaltrials.gov/study/NCT00000002",
    ] {
        assert_eq!(lines.iter().filter(|known| **known == line).count(), 1, "{line}\n{text}");
    }
    let found = lines.iter().find(|line| line.starts_with("AB  - ")).unwrap();
    assert!(
        found.starts_with("AB  - One ER - TY - JOUR \u{fffd}[2Jx >= 5 < 6 Conditions: Gout; "),
        "{found}"
    );
}

#[test]
fn titles_and_abstracts_are_chosen() {
    let study = || {
        summary(made(1).title("Brief"), "Summary.")
            .at("identificationModule.officialTitle", "Official")
            .at("eligibilityModule.eligibilityCriteria", "Inclusion:\n\n* Adults")
    };
    let mut writing = Writing::from(StudiesFormat::Ris);
    let text = written([study()], &writing);
    assert!(text.contains("TI  - Official\r\n") && text.contains("ST  - Brief\r\n"), "{text}");
    assert!(text.contains("Eligibility criteria: Inclusion: * Adults."), "{text}");
    writing.style.title = TitleChoice::Brief;
    writing.style.with_parts = false;
    writing.style.ris_type = "JOUR".to_owned();
    let text = written([study()], &writing);
    assert!(text.starts_with("TY  - JOUR\r\n") && text.contains("TI  - Brief\r\n"), "{text}");
    assert!(text.contains("AB  - Summary.\r\n"), "{text}");
}

#[test]
fn braces_and_signs_of_tex_are_words_of_an_entry() {
    let text = written(
        [made(1).title("50% {of} } A&B_#1 $x ~ ^ \\ @misc{y,").sponsor("A & B")],
        &StudiesFormat::Bibtex.into(),
    );
    let title = r"  title = {{50\% \textbraceleft{}of\textbraceright{} \textbraceright{} A\&B\_\#1 \$x \textasciitilde{} \textasciicircum{} \textbackslash{} @misc\textbraceleft{}y,}},";
    assert!(text.contains(title), "{text}");
    assert!(text.starts_with("@misc{NCT00000001,\n") && text.contains("author = {{A \\& B}}"));
    let depth = text.chars().fold(0_i32, |depth, char| match char {
        '{' => depth + 1,
        '}' => depth - 1,
        _ => depth,
    });
    assert_eq!(depth, 0);
}

#[test]
fn every_form_says_where_studies_come_from_if_it_can() {
    let origin = crate::export::Origin {
        dataset: "ctg.json".to_owned(),
        query: "gout @x -- y".to_owned(),
        today: "2026-11-28".parse().ok(),
    };
    for (format, expected) in [
        (StudiesFormat::Ris, "N1  - Exported from ctg.json, 2026-11-28, query: gout @x -- y\r\n"),
        (StudiesFormat::Bibtex, "% Exported from ctg.json, 2026-11-28, query: gout (at)x -- y\n"),
        (
            StudiesFormat::Csl,
            "\"note\":\"Exported from ctg.json, 2026-11-28, query: gout @x -- y\"",
        ),
        (StudiesFormat::Csl, "\"accessed\":{\"date-parts\":[[2026,11,28]]}"),
        (
            StudiesFormat::Markdown,
            "<!-- Exported from ctg.json, 2026-11-28, query: gout @x - - y -->",
        ),
    ] {
        let writing = Writing { origin: origin.clone(), ..format.into() };
        let text = written([made(1).title("A")], &writing);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn csl_is_an_array_whatever_is_in_it() {
    for count in [0, 1, 3] {
        let text = written((1..=count).map(made), &StudiesFormat::Csl.into());
        let items: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(items.as_array().unwrap().len(), count as usize);
    }
}

#[test]
fn what_is_marked_goes_along() {
    let writing = |format: StudiesFormat| Writing { marks: Some(marks()), ..format.into() };
    let studies = || (1..=3).map(|number| made(number).title("=T"));
    let text = written(studies(), &writing(StudiesFormat::Ris));
    for line in [
        "N1  - Decision by Ana: exclude (wrong design)\r\n",
        "N1  - Tags: liver\r\n",
        "N1  - Note by Ana: two lines\r\n",
        "N1  - ASReview_irrelevant\r\n",
        "N1  - ASReview_relevant\r\n",
        "N1  - ASReview_not_seen\r\n",
    ] {
        assert_eq!(text.matches(line).count(), 1, "{line}{text}");
    }
    let text = written(studies(), &writing(StudiesFormat::For(Preset::Asreview)));
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with("record_id,title,abstract,keywords,authors,url,included,"));
    assert!(
        rows[1].starts_with("NCT00000001,=T,,,,https://clinicaltrials.gov/study/NCT00000001,0,")
    );
    assert!(rows[2].contains(",1,NCT00000002,") && rows[3].contains(",,NCT00000003,"));
    let text = written(studies(), &writing(StudiesFormat::For(Preset::Rayyan)));
    let heading = "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords,pubmed_id,pmc_id";
    assert_eq!(text.lines().next(), Some(heading));
    let mut csv = writing(StudiesFormat::Csv);
    csv.style.bom = true;
    let text = written(studies(), &csv);
    assert!(
        text.starts_with("\u{feff}nctId,title,") && text.contains(",decision,reason,tags,note\n")
    );
    assert!(
        text.contains("NCT00000001,'=T,")
            && text.contains("exclude,wrong design,liver,\"two\nlines\"")
    );
    let text = written(studies(), &writing(StudiesFormat::Tsv));
    assert!(
        text.contains("NCT00000001\t=T\t")
            && text.contains("exclude\twrong design\tliver\ttwo lines\n")
    );
    let text = written(studies(), &writing(StudiesFormat::Markdown));
    assert!(text.contains("## Marks\n\n- Decision by Ana: exclude"), "{text}");
}

#[test]
fn what_is_exported_for_a_tool_comes_back_from_it() {
    let marks = marks();
    for format in [StudiesFormat::Ris, StudiesFormat::For(Preset::Asreview)] {
        let writing = Writing { marks: Some(Arc::clone(&marks)), ..format.into() };
        let text = written((1..=3).map(made), &writing);
        let read = crate::marks::import::read(text.as_bytes(), None).unwrap();
        let plan = crate::marks::import::Plan::new(&read, &Marks::default(), "Ana", |_| true);
        let decisions = [(Decision::Include, 1), (Decision::Exclude, 1)];
        assert_eq!(plan.decisions(), decisions, "{text}");
        assert!(plan.unknown.is_empty() && plan.ambiguous.is_empty());
    }
}
