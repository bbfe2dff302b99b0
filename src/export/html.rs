//! A comparison as one HTML file. It loads no other file and runs no script. All text of a record is escaped.

use std::fmt::Write;

use super::{Report, SAME, SHARED, shared_of};
use crate::compare::{ComparedRow, OverlapPart, Passage, Standing};
use crate::study::NctId;
use crate::text::{Line, Pairing, Span, Tone};

/// What a page may do: show itself, in its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
:root { color-scheme: light dark; --line: #8886; --dim: #666; --left: #fde7c8; --right: #d3f0d8; --head: #f3f3f3 }
@media (prefers-color-scheme: dark) {
  :root { --dim: #aaa; --left: #5a3d10; --right: #1c4a29; --head: #2a2a2a }
}
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em }
table { border-collapse: collapse; border-bottom: 1px solid var(--line); table-layout: fixed; width: 100%; margin-bottom: 1.5em }
th, td { border: 1px solid var(--line); padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { background: var(--head); position: sticky; top: 0 }
.sign { width: 1.6em; text-align: center } .field { width: 14em; font-weight: normal }
.kind { width: 14em } .named { text-align: center; width: 8.5em }
.by, .dim, .none { color: var(--dim) } .by { font-style: italic }
.l { background: var(--left) } .r { background: var(--right) } ins { text-decoration: underline dotted }
.first { border-bottom: 0; padding-bottom: .1em } .part { border-top: 0; border-bottom: 0; padding-top: .1em; padding-bottom: .1em }
p { margin: 0 } .in { margin-left: var(--in) }
@media print { thead th { position: static } }
";

/// The page. Words that only one study has are marked and underlined.
pub fn comparison_html(report: &Report) -> String {
    let title = escaped(&report.title());
    let ids = report.comparison.ids.iter().map(|id| format!("<th>{}</th>", link(id)));
    let ids = ids.collect::<Vec<_>>().concat();
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         <p class=\"dim\">= equal · ≠ differs · ∅ not stated by all</p>\n"
    );
    for (part, rows) in report.parts() {
        let heading = escaped(part.section.title());
        let _ = write!(
            html,
            "<h2>{heading}</h2>\n<table>\n<thead><tr><th class=\"sign\"></th><th class=\"field\">Field</th>{ids}</tr></thead>\n"
        );
        for row in rows {
            push_row(&mut html, report, row);
        }
        html.push_str("</table>\n");
    }
    if report.parts().next().is_none() {
        let _ = writeln!(html, "<p>{SAME}</p>");
    }
    if let Some(overlap) = report.shared() {
        let _ = writeln!(html, "<h2>{SHARED}</h2>");
        overlap.parts.iter().for_each(|part| push_names(&mut html, part, &ids));
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn push_row(html: &mut String, report: &Report, row: &ComparedRow) {
    let by: Vec<_> = report
        .gaps(row)
        .iter()
        .map(|gap| format!("<p class=\"by\">{}</p>", escaped(gap)))
        .collect();
    let (sign, meaning) = (row.verdict.sign(), row.verdict.words());
    let (label, by) = (escaped(row.label), by.concat());
    let rows: Vec<Vec<String>> = report.comparison.columns(row).iter().flat_map(cells).collect();
    let span = if rows.len() > 1 { format!(" rowspan=\"{}\"", rows.len()) } else { String::new() };
    let _ = write!(
        html,
        "<tr><td class=\"sign\" title=\"{meaning}\"{span}>{sign}</td><th class=\"field\"{span}>{label}{by}</th>"
    );
    for (place, cells) in rows.iter().enumerate() {
        let begin = if place == 0 { "" } else { "<tr>" };
        html.push_str(begin);
        for (value, cell) in row.values.iter().zip(cells) {
            let class = match (value.is_stated(), rows.len(), place) {
                (false, _, _) => " class=\"none\"",
                (true, 1, _) => "",
                (true, _, 0) => " class=\"first\"",
                (true, _, _) => " class=\"part\"",
            };
            let _ = write!(html, "<td{class}>{cell}</td>");
        }
        html.push_str("</tr>\n");
    }
}

/// The cells of a passage in rows of the table: what stands side by side belongs together.
fn cells(passage: &Passage) -> Vec<Vec<String>> {
    let lines = |lines: &[Line]| lines.iter().map(line).collect::<Vec<_>>().concat();
    let Passage { standing, cells, pairing } = passage;
    match (standing, pairing) {
        (Standing::Only(_), _) | (_, Pairing::Free) => {
            vec![cells.iter().map(|cell| lines(cell)).collect()]
        }
        (_, Pairing::LineByLine) => {
            let longest = cells.iter().map(Vec::len).max().unwrap_or(0);
            let part = |place: usize| {
                let at = |cell: &Vec<Line>| cell.get(place).map_or(String::new(), line);
                cells.iter().map(at).collect()
            };
            (0..longest).map(part).collect()
        }
    }
}

fn push_names(html: &mut String, part: &OverlapPart, ids: &str) {
    let ids = ids.replace("<th>", "<th class=\"named\">");
    let (label, shared) = (escaped(part.label), shared_of(part));
    let _ = writeln!(
        html,
        "<table>\n<thead><tr><th>{label} <span class=\"dim\">{shared}</span></th>{ids}</tr></thead>"
    );
    for row in &part.rows {
        let sign = |named: &bool| if *named { "●" } else { "" };
        let signs =
            row.named.iter().map(|named| format!("<td class=\"named\">{}</td>", sign(named)));
        let signs: String = signs.collect();
        let _ = writeln!(html, "<tr><td>{}</td>{signs}</tr>", escaped(&row.name()));
    }
    html.push_str("</table>\n");
}

/// The id, leading to the registry's page where it is one.
fn link(id: &str) -> String {
    let shown = escaped(id);
    match id.parse::<NctId>() {
        Ok(id) => format!("<a href=\"{}\">{shown}</a>", escaped(&id.url())),
        Err(_) => shown,
    }
}

fn line(line: &Line) -> String {
    let text: Vec<_> = line.spans.iter().map(span).collect();
    let (marker, text) = (escaped(&line.marker), text.concat());
    match line.indent {
        _ if line.spans.is_empty() => "<p>&nbsp;</p>".to_owned(),
        0 => format!("<p>{marker}{text}</p>"),
        indent => format!("<p class=\"in\" style=\"--in:{indent}ch\">{marker}{text}</p>"),
    }
}

fn span(span: &Span) -> String {
    let text = escaped(&span.text);
    match span.tone {
        Tone::Strong | Tone::Heading => format!("<strong>{text}</strong>"),
        Tone::Emphasis => format!("<em>{text}</em>"),
        Tone::Code => format!("<code>{text}</code>"),
        Tone::Dim | Tone::Label => format!("<span class=\"dim\">{text}</span>"),
        Tone::Removed => format!("<ins class=\"l\">{text}</ins>"),
        Tone::Added => format!("<ins class=\"r\">{text}</ins>"),
        _ => text,
    }
}

/// The text with everything that HTML takes for its own as references.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::export::Rows;
    use crate::study::Study;

    #[test]
    fn a_record_cannot_become_a_part_of_the_page() {
        let study = |text: &str| {
            Study::from(json!({"protocolSection": {
                "identificationModule": {"nctId": text, "briefTitle": text},
                "conditionsModule": {"conditions": [text]},
            }}))
        };
        let hostile = "</td><script>alert('x')</script><img src=x onerror=\"y\">&amp;";
        let html = comparison_html(&Report::new(&[&study(hostile), &study("x")], Rows::All));
        for part in ["<script", "<img", "</td><s", "onerror=\"", "'x'"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)"), "{html}");
        for tag in ["table", "tr", "td", "th", "p", "ins", "h2", "thead"] {
            let count = |text: String| html.matches(&text).count();
            let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
            assert_eq!(opened, count(format!("</{tag}>")), "{tag}");
        }
    }

    #[test]
    fn ids_lead_to_the_registry() {
        assert_eq!(
            link("NCT00000102"),
            "<a href=\"https://clinicaltrials.gov/study/NCT00000102\">NCT00000102</a>"
        );
        assert_eq!(link("javascript:x"), "javascript:x");
    }
}
