//! What the framer makes of every shape of text, and of every way to break it.

use std::io::Read;
use std::sync::Arc;

use proptest::prelude::*;
use serde::de::IgnoredAny;

use super::{Flaw, Framer, Limits, Piece};

/// Gives at most so many bytes at a time.
struct Dribble {
    bytes: std::io::Cursor<Vec<u8>>,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Dribble {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].min(buffer.len());
        self.turn += 1;
        self.bytes.read(&mut buffer[..size])
    }
}

fn framed(text: &[u8], sizes: &[usize], limits: Limits) -> Vec<Piece> {
    let bytes = std::io::Cursor::new(text.to_vec());
    let dribble = Dribble { bytes, sizes: sizes.to_vec(), turn: 0 };
    Framer::new(Box::new(dribble), limits, Arc::default()).collect()
}

/// What comes out where runs of lines are given out; a line that is no JSON object as a whole is refused.
///
/// Says also how many lines were in runs, and whether one of them opens or closes lists around the studies.
fn framed_by_lines(text: &[u8], sizes: &[usize]) -> (Vec<Piece>, usize, bool) {
    let bytes = std::io::Cursor::new(text.to_vec());
    let dribble = Dribble { bytes, sizes: sizes.to_vec(), turn: 0 };
    let mut framer = Framer::new(Box::new(dribble), Limits::FILE, Arc::default());
    let (mut pieces, mut in_runs, mut shifts) = (Vec::new(), 0, false);
    loop {
        if let Some(run) = framer.run() {
            let mut place = run.start;
            for (line, text) in (run.line..).zip(run.lines()) {
                in_runs += 1;
                let in_list = [b"[", text, b"\n{\"protocolSection\":"].concat();
                let bytes = Box::new(std::io::Cursor::new(in_list));
                let mut in_list = Framer::new(bytes, Limits::FILE, Arc::default());
                in_list.by_ref().for_each(drop);
                shifts |= in_list.context.brackets != *b"[";
                let is_json =
                    |(_, json): &(_, &str)| serde_json::from_str::<IgnoredAny>(json).is_ok();
                let found = match super::study(text).filter(is_json) {
                    Some((start, json)) => {
                        vec![Piece { line, start: start as u64, outcome: Ok(json.to_owned()) }]
                    }
                    None => super::apart(text),
                };
                let start = |piece: &Piece| place + piece.start;
                pieces.extend(found.into_iter().map(|p| Piece { line, start: start(&p), ..p }));
                place += text.len() as u64 + 1;
            }
        } else if let Some(piece) = framer.next() {
            pieces.push(piece);
        } else {
            return (pieces, in_runs, shifts);
        }
    }
}

/// One word a piece: the id of a study, or what is wrong; each with its line.
fn told(text: &[u8], size: usize) -> String {
    let pieces = framed(text, &[size], Limits::FILE);
    let words: Vec<String> = pieces.iter().map(word).collect();
    words.join(" ")
}

fn word(piece: &Piece) -> String {
    let word = match &piece.outcome {
        Ok(json) => json.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()),
        Err(Flaw::NoStudy("JSON without any study")) => Some("foreign"),
        Err(Flaw::NoStudy(_)) => Some("legacy"),
        Err(Flaw::Quoted(_)) => Some("quoted"),
        Err(Flaw::OpenText) => Some("open-text"),
        Err(Flaw::NoEnd) => Some("no-end"),
        Err(Flaw::Brackets) => Some("brackets"),
        Err(Flaw::CutOff) => Some("cut-off"),
        Err(Flaw::OpenList) => Some("open-list"),
        Err(Flaw::TooLarge(_)) => Some("large"),
        Err(Flaw::Garbage(text)) => return format!("{}:garbage({text})", piece.line),
        Err(Flaw::NotUtf8(at)) => return format!("{}:utf8@{at}", piece.line),
        Err(Flaw::Idle(_)) => Some("idle"),
        Err(Flaw::Unreadable(_)) => Some("unreadable"),
    };
    format!("{}:{}", piece.line, word.unwrap_or("?"))
}

