//! Queries of every kind over real records.

use super::scan::Ask;
use super::{check, check_orders};
use crate::real;

fn word(text: &str) -> Ask {
    within("", text)
}

fn within(field: &'static str, text: &str) -> Ask {
    Ask::Word(field, text.to_owned())
}

fn phrase(text: &str) -> Ask {
    exactly("", text)
}

fn exactly(field: &'static str, text: &str) -> Ask {
    Ask::Quoted(field, text.to_owned())
}

fn code(field: &'static str, code: &'static str) -> Ask {
    Ask::Code(field, "", code)
}

fn not(ask: Ask) -> Ask {
    Ask::Not(Box::new(ask))
}

fn questions() -> Vec<(&'static str, Ask)> {
    use Ask::{All, Any, NotStated};
    vec![
        ("", All(vec![])),
        (r#"cond:"Prostate Cancer""#, exactly("cond", "Prostate Cancer")),
        ("cond:cancer", within("cond", "cancer")),
        ("cond:breast-cancer", within("cond", "breast cancer")),
        ("liver failure", All(vec![word("liver"), word("failure")])),
        (r#""liver failure""#, phrase("liver failure")),
        (
            r#""Breast Cancer" | "prostate cancer""#,
            Any(vec![phrase("breast cancer"), phrase("prostate cancer")]),
        ),
        ("diab", word("diab")),
        ("COVID-19", word("covid-19")),
        (
            "sars-cov-2 -status:completed",
            All(vec![word("sars-cov-2"), not(code("status", "COMPLETED"))]),
        ),
        ("il-6", word("il-6")),
        ("sponsor:pfizer", within("sponsor", "pfizer")),
        (
            r#"sponsor:"National Cancer Institute (NCI)""#,
            exactly("sponsor", "National Cancer Institute (NCI)"),
        ),
        (
            "sponsor:univ -country:none",
            All(vec![within("sponsor", "univ"), not(NotStated("country"))]),
        ),
        ("drug:placebo phase:3", All(vec![within("drug", "placebo"), code("phase", "PHASE3")])),
        (r#"drug:"placebo""#, exactly("drug", "placebo")),
        (r#"title:"randomized controlled trial""#, exactly("title", "randomized controlled trial")),
        (
            "title:randomi -title:placebo",
            All(vec![within("title", "randomi"), not(within("title", "placebo"))]),
        ),
        ("phase:1/2", All(vec![code("phase", "PHASE1"), code("phase", "PHASE2")])),
        (
            "phase:1 | phase:2 sex:female",
            All(vec![
                Any(vec![code("phase", "PHASE1"), code("phase", "PHASE2")]),
                code("sex", "FEMALE"),
            ]),
        ),
        ("phase:none", NotStated("phase")),
        (
            "phase:na type:interventional",
            All(vec![code("phase", "NA"), code("type", "INTERVENTIONAL")]),
        ),
        ("status:recruiting", code("status", "RECRUITING")),
        ("status:active", code("status", "ACTIVE_NOT_RECRUITING")),
        (
            "-(status:completed OR status:unknown) results:no",
            All(vec![
                not(Any(vec![code("status", "COMPLETED"), code("status", "UNKNOWN")])),
                code("results", "NO"),
            ]),
        ),
        (
            "class:industry country:germany",
            All(vec![code("class", "INDUSTRY"), within("country", "germany")]),
        ),
        (
            r#"country:"United States" -country:canada"#,
            All(vec![exactly("country", "United States"), not(within("country", "canada"))]),
        ),
        ("country:korea", within("country", "korea")),
        ("city:montreal", within("city", "montreal")),
        ("CITY:MONTRÉAL", within("city", "montreal")),
        ("city:são", within("city", "sao")),
        ("collab:national", within("collab", "national")),
        ("collab:none kind:device", All(vec![NotStated("collab"), code("kind", "DEVICE")])),
        ("kw:quality", within("kw", "quality")),
        (
            "acronym:none type:observational",
            All(vec![NotStated("acronym"), code("type", "OBSERVATIONAL")]),
        ),
        ("NCT0000", word("nct0000")),
        ("id:NCT00290355", within("id", "NCT00290355")),
        (
            "(heart | cardiac) (failure | arrest) -kw:none",
            All(vec![
                Any(vec![word("heart"), word("cardiac")]),
                Any(vec![word("failure"), word("arrest")]),
                not(NotStated("kw")),
            ]),
        ),
        ("alzheimer's", word("alzheimer's")),
        ("1", word("1")),
        ("a", word("a")),
    ]
}

#[test]
fn real_questions_are_answered_as_a_scan_answers_them() {
    let Some(studies) = real::studies() else { return };
    let store = real::store().expect("the studies are there");
    for (text, ask) in questions() {
        assert!(check(&store, &studies, text, &ask), "{text} asks for what is nowhere");
    }
    check_orders(&store, &studies);
}
