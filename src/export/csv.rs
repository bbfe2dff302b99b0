//! CSV for spreadsheets, as in RFC 4180. An apostrophe is put before a cell that a spreadsheet could run as a formula.

use std::borrow::Cow;

use csv::WriterBuilder;

use super::{Report, heading, value, verdict};

/// A row for each field, or for each entry of a field that is a list: section, field, verdict, by how much, a
/// column for each study, which is empty where the study has nothing; then a row for each name, with the words
/// of what they share in place of the verdict.
pub fn comparison_csv(report: &Report) -> String {
    let ids = report.comparison.ids.iter().map(String::as_str);
    let titles = ["section", "field", "verdict", "difference"].into_iter().chain(ids);
    let mut table = Table::new(titles, Cells::Harmless);
    for (part, rows) in report.parts() {
        for row in rows {
            let mut by = report.gaps(row).join("\n");
            let mut field = row.label.to_owned();
            for passage in &row.passages {
                let Some(verdict) = verdict(passage) else {
                    field = format!("{}: {}", row.label, heading(passage));
                    continue;
                };
                let cells = passage.cells.iter().map(|cell| value(cell, passage.pairing));
                let cells: Vec<_> = cells.collect();
                let by = std::mem::take(&mut by);
                let first = [part.section.title(), &field, verdict, &by];
                table.push(first.into_iter().chain(cells.iter().map(String::as_str)));
            }
        }
    }
    for part in report.shared().into_iter().flat_map(|overlap| &overlap.parts) {
        for row in &part.rows {
            let verdict = format!("named by {} of {}", row.count(), row.named.len());
            let signs = row.named.iter().map(|named| if *named { "yes" } else { "" });
            let first = [super::SHARED, part.label, &verdict, &row.name()];
            table.push(first.into_iter().chain(signs));
        }
    }
    table.finish()
}

/// One row, for a spreadsheet.
pub fn csv_row<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    Table::new(cells, Cells::Harmless).take()
}

/// One row for a tool, with tabs between its cells.
pub fn tsv_row<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    Table::new(cells, Cells::Tabs).take()
}

/// How the cells of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// For a spreadsheet: none of them is run as a formula.
    Harmless,
    /// For a tool: as they are.
    Exact,
    /// The same between tabs, each on one line.
    Tabs,
}

/// Rows of equal length.
pub(super) struct Table {
    writer: csv::Writer<Vec<u8>>,
    cells: Cells,
}

impl Table {
    pub(super) fn new<'a>(heading: impl Iterator<Item = &'a str>, cells: Cells) -> Self {
        let mut table = Self { writer: cells.writer(), cells };
        table.push(heading);
        table
    }

    pub(super) fn push<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let cells: Vec<_> = cells.map(|cell| self.cells.cell(cell)).collect();
        let cells = cells.iter().map(|cell| cell.as_bytes());
        let written = self.writer.write_record(cells);
        written.expect("rows are equally long, and memory takes all of them");
    }

    /// What was pushed since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let full = std::mem::replace(&mut self.writer, self.cells.writer());
        full.into_inner().expect("memory takes everything")
    }

    pub(super) fn finish(mut self) -> String {
        String::from_utf8(self.take()).expect("only text was written")
    }
}

impl Cells {
    fn writer(self) -> csv::Writer<Vec<u8>> {
        let delimiter = if self == Self::Tabs { b'\t' } else { b',' };
        WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new())
    }

    fn cell(self, cell: &str) -> Cow<'_, str> {
        match self {
            Self::Harmless => harmless(cell),
            Self::Tabs if cell.contains(['\n', '\r', '\t']) => {
                Cow::Owned(cell.replace(['\n', '\r', '\t'], " "))
            }
            Self::Exact | Self::Tabs => Cow::Borrowed(cell),
        }
    }
}

/// Whether a spreadsheet could run a cell as a formula.
pub fn is_formula(cell: &str) -> bool {
    // Some spreadsheets take the full-width forms too.
    cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n'])
}

/// The cell, an apostrophe before what begins as formulas do.
fn harmless(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let mut table = Table::new(["a", "b"].into_iter(), Cells::Harmless);
        for cells in [
            ["plain", "with, comma"],
            ["a \"quote\"", "two\nlines"],
            ["=1+1", "+49 30"],
            ["-1", "@cmd"],
            ["  =x", "a=b"],
            ["＝1+1", "\u{3000}＠x"],
            ["＋49 30", "－1"],
            ["", "– dash"],
        ] {
            table.push(cells.into_iter());
        }
        let expected = "a,b\nplain,\"with, comma\"\n\"a \"\"quote\"\"\",\"two\nlines\"\n'=1+1,'+49 30\n'-1,'@cmd\n'  =x,a=b\n'＝1+1,'\u{3000}＠x\n'＋49 30,'－1\n,– dash\n";
        assert_eq!(table.finish(), expected);
    }
}
