//! Markdown with tables as GitHub reads them. Signs of a record that mean something in Markdown are escaped.

use std::fmt::Write;

use super::{Report, SAME, SHARED};
use crate::study::results::Module;
use crate::study::{Detail, FieldValue, Item, Study, document};
use crate::text::{Align, Head, Line, Span, Table, Tone, addresses};

const ID: &str = "protocolSection.identificationModule.nctId";
const TITLE: &str = "protocolSection.identificationModule.briefTitle";

/// The study in reading order: sections as headings, long values under headings of their own.
pub fn markdown(study: &Study) -> String {
    let title = [ID, TITLE].iter().filter_map(|path| study.text(path));
    let mut blocks = vec![format!("# {}", escaped(&title.collect::<Vec<_>>().join(" · ")))];
    for part in document(study).sections {
        blocks.push(format!("## {}", part.section.title()));
        for detail in part.details {
            blocks.push(match detail.value {
                FieldValue::Posted { module, .. } => results(&detail, module, study),
                _ => self::detail(&detail),
            });
        }
    }
    format!("{}\n", blocks.join("\n\n"))
}

/// The tables of posted results, each under its title and its notes.
fn results(posted: &Detail, module: Module, study: &Study) -> String {
    let mut blocks = vec![detail(posted)];
    blocks.extend(module.notes(study).iter().chain(&module.groups(study)).map(detail));
    for source in module.sources(study) {
        let posted = source.table(usize::MAX);
        blocks.push(format!("### {}", escaped(&posted.title)));
        blocks.extend(posted.notes.iter().chain(&posted.details).map(detail));
        blocks.extend((!posted.table.rows.is_empty()).then(|| cells(&posted.table)));
        blocks.extend(posted.remarks.iter().map(detail));
    }
    blocks.join("\n\n")
}

fn cells(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let cell = |cell: &str| {
        let words = cell.trim_start();
        format!("{}{}", "&nbsp;".repeat(cell.len() - words.len()), escaped(words))
    };
    let rule = |head: &Head| match head.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    };
    let titles = row(table.head.iter().map(|head| escaped(&head.title)).collect());
    let rule = row(table.head.iter().map(rule).collect());
    let rows = table.rows.iter().map(|cells| {
        let cells = (0..table.head.len()).map(|index| cells.get(index).map_or("", String::as_str));
        row(cells.map(cell).collect())
    });
    [titles, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// A table for each section: sign, field, a column for each study, one row for each thing that both have and
/// for each that only one has; then what they share. Words that only
/// one of two studies has are underlined where the texts are much alike.
pub fn comparison_markdown(report: &Report) -> String {
    let ids: Vec<_> = report.comparison.ids.iter().map(|id| escaped(id)).collect();
    let rule = "---|".repeat(ids.len());
    let ids = ids.join(" | ");
    let origin = report.origin.in_words();
    let origin = if origin.is_empty() {
        origin
    } else {
        format!("<!-- {} -->\n\n", origin.replace("--", "- -"))
    };
    let mut text = format!("{origin}# {}\n", escaped(&report.title()));
    for (part, rows) in report.parts() {
        let heading = part.section.title();
        let _ = write!(text, "\n## {heading}\n\n| | Field | {ids} |\n|---|---|{rule}\n");
        for row in rows {
            let gaps = report.gaps(row).into_iter().map(|gap| format!("<br>*{}*", escaped(&gap)));
            let mut label = format!("{}{}", row.label, gaps.collect::<String>());
            let mut sign = row.verdict.sign().to_string();
            for passage in report.comparison.columns(row) {
                let cells: Vec<_> = passage.cells.iter().map(|cell| self::cell(cell)).collect();
                let _ = writeln!(text, "| {sign} | {label} | {} |", cells.join(" | "));
                (sign, label) = (String::new(), String::new());
            }
        }
    }
    if report.parts().next().is_none() {
        let _ = writeln!(text, "\n{SAME}");
    }
    if let Some(overlap) = report.shared() {
        let _ = write!(text, "\n## {SHARED}\n\n| Kind | Name | {ids} |\n|---|---|{rule}\n");
        for part in &overlap.parts {
            for row in &part.rows {
                let signs: Vec<_> =
                    row.named.iter().map(|named| if *named { "●" } else { "" }).collect();
                let name = escaped(&row.name());
                let _ = writeln!(text, "| {} | {name} | {} |", part.label, signs.join(" | "));
            }
        }
    }
    text
}

fn cell(lines: &[Line]) -> String {
    let line = |line: &Line| {
        let indent = "&nbsp;".repeat(line.indent);
        format!("{indent}{}{}", escaped(&line.marker), spans(&line.spans))
    };
    let lines = lines.iter().skip_while(|line| line.spans.is_empty());
    lines.map(line).collect::<Vec<_>>().join("<br>")
}

/// A short value behind its label, a long one under it.
fn detail(detail: &Detail) -> String {
    let label = escaped(&detail.label);
    let lines = detail.lines();
    match (label.is_empty(), lines.len()) {
        (true, _) => value(&detail.value),
        (false, 0 | 1) => {
            let text =
                detail.value.lines().iter().map(|line| spans(&line.spans)).collect::<String>();
            format!("**{label}:** {text}")
        }
        (false, _) => format!("**{label}**\n\n{}", value(&detail.value)),
    }
}

fn value(value: &FieldValue) -> String {
    match value {
        FieldValue::Items(items) => items.iter().map(item).collect::<Vec<_>>().join("\n"),
        other => paragraphs(&other.lines()),
    }
}

fn item(item: &Item) -> String {
    let title = format!("**{}**", escaped(&item.title()));
    let blocks: Vec<_> = std::iter::once(title).chain(item.details.iter().map(detail)).collect();
    format!("- {}", blocks.join("\n\n").replace('\n', "\n  ").replace("\n  \n", "\n\n"))
}

/// Lines that are list items under one another, others as paragraphs.
fn paragraphs(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut before = "";
    for line in lines.iter().filter(|line| !line.spans.is_empty()) {
        let in_list = !before.is_empty() && !line.marker.is_empty();
        text.push_str(match (text.is_empty(), in_list) {
            (true, _) => "",
            (false, true) => "\n",
            (false, false) => "\n\n",
        });
        let marker = match line.marker.as_str() {
            "" => String::new(),
            "• " => "- ".to_owned(),
            number if number.trim_end().ends_with('.') => number.to_owned(),
            other => format!("- {}", escaped(other)),
        };
        let indent = if marker.is_empty() { 0 } else { line.indent / 2 * 4 };
        let _ = write!(text, "{}{marker}{}", " ".repeat(indent), spans(&line.spans));
        before = &line.marker;
    }
    text
}

fn spans(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        let escaped = escaped(&span.text);
        let (open, close) = match span.tone {
            Tone::Strong | Tone::Heading => ("**", "**"),
            Tone::Emphasis | Tone::Dim => ("*", "*"),
            Tone::Added | Tone::Removed => ("<ins>", "</ins>"),
            _ => ("", ""),
        };
        // Signs of emphasis must touch the words.
        let words = escaped.trim();
        if words.is_empty() {
            text.push_str(&escaped);
        } else {
            text.push_str(&escaped.replacen(words, &format!("{open}{words}{close}"), 1));
        }
    }
    text
}

