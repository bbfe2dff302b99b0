//! A search record to be read by people. At its end stands the whole of it as JSON, so that it can be repeated.

use std::io::{self, Write};

use super::{RecordedFile, SearchRecord};
use crate::text::{clean_line, grouped};

const BEGIN: &str = "```json\n";
const END: &str = "\n```";

/// The JSON at the end of a record in this form.
pub(super) fn json_in(text: &str) -> Option<&str> {
    let begin = text.rfind(BEGIN)? + BEGIN.len();
    let end = text[begin..].rfind(END)?;
    Some(&text[begin..begin + end])
}

/// A text in a line of code, whatever signs stand in it.
fn code(text: &str) -> String {
    let text = clean_line(text);
    if text.is_empty() {
        return "(everything)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{blank}{text}{blank}{ticks}")
}

/// The same in a cell of a table.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

pub(super) fn write(record: &SearchRecord, out: &mut dyn Write) -> io::Result<()> {
    let SearchRecord { source, query, .. } = record;
    writeln!(out, "# Search record\n")?;
    writeln!(out, "{}\n", statement(record))?;
    writeln!(out, "- Searched: {} with {}", record.date, record.program)?;
    let data = [
        Some(format!("{} studies", grouped(source.studies))),
        (source.skipped > 0).then(|| format!("{} records skipped", grouped(source.skipped))),
        (source.replaced > 0).then(|| {
            format!("{} older records of the same studies left out", grouped(source.replaced))
        }),
        source.newest_update.as_ref().map(|date| format!("newest update {date}")),
        source.version_holder.as_ref().map(|date| format!("given out by the registry on {date}")),
    ];
    let data: Vec<String> = data.into_iter().flatten().collect();
    writeln!(out, "- Data: {}: {}", clean_line(&source.name), data.join(", "))?;
    for RecordedFile { path, bytes, sha256 } in &source.files {
        writeln!(out, "  - {}, {} bytes, SHA-256 {sha256}", code(path), grouped(*bytes))?;
    }
    writeln!(out, "- Query as typed: {}", code(&query.as_typed))?;
    writeln!(out, "- Query in canonical form: {}", code(&query.canonical))?;
    let reading = if query.exact {
        "to the letter"
    } else {
        "with other spellings and names; what they brought is listed below"
    };
    writeln!(out, "- Words were read {reading}")?;
    if let Some(collection) = &query.collection {
        writeln!(out, "- Marks asked: those of the collection {}", code(collection))?;
    }
    writeln!(out, "- Found: {}\n", grouped(record.total))?;
    writeln!(out, "## Strategy\n\n| line | query | studies |\n|---:|---|---:|")?;
    for line in &record.lines {
        writeln!(out, "| #{} | {} | {} |", line.number, cell(&line.query), grouped(line.studies))?;
    }
    if !record.read_as.is_empty() || !record.added.is_empty() || !record.passed_over.is_empty() {
        writeln!(out, "\n## How words were read\n")?;
    }
    for read in &record.read_as {
        writeln!(out, "- {} was read as {}", code(&read.typed), code(&read.term))?;
    }
    for added in &record.added {
        let (typed, name, studies) =
            (code(&added.typed), code(&added.name), grouped(added.studies));
        writeln!(out, "- {typed} also found {name} ({}): {studies} by this alone", added.how)?;
    }
    for word in &record.passed_over {
        writeln!(out, "- Nothing was looked for: {}", code(word))?;
    }
    if !record.limits.is_empty() {
        writeln!(out, "\n## Limits\n")?;
    }
    for limit in &record.limits {
        writeln!(out, "- {}", clean_line(limit))?;
    }
    writeln!(out, "\n## Studies\n")?;
    for study in &record.studies {
        let updated = study.updated.as_deref().unwrap_or("not stated");
        writeln!(out, "- {}, updated {updated}", study.id)?;
    }
    writeln!(out, "\n## To repeat it\n\n`trialdex search --from-record` reads what follows.\n")?;
    writeln!(out, "{BEGIN}{}{END}", record.json())
}

/// One sentence for the methods section.
fn statement(record: &SearchRecord) -> String {
    let SearchRecord { source, query, .. } = record;
    let given_out = source.version_holder.as_ref().or(source.newest_update.as_ref());
    let state = given_out.map(|date| format!(", data of {date}")).unwrap_or_default();
    format!(
        "On {}, {} ({} studies{state}) was searched with {} for {}, which found {} studies.",
        record.date,
        clean_line(&source.name),
        grouped(source.studies),
        record.program,
        code(&query.canonical),
        grouped(record.total),
    )
}
