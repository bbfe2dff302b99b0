//! Counts as tables to read: a bar for each group, or one field against another.

use std::io::{self, Write};

use crate::search::Distribution;
use crate::search::stats::{CrossTable, Group};
use crate::store::Store;
use crate::text;
use crate::worker::terminal;

/// The longest bar.
const BAR: usize = 30;
/// The most columns of a terminal that the name of a row has, and that of a column.
const ROW: usize = 40;
const COLUMN: usize = 16;
/// How wide a line is where there is no terminal.
const WIDE: usize = 200;

/// A part for each distribution, with an empty line between them.
pub(super) fn write(store: &Store, all: &[Distribution], out: &mut dyn Write) -> io::Result<()> {
    for (place, counted) in all.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {} trials", heading(counted), grouped(counted.studies))?;
        let bars: Vec<(String, u32)> =
            counted.bars().map(|(group, n)| (label(store, counted, group, ROW), n)).collect();
        let width = bars.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0);
        let most = bars.iter().map(|&(_, studies)| studies).max().unwrap_or(0).max(1);
        let digits = grouped(most).len();
        let before = width + digits + 13;
        let room = terminal::columns().unwrap_or(WIDE).saturating_sub(before).min(BAR);
        for (label, studies) in &bars {
            let bar = (*studies as usize * room).div_ceil(most as usize);
            let count = format!("{:>digits$}  {:>5}", grouped(*studies), counted.share(*studies));
            let line = format!("  {}  {count}  {}", text::pad(label, width), "█".repeat(bar));
            writeln!(out, "{}", line.trim_end())?;
        }
        if counted.others > 0 {
            writeln!(out, "  and {} more; --limit N lists more", grouped(counted.others as u32))?;
        }
        if let Some(quartiles) = counted.quartiles {
            writeln!(out, "  {quartiles}; {} trials state it", grouped(quartiles.studies))?;
        }
    }
    Ok(())
}

/// The groups of the first field below each other, those of the second beside each other, as many as there is room for.
pub(super) fn write_cross(
    store: &Store,
    cross: &CrossTable,
    out: &mut dyn Write,
) -> io::Result<()> {
    let CrossTable { rows, columns, .. } = cross;
    let all = grouped(rows.studies);
    writeln!(out, "{} × {}: {all} trials", heading(rows), heading(columns))?;
    let labels = |counted: &Distribution, most| -> Vec<(Option<Group>, String)> {
        let groups = counted.bars().map(|(group, _)| group);
        groups.map(|group| (group, label(store, counted, group, most))).collect()
    };
    let (row_labels, mut column_labels) = (labels(rows, ROW), labels(columns, COLUMN));
    let first = row_labels.iter().map(|(_, label)| text::width(label)).max().unwrap_or(0);
    let width = |label: &str| text::width(label).max(all.len()) + 2;
    // What is not stated stays, and so does the column of all.
    let last = column_labels.pop();
    let fixed =
        2 + first + last.iter().map(|(_, label)| width(label)).sum::<usize>() + width("all");
    let mut room = terminal::columns().unwrap_or(WIDE).saturating_sub(fixed);
    let fitting = column_labels.iter().take_while(|(_, label)| {
        let fits = width(label) <= room;
        room = room.saturating_sub(width(label));
        fits
    });
    let fitting = fitting.count();
    let left_out = column_labels.len() - fitting + columns.others;
    column_labels.truncate(fitting);
    column_labels.extend(last);
    let mut line = " ".repeat(2 + first);
    for (_, label) in &column_labels {
        line.push_str(&right(label, width(label)));
    }
    writeln!(out, "{line}{}", right("all", width("all")))?;
    for ((row, label), (_, total)) in row_labels.iter().zip(rows.bars()) {
        line = format!("  {}", text::pad(label, first));
        for (column, label) in &column_labels {
            line.push_str(&right(&grouped(cross.studies(*row, *column)), width(label)));
        }
        writeln!(out, "{line}{}", right(&grouped(total), width("all")))?;
    }
    line = format!("  {}", text::pad("all", first));
    for (column, label) in &column_labels {
        let total = columns.bars().find(|(group, _)| group == column).map_or(0, |(_, n)| n);
        line.push_str(&right(&grouped(total), width(label)));
    }
    writeln!(out, "{line}{}", right(&all, width("all")))?;
    for (others, what) in [(rows.others, "rows"), (left_out, "columns")] {
        if others > 0 {
            let others = grouped(others as u32);
            writeln!(out, "  and {others} more {what}; --format csv has all")?;
        }
    }
    Ok(())
}

fn heading(counted: &Distribution) -> String {
    let several = if counted.is_of_several() { " (a trial can count several times)" } else { "" };
    format!("{}{several}", counted.by.label())
}

fn label(store: &Store, counted: &Distribution, group: Option<Group>, most: usize) -> String {
    text::cut(&counted.label(store, group), most).into_owned()
}

fn right(label: &str, width: usize) -> String {
    format!("{}{label}", " ".repeat(width.saturating_sub(text::width(label))))
}

fn grouped(count: u32) -> String {
    text::grouped(u64::from(count))
}
