//! Studies as one page for somebody without the program: what each is, what was decided on it and why.

use std::fmt::Write as _;

use super::frame::{self, escaped, link};
use crate::export::format::Notes;
use crate::export::writing::Writing;
use crate::marks::{Decided, Mark, Note, Standing};
use crate::study::{FIELDS, Field, Section, Study};
use crate::text::{clean_line, clean_text, grouped};

/// The page before its first study.
pub(in crate::export) fn begin(writing: &Writing) -> String {
    let query = clean_line(&writing.origin.query).trim().to_owned();
    let title = if query.is_empty() {
        "Clinical trials".to_owned()
    } else {
        format!("Clinical trials: {query}")
    };
    frame::begin(&title) + "</header>\n<main class=\"page\">\n"
}

/// The page behind its last study, of which it is so many.
pub(in crate::export) fn end(count: u64, writing: &Writing) -> String {
    let trials = if count == 1 { "trial" } else { "trials" };
    frame::end(&format!("{} {trials}", grouped(count)), &writing.origin)
}

/// One study.
pub(in crate::export) fn article(study: &Study, mark: Option<&Mark>, notes: Notes) -> String {
    let identification = "protocolSection.identificationModule";
    let id = study.id().map(|id| id.to_string()).unwrap_or_default();
    let title = ["briefTitle", "officialTitle"].iter();
    let mut title = title.filter_map(|name| study.text(&format!("{identification}.{name}")));
    let title = escaped(&title.next().unwrap_or_else(|| "No title is registered".to_owned()));
    let updated = study.text("protocolSection.statusModule.lastUpdatePostDateStruct.date");
    let updated =
        updated.map(|date| format!(" · record of {}", escaped(&date))).unwrap_or_default();
    let mut html = format!(
        "<article aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<p class=\"dim\">{}{updated}</p>\n",
        link(&id)
    );
    if let Some(mark) = mark {
        push_decisions(&mut html, mark);
        push_tags(&mut html, mark);
    }
    push_facts(&mut html, study);
    if let (Some(mark), Notes::Written) = (mark, notes) {
        push_notes(&mut html, &mark.notes);
    }
    html.push_str("</article>\n");
    html
}

fn push_decisions(html: &mut String, mark: &Mark) {
    match mark.standing() {
        Standing::Undecided => return,
        Standing::Decided(decided) if mark.settled.is_some() => {
            push_decision(html, decided, "settled by ");
        }
        Standing::Decided(_) => (),
        Standing::Disputed => html.push_str("<p><strong>People disagree on it.</strong></p>\n"),
    }
    mark.decisions.iter().for_each(|decided| push_decision(html, decided, ""));
}

/// `Exclude: wrong population · Ana`.
fn push_decision(html: &mut String, decided: &Decided, how: &str) {
    let Decided { by, decision, reason, .. } = decided;
    let name = decision.name();
    let said = ["Include", "Exclude", "Maybe"].into_iter();
    let said = said.into_iter().find(|said| said.eq_ignore_ascii_case(name)).unwrap_or(name);
    let reason = reason.as_ref().map(|reason| format!(": {}", escaped(&clean_line(reason))));
    let (reason, by) = (reason.unwrap_or_default(), escaped(&clean_line(by)));
    let _ = writeln!(
        html,
        "<p class=\"decision {name}\"><strong>{said}</strong>{reason} <span class=\"dim\">· {how}{by}</span></p>"
    );
}

fn push_tags(html: &mut String, mark: &Mark) {
    if mark.tags.is_empty() {
        return;
    }
    html.push_str("<ul class=\"tags\" aria-label=\"Tags\">");
    for tag in &mark.tags {
        let _ = write!(html, "<li>{}</li>", escaped(&clean_line(&tag.name)));
    }
    html.push_str("</ul>\n");
}

/// The key facts. What a reader expects and the record does not state is said to be not stated.
fn push_facts(html: &mut String, study: &Study) {
    html.push_str("<dl>\n");
    // The title is the heading.
    let is_fact = |field: &&Field| field.section == Section::KeyFacts && field.name != "title";
    for field in FIELDS.iter().filter(is_fact) {
        let value = match field.value(study).in_line() {
            Some(value) => escaped(&value),
            None if field.is_expected() => "<span class=\"none\">not stated</span>".to_owned(),
            None => continue,
        };
        let _ = writeln!(html, "<dt>{}</dt><dd>{value}</dd>", escaped(field.label));
    }
    html.push_str("</dl>\n");
}