/// The text with a backslash before every sign that Markdown could take for its own; addresses stand between `<` and `>`,
/// as they are.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let digits = text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let (mut addresses, mut inside) = (addresses(text).into_iter().peekable(), 0);
    for (place, char) in text.char_indices() {
        if let Some(address) = addresses.next_if(|address| address.start == place) {
            let _ = write!(escaped, "<{}>", linked(&text[address.clone()]));
            inside = address.end;
        }
        if place < inside {
            continue;
        }
        let special = match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => true,
            '#' | '+' | '-' | '=' => place == 0,
            '.' | ')' => place == digits && digits > 0,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// An address as it may stand in a link of Markdown, also within a table: what would end either is written as its code.
fn linked(address: &str) -> String {
    address.replace('|', "%7C").replace('\\', "%5C").replace('`', "%60")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_escaped() {
        for (text, shown) in [
            ("a*b_c", r"a\*b\_c"),
            ("<script>", r"\<script\>"),
            ("a | b", r"a \| b"),
            ("1. of 2.5", r"1\. of 2.5"),
            ("# 1", r"\# 1"),
            ("- a-b", r"\- a-b"),
            ("[x](javascript:y)", r"\[x\](javascript:y)"),
            ("R&D &amp;", r"R\&D \&amp;"),
            ("2.5", r"2\.5"),
            ("see https://a.example/x_y?a=1&b=*|.", r"see <https://a.example/x_y?a=1&b=*%7C>."),
            ("(http://a.example/_)", r"(<http://a.example/_>)"),
            ("http://", "http://"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn tables_are_tables() {
        let head = vec![Head::words("Event"), Head::numbers("A|B")];
        let rows = vec![vec!["  Nausea".to_owned(), "1 [a]".to_owned()], vec!["Short".to_owned()]];
        let lines = [
            r"| Event | A\|B |",
            "| --- | ---: |",
            r"| &nbsp;&nbsp;Nausea | 1 \[a\] |",
            "| Short |  |",
        ];
        assert_eq!(cells(&Table { head, rows }), lines.join("\n"));
    }

    #[test]
    fn lists_nest_and_paragraphs_stand_apart() {
        let line = |indent, marker: &str, text: &str| Line {
            marker: marker.to_owned(),
            ..Line::plain(text).indented(indent)
        };
        let lines = [
            line(0, "", "one"),
            Line::empty(),
            line(0, "1. ", "two"),
            line(2, "• ", "three"),
            line(0, "a) ", "four"),
            line(0, "", "five"),
        ];
        assert_eq!(paragraphs(&lines), "one\n\n1. two\n    - three\n- a) four\n\nfive");
    }

    #[test]
    fn emphasis_touches_the_words() {
        let toned = |text: &str, tone| Span { text: text.to_owned(), tone };
        let row = [toned("a", Tone::Plain), toned(" b ", Tone::Strong), toned(" ", Tone::Emphasis)];
        assert_eq!(spans(&row), "a **b**  ");
    }
}
