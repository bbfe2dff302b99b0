//! The choices that stand in a query.

use super::*;
use crate::search::parse;

fn quoted(text: &str) -> Ask {
    Ask::Quoted(text.to_owned())
}

#[test]
fn choices_are_the_terms_that_hold_for_the_whole_query() {
    let query = parse("liver (phase:1 | phase:2) -phase:none (phase:3 | sex:all)").unwrap();
    let choices = query.choices(Concept::Phase);
    let (one, two) = (Ask::Word("1".into()), Ask::Word("2".into()));
    assert_eq!(
        choices,
        [(&one, Choice::Include), (&two, Choice::Include), (&Ask::NotStated, Choice::Exclude)]
    );
    assert_eq!(query.without(Concept::Phase).to_string(), "liver (phase:3 | sex:all)");
}

#[test]
fn choices_are_written_as_terms() {
    let query = parse("liver phase:1").unwrap();
    let choices = [
        (quoted("Phase 2"), Choice::Include),
        (quoted("Phase 3"), Choice::Include),
        (Ask::NotStated, Choice::Exclude),
    ];
    let query = query.with_choices(Concept::Phase, &choices);
    assert_eq!(query.to_string(), r#"liver (phase:"Phase 2" | phase:"Phase 3") -phase:none"#);
    assert_eq!(query.with_choices(Concept::Phase, &[]).to_string(), "liver");
    assert_eq!(
        parse("")
            .unwrap()
            .with_choices(Concept::Sex, &[(Ask::NotStated, Choice::Include)])
            .to_string(),
        "sex:none"
    );
}
