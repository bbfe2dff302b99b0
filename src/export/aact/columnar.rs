//! A table as a Parquet file, for tools that read columns.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::Sink;
use super::cell::{Cell, Kind};
use super::table::Table;
use crate::export::writing::Origin;
use crate::study::calendar::Span;

/// So many rows are written at once.
const BATCH: usize = 20_000;

/// The file while it is written.
pub(super) struct ParquetFile {
    writer: SerializedFileWriter<Box<dyn Write + Send>>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<Cell>>,
}

impl ParquetFile {
    pub(super) fn new(
        file: Box<dyn Write + Send>,
        table: &Table,
        origin: &Origin,
    ) -> io::Result<Self> {
        let column = |(name, kind): (&str, Kind)| match kind {
            Kind::Text => format!("optional binary {name} (UTF8);"),
            Kind::Integer => format!("optional int64 {name};"),
            Kind::Number => format!("optional double {name};"),
            Kind::Boolean => format!("optional boolean {name};"),
            Kind::Date => format!("optional int32 {name} (DATE);"),
        };
        let columns = || table.columns().map(|column| (column.name, column.kind));
        let fields: String = columns().map(column).collect();
        let schema = format!("message {} {{ {fields} }}", table.name);
        let schema = parse_message_type(&schema).map_err(io::Error::other)?;
        let origin = KeyValue::new("origin".to_owned(), origin.in_words());
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(format!("trialdex {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![origin]))
            .build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
            .map_err(io::Error::other)?;
        Ok(Self { writer, kinds: columns().map(|(_, kind)| kind).collect(), rows: Vec::new() })
    }

    /// Writes the rows that wait as a group.
    fn write(&mut self) -> parquet::errors::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (place, kind) in self.kinds.iter().enumerate() {
            let Some(mut column) = group.next_column()? else { break };
            let cells = || rows.iter().map(|row| &row[place]);
            // 1 where something is stated, 0 where nothing is.
            let stated: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Null)).collect();
            let stated = Some(stated.as_slice());
            match kind {
                Kind::Text => {
                    let text = |cell: &Cell| match cell {
                        Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                        _ => None,
                    };
                    let values: Vec<ByteArray> = cells().filter_map(text).collect();
                    column.typed::<ByteArrayType>().write_batch(&values, stated, None)?;
                }
                Kind::Integer => {
                    let integer = |cell: &Cell| match cell {
                        Cell::Integer(number) => Some(*number),
                        _ => None,
                    };
                    let values: Vec<i64> = cells().filter_map(integer).collect();
                    column.typed::<Int64Type>().write_batch(&values, stated, None)?;
                }
                Kind::Number => {
                    let number = |cell: &Cell| match cell {
                        Cell::Number(number) => Some(*number),
                        _ => None,
                    };
                    let values: Vec<f64> = cells().filter_map(number).collect();
                    column.typed::<DoubleType>().write_batch(&values, stated, None)?;
                }
                Kind::Boolean => {
                    let boolean = |cell: &Cell| match cell {
                        Cell::Boolean(is_so) => Some(*is_so),
                        _ => None,
                    };
                    let values: Vec<bool> = cells().filter_map(boolean).collect();
                    column.typed::<BoolType>().write_batch(&values, stated, None)?;
                }
                Kind::Date => {
                    // Days since 1970.
                    let day = |cell: &Cell| match cell {
                        Cell::Date(date) => Some(Span::of(*date).last.0),
                        _ => None,
                    };
                    let values: Vec<i32> = cells().filter_map(day).collect();
                    column.typed::<Int32Type>().write_batch(&values, stated, None)?;
                }
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Sink for ParquetFile {
    fn push(&mut self, row: &[Cell]) -> io::Result<()> {
        self.rows.push(row.to_vec());
        if self.rows.len() >= BATCH { self.write().map_err(io::Error::other) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write().map_err(io::Error::other)?;
        self.writer.finish().map(|_| ()).map_err(io::Error::other)
    }
}
