//! What the parser reads, and what it refuses.

use proptest::prelude::*;

use super::*;

#[test]
fn queries_have_one_canonical_text() {
    for (text, canonical) in [
        ("liver tag: -", "liver tag"),
        ("phase:+|3 a", "phase:3 a"),
        ("note: see below", "note see below"),
        ("", ""),
        ("  liver   failure ", "liver failure"),
        ("\"liver  failure\"", "\"liver failure\""),
        ("\"liver fail", "\"liver fail\""),
        (r#"drug:"5\" \\ tube""#, r#"drug:"5\" \\ tube""#),
        ("condition:cirrhosis SPONSOR:sun", "cond:cirrhosis sponsor:sun"),
        ("sponsor:\"Sun Yat-sen University\"", "sponsor:\"Sun Yat-sen University\""),
        ("phase:1 | phase:2 -status:withdrawn", "(phase:1 | phase:2) -status:withdrawn"),
        ("phase:1/2", "phase:1 phase:2"),
        ("liver OR kidney", "liver | kidney"),
        ("NOT (a OR b)", "-(a | b)"),
        ("NOT -OR ", ""),
        ("a AND b", "a b"),
        ("- -a", "-a"),
        ("--a", "a"),
        ("a - b", "a b"),
        ("a –b !c", "a -b -c"),
        ("status:!withdrawn", "-status:withdrawn"),
        ("status:!=withdrawn status:-completed", "-status:withdrawn -status:completed"),
        ("status:recruiting,completed", "status:recruiting | status:completed"),
        ("phase:<3", "phase:0 | phase:1 | phase:2"),
        ("phase:>=3 x", "(phase:3 | phase:4) x"),
        ("plasma: covid", "plasma: covid"),
        ("https://example.org/study/NCT00000005", "NCT00000005"),
        ("=tumour", "\"tumour\""),
        ("(a b) | c", "(a b) | c"),
        ("((a | b", "a | b"),
        ("a |", "a"),
        ("| a", "a"),
        ("a -", "a"),
        ("a & b", "a b"),
        ("a -& -(+)", "a"),
        ("a | \"/\" | cond:*", "a"),
        (r#"cond:"&""#, r#"cond:"&""#),
        ("()", ""),
        ("phase:none", "phase:none"),
        ("a and b", "a b"),
        ("a or not b", "a or not b"),
        ("phase:(1|2|none) x|y", "(phase:1 | phase:2 | phase:none) (x | y)"),
        ("phase:1|2", "phase:1 | phase:2"),
        (
            "cond:(asthma | copd -\"a b\" sponsor:x) y",
            "(cond:asthma | cond:copd) -cond:\"a b\" sponsor:x y",
        ),
        ("-phase:(1 2) cond:(a", "-(phase:1 phase:2) cond:a"),
        ("cond:()", ""),
        ("phase:NONE", "phase:none"),
        ("il-6 covid-19", "il-6 covid-19"),
        ("“liver failure” x", "\"liver failure\" x"),
        ("NCT00000001 nct00000002", "NCT00000001 | nct00000002"),
        ("NCT00000001, NCT00000002,NCT00000003 a", "(NCT00000001 | NCT00000002 | NCT00000003) a"),
        ("id:NCT00000001,NCT00000002", "id:NCT00000001 | id:NCT00000002"),
        ("sort:start liver", "liver sort:start"),
        ("sort:reverse-start", "sort:reverse-start"),
        ("sort:phase,-start a", "a sort:phase,reverse-start"),
        ("sort:phase a sort:id", "a sort:phase,id"),
        ("not-meant:b a sort:start c", "a c not-meant:b sort:start"),
        ("(a | NOT-MEANT:\"b c\") -not-meant:b not-meant:b", "a not-meant:\"b c\" not-meant:b"),
        ("not-meant:x", "not-meant:x"),
        ("near:a&b ~50km", "near:\"a&b\" 50km"),
        ("(near:\"a b\") ~~c", "near:\"a b\" c"),
        ("a ~ b", "a b"),
        ("a ~age:54 ~-b", "a age:54 -b"),
        ("tag:(x | -y)", "tag:x | -tag:y"),
        ("tag:(x --y)", "tag:x tag:y"),
        ("(a | RAN: ) b", "(a | RAN:) b"),
        ("tag: a", "tag a"),
    ] {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), canonical, "{text}");
        assert_eq!(parse(canonical).unwrap(), query, "{text}");
    }
}

#[test]
fn errors_mark_their_place() {
    for (text, place, reason) in [
        ("liver foo:1", 6..10, "there is no field “foo”; fields are id, "),
        ("cond:", 0..5, "a value comes after cond:"),
        ("cond: (a)", 0..5, "a value comes after cond:"),
        ("cond:\"\" x", 0..7, "a value comes after cond:"),
        ("tag:-", 0..5, "a value comes after tag:"),
        ("a tag:(x | -", 2..12, "a value comes after tag:"),
        ("a ) b", 2..3, "there is no bracket to close here"),
        ("a not-meant: b", 2..12, "after not-meant: comes what is not"),
        ("sort:nothing", 0..12, "there is no order “nothing”; orders are"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.place, place, "{text}");
        assert!(error.reason.starts_with(reason), "{text}: {error}");
    }
    assert!(parse(&"(".repeat(10_000)).is_err());
    assert!(parse(&"-(".repeat(10_000)).is_err());
    assert!(parse(&"cond:(".repeat(10_000)).is_err());
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_an_error(text in "\\PC{0,40}") {
        _ = parse(&text);
    }

    #[test]
    fn canonical_text_parses_back(text in r#"(a|liver|cond:b|sponsor:\(|phase:none|"x y"|-|tag:|\||\(|\)| |NOT |OR |sex:"All"|sort:title |not-meant:a |not-meant:"b c" ){0,12}"#) {
        if let Ok(query) = parse(&text) {
            let canonical = query.to_string();
            prop_assert_eq!(parse(&canonical).unwrap(), query, "{}", canonical);
        }
    }
}
