//! Pages of HTML, each one file that needs nothing else. Here: a comparison. All text of a record is escaped.

pub(super) mod frame;
mod studies;

pub(super) use studies::{article, begin, end};

use std::fmt::Write;

use super::{Report, SAME, SHARED, shared_of};
use crate::compare::{ComparedRow, OverlapPart, Passage, Standing};
use crate::text::{Line, Pairing, Span, Tone};
use frame::{escaped, link};

/// The page. Words that only one study has are marked and underlined.
pub fn comparison_html(report: &Report) -> String {
    let ids = report.comparison.ids.iter();
    let ids = ids.map(|id| format!("<th scope=\"col\">{}</th>", link(id)));
    let ids = ids.collect::<Vec<_>>().concat();
    let mut html = frame::begin(&report.title());
    html.push_str(
        "<p class=\"dim\">= equal · ≠ differs · ∅ not stated by all</p>\n</header>\n<main>\n",
    );
    for (part, rows) in report.parts() {
        let heading = escaped(part.section.title());
        let _ = write!(
            html,
            "<h2>{heading}</h2>\n{}\n<thead><tr><th class=\"sign\" scope=\"col\"><span class=\"unseen\">Verdict</span></th>\
             <th class=\"field\" scope=\"col\">Field</th>{ids}</tr></thead>\n",
            table(report, &heading)
        );
        for row in rows {
            push_row(&mut html, report, row);
        }
        html.push_str("</table></div>\n");
    }
    if report.parts().next().is_none() {
        let _ = writeln!(html, "<p>{SAME}</p>");
    }
    if let Some(overlap) = report.shared() {
        let _ = writeln!(html, "<h2>{SHARED}</h2>");
        overlap.parts.iter().for_each(|part| push_names(&mut html, report, part, &ids));
    }
    html + &frame::end("", &report.origin)
}

/// The beginning of a table, which scrolls sideways where the screen is narrow.
fn table(report: &Report, label: &str) -> String {
    let columns = report.comparison.ids.len();
    format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table style=\"--n:{columns}\">"
    )
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
        "<tr><td class=\"sign\" title=\"{meaning}\"{span}><span aria-hidden=\"true\">{sign}</span>\
         <span class=\"unseen\">{meaning}</span></td><th class=\"field\" scope=\"row\"{span}>{label}{by}</th>"
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

fn push_names(html: &mut String, report: &Report, part: &OverlapPart, ids: &str) {
    let ids = ids.replace("<th ", "<th class=\"named\" ");
    let (label, shared) = (escaped(part.label), shared_of(part));
    let _ = writeln!(
        html,
        "{}\n<thead><tr><th scope=\"col\">{label} <span class=\"dim\">{shared}</span></th>{ids}</tr></thead>",
        table(report, &label)
    );
    for row in &part.rows {
        let sign = |named: &bool| match named {
            true => "<span aria-hidden=\"true\">●</span><span class=\"unseen\">yes</span>",
            false => "",
        };
        let signs =
            row.named.iter().map(|named| format!("<td class=\"named\">{}</td>", sign(named)));
        let signs: String = signs.collect();
        let _ = writeln!(html, "<tr><th scope=\"row\">{}</th>{signs}</tr>", escaped(&row.name()));
    }
    html.push_str("</table></div>\n");
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
        for tag in [
            "table", "tr", "td", "th", "p", "ins", "h2", "thead", "div", "span", "main", "header",
            "footer",
        ] {
            let count = |text: String| html.matches(&text).count();
            let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
            assert_eq!(opened, count(format!("</{tag}>")), "{tag}");
        }
    }
}