fn push_notes(html: &mut String, notes: &[Note]) {
    if notes.is_empty() {
        return;
    }
    html.push_str("<h3>Notes</h3>\n");
    for Note { by, text, passage, .. } in notes {
        let on = passage.as_ref().map(|passage| {
            let (field, words) = (clean_line(&passage.field), clean_line(&passage.words));
            format!(" · on {}: “{}”", escaped(&field), escaped(&words))
        });
        let (text, by) = (escaped(&clean_text(text)), escaped(&clean_line(by)));
        let on = on.unwrap_or_default();
        let _ = writeln!(html, "<blockquote>{text}</blockquote>\n<p class=\"dim\">{by}{on}</p>");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::export::StudiesFormat;
    use crate::marks::made::{decided, said};
    use crate::marks::{Change, Decision, Marks, Passage, What};
    use crate::study::NctId;
    use crate::study::made::made;

    /// What two people said of one study: they disagree, there is a tag, and a note on a passage.
    fn marks(text: &str) -> Marks {
        let id = NctId::from_number(1).unwrap();
        let passage = Passage { field: text.to_owned(), words: text.to_owned() };
        let changes = [
            ("Ana", decided(Decision::Exclude, Some(text))),
            (text, decided(Decision::Include, None)),
            ("Ana", Change::Tagged { tag: text.to_owned(), on: true }),
            ("Ana", Change::Noted { text: text.to_owned(), passage: Some(passage) }),
        ];
        said(changes.map(|(by, change)| (by, What::Marked { id, change, record: None })))
    }

    fn page(study: &Study, marks: &Marks, notes: Notes) -> String {
        let mut writing = Writing::from(StudiesFormat::Page(notes));
        writing.origin.query = "a <b>".to_owned();
        writing.origin.dataset = "x & y.json".to_owned();
        let mark = study.id().and_then(|id| marks.get(id));
        begin(&writing) + &article(study, mark, notes) + &end(1, &writing)
    }

    #[test]
    fn a_page_says_what_was_decided_and_notes_only_if_asked() {
        let study = Study::from(made(1).title("A trial of X").value());
        let without = page(&study, &marks("wrong design"), Notes::LeftOut);
        for part in [
            "<title>Clinical trials: a &lt;b&gt;</title>",
            "<h2 id=\"NCT00000001\">A trial of X</h2>",
            "<a href=\"https://clinicaltrials.gov/study/NCT00000001\">",
            "<strong>People disagree on it.</strong>",
            "<p class=\"decision exclude\"><strong>Exclude</strong>: wrong design <span class=\"dim\">· Ana</span></p>",
            "<ul class=\"tags\" aria-label=\"Tags\"><li>wrong design</li></ul>",
            "<dt>Enrollment</dt><dd><span class=\"none\">not stated</span></dd>",
            "1 trial. Exported from x &amp; y.json, query: a &lt;b&gt;. Written by trialdex ",
        ] {
            assert!(without.contains(part), "{part}: {without}");
        }
        assert!(
            !without.contains("<h3>Notes</h3>") && !without.contains("blockquote>"),
            "{without}"
        );
        let with = page(&study, &marks("see\nbelow"), Notes::Written);
        assert!(with.contains("<blockquote>see\nbelow</blockquote>"), "{with}");
        assert!(with.contains("Ana · on see below: “see below”"), "{with}");
        assert!(!page(&study, &Marks::default(), Notes::Written).contains("<h3>"));
    }

    #[test]
    fn nothing_that_is_written_becomes_a_part_of_the_page() {
        let hostile =
            "</dd></main><script>alert('x')</script><img src=x onerror=\"y\">&amp;\u{202e}";
        let study = Study::from(json!({"protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": hostile},
            "statusModule": {"lastUpdatePostDateStruct": {"date": hostile}},
            "conditionsModule": {"conditions": [hostile]},
        }}));
        let html = page(&study, &marks(hostile), Notes::Written);
        for part in ["<script", "<img", "</dd></main", "onerror=\"", "'x'", "\u{202e}"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        for tag in [
            "article",
            "main",
            "header",
            "footer",
            "dl",
            "dt",
            "dd",
            "p",
            "ul",
            "li",
            "h2",
            "blockquote",
            "span",
        ] {
            let count = |text: String| html.matches(&text).count();
            let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
            assert_eq!(opened, count(format!("</{tag}>")), "{tag}");
        }
    }
}