/// A study in one line; its id is `id`.
fn study(id: &str) -> String {
    format!(r#"{{"protocolSection":{{"id":"{id}","t":"a \"b\" {{[\\"}},"l":[1,{{"x":[]}}]}}"#)
}

/// The same, its keys in another order.
fn marked(id: &str) -> String {
    format!(r#"{{"_id":"{id}","n":[{{"a":1}}],"protocolSection":{{"id":"{id}"}}}}"#)
}

/// The same over several lines.
fn pretty(id: &str, indentation: &str) -> String {
    let lines = format!(
        "{{\n  \"protocolSection\": {{\n    \"id\":\"{id}\",\n    \"l\": [\n      {{\n        \"x\": 1\n      }},\n      \
         {{}}\n    ]\n  }},\n  \"hasResults\": false\n}}"
    );
    lines.lines().map(|line| format!("{indentation}{line}")).collect::<Vec<_>>().join("\n")
}

#[test]
#[expect(clippy::many_single_char_names, reason = "the ids of the studies")]
fn every_shape_is_cut_into_its_studies() {
    let (a, b, c) = (study("A"), study("B"), study("C"));
    let m = marked("M");
    let (p, q, flat) = (pretty("P", "  "), pretty("Q", "  "), pretty("F", ""));
    let zero = flat.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
    for (text, expected) in [
        (String::new(), ""),
        (" \r\n\t".to_owned(), ""),
        ("[]".to_owned(), ""),
        (r#"{"studies":[]}"#.to_owned(), ""),
        (a.clone(), "1:A"),
        (format!("\u{feff}{a}\r\n"), "1:A"),
        (format!("{a}\n{b}\n\n{c}"), "1:A 2:B 4:C"),
        (format!("{a}\r\n{b}\r\n"), "1:A 2:B"),
        (format!("{a}{b} {m}"), "1:A 1:B 1:M"),
        (format!("\x1e{a}\n\x1e{m}\n"), "1:A 2:M"),
        (format!("[{a},{m},{b}]"), "1:A 1:M 1:B"),
        (format!("[\n{a},\n{m},\n{b}\n]\n"), "2:A 3:M 4:B"),
        (format!("[\n{a}\n,{m}\n,{b}\n]\n"), "2:A 3:M 4:B"),
        (format!("[\n{p},\n{q}\n]"), "2:P 14:Q"),
        (format!("{flat}\n{flat}"), "1:F 13:F"),
        (format!("[\n{zero},\n{zero}\n]"), "2:F 14:F"),
        (format!("[{a}]\n[{b}]"), "1:A 2:B"),
        (
            format!(r#"{{"studies":[{a},{m}],"nextPageToken":"}}]{{\"","n":{{"x":[1]}}}}"#),
            "1:A 1:M",
        ),
        (format!("{{\"n\":{{}},\"totalCount\":2,\"studies\": [\n{p},\n{q}\n]\n}}"), "2:P 14:Q"),
        (format!("{{\"studies\":[{a}]}}\n{{\"studies\":[{b}]}}\n{c}"), "1:A 2:B 3:C"),
        (format!("{{\"_source\":{a}}}\n{{\"_source\":{b}}}"), "1:A 2:B"),
        (format!("{{\"answer\":{{\"list\":[{a},{b}],\"n\":2}}}}"), "1:A 1:B"),
        (r#"{"a":"protocolSection","b":{"protocolSection":1}}"#.to_owned(), "1:?"),
        (r#"{"a":"protocolSection"}"#.to_owned(), "1:foreign"),
        (r#"{"FullStudiesResponse":{"FullStudies":[{"Study":{}}]}}"#.to_owned(), "1:legacy"),
        (r#"{"StudyFieldsResponse":{}}"#.to_owned(), "1:legacy"),
    ] {
        for size in [1, 7, 64 * 1024] {
            assert_eq!(told(text.as_bytes(), size), expected, "by {size}: {text}");
        }
    }
}

#[test]
#[expect(clippy::many_single_char_names, reason = "the ids of the studies")]
fn a_broken_record_costs_itself_alone() {
    let (a, b, m, n) = (study("A"), study("B"), marked("M"), marked("N"));
    let (p, q) = (pretty("P", "  "), pretty("Q", "  "));
    let torn_pretty = p.lines().take(6).collect::<Vec<_>>().join("\n");
    for (text, expected) in [
        // Torn within a text, after a bracket, after a colon, in a list; then a study that begins as usual or not.
        (format!("{}\n{b}\n", &a[..35]), "1:open-text 2:B"),
        (format!("{}\n{m}\n", &a[..35]), "1:open-text 2:M"),
        (format!("{}\n{b}\n", &a[..20]), "1:no-end 2:B"),
        (format!("{m}\n{}\n{n}\n{a}\n", &m[..16]), "1:M 2:no-end 3:N 4:A"),
        (format!("{m}\n{}\n{n}\n{m}", &m[..15]), "1:M 2:no-end 3:N 4:M"),
        (format!("[\n{m},\n{},\n{n},\n{m}\n]", &m[..16]), "2:M 3:no-end 4:N 5:M"),
        (format!("[\n{a},\n{}\n]", &a[..35]), "2:A 3:open-text"),
        (format!("[\n{a},\n{}\n{b}\n]", &a[..35]), "2:A 3:open-text 4:B"),
        (format!("[\n{torn_pretty}\n{q},\n{p}\n]"), "2:no-end 8:Q 20:P"),
        (format!("{{\"studies\": [\n{torn_pretty}\n{q}\n]\n}}"), "2:no-end 8:Q"),
        // Without a line break between.
        (format!("[{},{b}]", &a[..35]), "1:no-end 1:B"),
        (format!("{}{b}", &a[..20]), "1:no-end 1:B"),
        // Brackets that do not match, or one too many.
        (format!("{}]\n{b}\n", &a[..a.len() - 1]), "1:brackets 2:B"),
        (format!("{a}}}\n{b}"), "1:A 1:garbage(`}`) 2:B"),
        // Cut off.
        (a[..40].to_owned(), "1:cut-off"),
        (format!("[\n{a},\n{}", &b[..40]), "2:A 3:cut-off"),
        (format!("[\n{a},\n"), "2:A 3:open-list"),
        (format!("[\n{p},\n{torn_pretty}"), "2:P 14:cut-off"),
        // Text that does not belong there.
        (
            format!("[\n{a},\n<<<<<<< HEAD\n{b},\n=======\n{m},\n>>>>>>> 97cc2ad0\n{n}\n]"),
            "2:A 3:garbage(`<<<<<<< HEAD`) 4:B 5:garbage(`=======`) 6:M 7:garbage(`>>>>>>> 97cc2ad0`) 8:N",
        ),
        (format!("[null,{a}]"), "1:garbage(`null,`) 1:A"),
        (format!("its \"end\": {{}}]}}\nmore\n{m}"), "1:garbage(`its \"end\": {}]}`…) 3:M"),
        (format!("{}\n{a}", "x".repeat(60)), &format!("1:garbage(`{}`…) 2:A", "x".repeat(40))),
        (format!("\u{1b}]0;\n{a}"), "1:garbage(`\\u{1b}]0;`) 2:A"),
        (format!("{{}}\n{a}\n{{\"x\":{{}}}}"), "1:foreign 2:A 3:foreign"),
    ] {
        for size in [1, 7, 64 * 1024] {
            assert_eq!(told(text.as_bytes(), size), expected, "by {size}: {text}");
        }
    }
}

#[test]
fn a_byte_that_is_no_utf_8_is_named() {
    let text = [b"{\"protocolSection\":\"\xff\"}\n".as_slice(), study("B").as_bytes()].concat();
    assert_eq!(told(&text, 7), "1:utf8@21 2:B");
}

#[test]
fn limits_end_what_is_too_much() {
    let limits = Limits { record: 200_000, idle: 600_000 };
    let long = study(&"x".repeat(300_000));
    let endless = [study("A"), "[".repeat(2_000_000)].concat();
    let blank = [study("A"), " ".repeat(2_000_000), study("B")].concat();
    let fits = study(&"y".repeat(190_000));
    for (text, expected) in [
        (format!("{long}\n{}\n", study("B")), "1:large 2:B"),
        (format!("[\n{long},\n{}\n]", marked("B")), "2:large 3:B"),
        (format!("{}\n{}", &long[..250_000], study("B")), "1:large 2:B"),
        (endless, "1:A 1:idle"),
        (blank, "1:A 1:idle"),
        (format!("{fits}\n{}", study("B")), &format!("1:{} 2:B", "y".repeat(190_000))),
    ] {
        for size in [997, 64 * 1024, 1 << 20] {
            let pieces = framed(text.as_bytes(), &[size], limits);
            let words: Vec<String> = pieces.iter().map(word).collect();
            assert!(words.join(" ") == expected, "by {size}: {}", &text[..60]);
        }
    }
}

#[test]
fn a_record_nested_deeply_is_followed_to_its_end() {
    let deep = |depth: usize| {
        format!(r#"{{"protocolSection":{}{}}}"#, "[{\"a\":".repeat(depth) + "1", "}]".repeat(depth))
    };
    for depth in [1, 63, 64, 65, 200, 50_000] {
        let text = format!("{}\n{}", deep(depth), study("B"));
        assert_eq!(told(text.as_bytes(), 64 * 1024), "1:? 2:B", "{depth}");
    }
}

#[test]
fn a_text_cut_anywhere_keeps_the_studies_before() {
    let text = format!("[\n{},\n{}\n,\n{}]", study("A"), pretty("P", "  "), marked("M"));
    let whole = framed(text.as_bytes(), &[9], Limits::FILE);
    for end in 0..text.len() {
        let cut = framed(&text.as_bytes()[..end], &[9], Limits::FILE);
        let complete = cut.iter().take_while(|piece| piece.outcome.is_ok()).count();
        assert_eq!(cut[..complete], whole[..complete]);
        let ended = whole.iter().filter(|piece| ends_by(&text, piece, end)).count();
        assert!(complete >= ended, "{end}");
        assert!(cut.len() <= complete + 1, "{end}: at most one complaint: {cut:?}");
    }
}

#[test]
fn lines_that_stand_for_themselves_are_given_out_in_runs() {
    let lines: Vec<String> = (0..50).map(|number| study(&number.to_string())).collect();
    let torn = [&lines[..20], &[lines[20][..35].to_owned()], &lines[21..]].concat();
    for (text, expected) in [
        (lines.join("\n"), 48),
        (format!("[\n{}\n]\n", lines.join(",\r\n")), 48),
        (format!("[{}]", lines.join(" ,\n")), 48),
        // The torn line is left to the framer, and the one after it has to be a study.
        (torn.join("\n"), 46),
        // In a page, on one line, or with another key before.
        (format!("{{\"studies\":[\n{}\n]}}", lines.join(",\n")), 0),
        (format!("[{}]", lines.join(",")), 0),
        (["A", "B", "C", "D"].map(marked).join("\n"), 0),
    ] {
        for size in [7, 1 << 20] {
            let (pieces, in_runs, _) = framed_by_lines(text.as_bytes(), &[size]);
            assert_eq!(pieces, framed(text.as_bytes(), &[size], Limits::FILE));
            assert_eq!(in_runs, expected, "{}", &text[..40]);
        }
    }
}

#[test]
fn a_run_is_no_longer_than_what_is_kept_in_memory() {
    let line = study(&"x".repeat(30_000)) + "\n";
    let text = line.repeat(200);
    let (pieces, in_runs, _) = framed_by_lines(text.as_bytes(), &[100_000]);
    assert_eq!(pieces, framed(text.as_bytes(), &[100_000], Limits::FILE));
    assert!((100..199).contains(&in_runs), "{in_runs}");
    let long = study(&"x".repeat(4_000_000));
    let text = [study("A"), study("B"), long, study("C"), study("D"), study("E")].join("\n");
    let (pieces, ..) = framed_by_lines(text.as_bytes(), &[100_000]);
    assert_eq!(pieces, framed(text.as_bytes(), &[100_000], Limits::FILE));
    assert_eq!(pieces.len(), 6);
}

/// The complaints that depend on the brackets around the studies are left out.
fn without_surroundings(pieces: Vec<Piece>) -> Vec<Piece> {
    let around = |flaw: &Flaw| matches!(flaw, Flaw::OpenList | Flaw::Garbage(_) | Flaw::NoStudy(_));
    let depends = |piece: &Piece| piece.outcome.as_ref().is_err_and(around);
    pieces.into_iter().filter(|piece| !depends(piece)).collect()
}

fn ends_by(text: &str, piece: &Piece, end: usize) -> bool {
    let json = piece.outcome.as_ref().unwrap();
    text.find(json.as_str()).unwrap() + json.len() <= end
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn runs_of_lines_make_no_difference(
        is_list in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..14, 0_usize..4), 0..6),
        sizes in prop::collection::vec(1_usize..400, 1..4),
    ) {
        const INSERTED: [&[u8]; 14] = [
            b"", b"", b"", b"\"", b"\\", b"\n", b"{", b"}", b"[", b"]", b",", b"\xff", b"null",
            b"{\"protocolSection\":",
        ];
        let lines: Vec<String> = (0..9).map(|number| study(&number.to_string())).collect();
        let text = if is_list { format!("[\n{}\n]\n", lines.join(",\n")) } else { lines.join("\n") };
        let mut text = text.into_bytes();
        for (place, inserted, deleted) in changes {
            let at = place.index(text.len());
            text.splice(at..(at + deleted).min(text.len()), INSERTED[inserted].iter().copied());
        }
        let (by_lines, _, shifts) = framed_by_lines(&text, &sizes);
        let whole = framed(&text, &sizes, Limits::FILE);
        let shown = String::from_utf8_lossy(&text);
        // A bracket too many in a line that stands for itself stays in that line.
        prop_assert_eq!(without_surroundings(by_lines.clone()), without_surroundings(whole.clone()), "{}", &shown);
        if !shifts {
            prop_assert_eq!(by_lines, whole, "{}", &shown);
        }
    }

    #[test]
    fn chunks_make_no_difference(
        lines in prop::collection::vec(0_usize..9, 0..8),
        cuts in prop::collection::vec(0_usize..300, 0..3),
        sizes in prop::collection::vec(1_usize..40, 1..5),
    ) {
        let parts = [
            study("A"), marked("M"), pretty("P", "  "), "[".to_owned(), "]".to_owned(), ",".to_owned(),
            r#"{"studies":["#.to_owned(), "<<<<<<< HEAD".to_owned(), "{\"\u{e9}\": [{".to_owned(),
        ];
        let mut text = lines.iter().map(|&line| parts[line].as_str()).collect::<Vec<_>>().join("\n").into_bytes();
        for cut in cuts {
            let end = (cut + 7).min(text.len());
            text.drain(cut.min(end)..end);
        }
        let whole = framed(&text, &[1 << 20], Limits::FILE);
        prop_assert_eq!(framed(&text, &sizes, Limits::FILE), whole);
    }

    #[test]
    fn nothing_panics_and_every_study_has_its_brackets(
        text in "(\\{|\\}|\\[|\\]|\"|\\\\|\n| |,|:|x|é|\\{\"protocolSection\":){0,60}",
        size in 1_usize..20,
    ) {
        for piece in framed(text.as_bytes(), &[size], Limits { record: 50, idle: 100 }) {
            if let Ok(json) = piece.outcome {
                let is_whole = json.starts_with('{') && json.ends_with('}');
                prop_assert!(is_whole && text.contains(&json));
            }
        }
    }
}
