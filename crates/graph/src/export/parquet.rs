//! Parquet: one file a table, compressed with Snappy, one row group for 100,000 rows.
//!
//! | file | a row is | columns |
//! |---|---|---|
//! | `entities.parquet` | an entity | [`table::ENTITY`] |
//! | `claims.parquet` | a claim, with its participants, axes, circumstances and first sentence | [`table::CLAIM`] |
//! | `evidence.parquet` | words behind a claim (`role`: sentence, trigger, subject, object) | [`table::EVIDENCE`] |
//! | `mentions.parquet` | words that refer to an entity | [`table::MENTION`] |
//! | `events.parquet` | a happening with its PLOVER code | [`table::EVENT`] |
//! | `documents.parquet` | an article with its text, which the offsets cut | [`table::DOCUMENT`] |
//!
//! Texts are `STRING`, days `DATE`, numbers `DOUBLE` and `INT64`, lists the three-level `LIST` of strings;
//! every column may be null. `begin` and `end` are code points of the article's text, half-open. Columns
//! are written as they are, without Arrow, which would make the build much longer.

use super::data::Data;
use super::table::{self, Cell, Column, Kind};
use super::{ExportReport, GraphError, file, make_folder};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::io;
use std::path::Path;
use std::sync::Arc;
use temoin_model::Date;

/// Rows of a group, in memory as cells at a time.
const ROWS: usize = 100_000;

pub(super) fn write(data: &Data, path: &Path, report: &mut ExportReport) -> std::result::Result<(), GraphError> {
    make_folder(path)?;
    let claims = &data.claims;
    let mentions = data.mentions();
    let mut table = |name: &'static str, columns: &[Column], rows: &mut dyn Iterator<Item = Vec<Cell>>| {
        file(path, &format!("{name}.parquet"), |out| {
            let (bytes, n) = table_bytes(name, columns, rows).map_err(io::Error::other)?;
            report.wrote(name, n);
            out.write_all(&bytes)
        })
    };
    table("entities", &table::ENTITY, &mut claims.entities.iter().map(table::entity))?;
    table("claims", &table::CLAIM, &mut claims.claims.iter().map(|c| table::claim(data, c)))?;
    table("evidence", &table::EVIDENCE, &mut claims.claims.iter().flat_map(|c| table::pieces(data, c)))?;
    table("events", &table::EVENT, &mut data.events.iter().map(table::event))?;
    let texts = claims.documents.iter().zip(&data.texts);
    table("documents", &table::DOCUMENT, &mut texts.map(|(d, text)| table::document(d, text)))?;
    table("mentions", &table::MENTION, &mut mentions.into_iter().map(table::mention))
}

/// A table as a file (the library's writer must own what it writes to), and its number of rows.
fn table_bytes(name: &str, columns: &[Column], rows: &mut dyn Iterator<Item = Vec<Cell>>) -> Result<(Vec<u8>, usize)> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("temoin {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema(name, columns)?, Arc::new(properties))?;
    let mut n = 0;
    loop {
        let batch: Vec<Vec<Cell>> = rows.take(ROWS).collect();
        if batch.is_empty() {
            break;
        }
        n += batch.len();
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            fill(column.untyped(), batch.iter().map(|row| &row[at]))?;
            column.close()?;
            at += 1;
        }
        group.close()?;
    }
    Ok((writer.into_inner()?, n))
}

/// The schema of a table.
fn schema(name: &str, columns: &[Column]) -> Result<TypePtr> {
    let fields = columns.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(name).with_fields(fields).build()?))
}

fn field((name, kind): &Column) -> Result<TypePtr> {
    let physical = match kind {
        Kind::Text => return string(name, Repetition::OPTIONAL),
        Kind::Texts => return list(name),
        Kind::Number => Physical::DOUBLE,
        Kind::Integer => Physical::INT64,
        Kind::Flag => Physical::BOOLEAN,
        Kind::Day => Physical::INT32,
    };
    let mut builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    if *kind == Kind::Day {
        builder = builder.with_logical_type(Some(LogicalType::Date)).with_converted_type(ConvertedType::DATE);
    }
    builder.build().map(Arc::new)
}

fn string(name: &str, repetition: Repetition) -> Result<TypePtr> {
    let builder = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::String))
        .with_converted_type(ConvertedType::UTF8);
    builder.build().map(Arc::new)
}

/// `optional group NAME (LIST) { repeated group list { required string element } }`
fn list(name: &str) -> Result<TypePtr> {
    let element = string("element", Repetition::REQUIRED)?;
    let inner = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![element]);
    let outer = Type::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(inner.build()?)]);
    outer.build().map(Arc::new)
}

fn fill<'a>(column: &mut ColumnWriter<'_>, cells: impl Iterator<Item = &'a Cell>) -> Result<()> {
    match column {
        ColumnWriter::DoubleColumnWriter(w) => {
            let (values, levels) = flat(cells, |c| if let Cell::Number(x) = c { Some(*x) } else { None });
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::Int64ColumnWriter(w) => {
            let (values, levels) = flat(cells, |c| if let Cell::Integer(n) = c { Some(*n) } else { None });
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::BoolColumnWriter(w) => {
            let (values, levels) = flat(cells, |c| if let Cell::Flag(b) = c { Some(*b) } else { None });
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::Int32ColumnWriter(w) => {
            let (values, levels) = flat(cells, |c| if let Cell::Day(d) = c { Some(days(*d)) } else { None });
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::ByteArrayColumnWriter(w) if w.get_descriptor().max_rep_level() > 0 => {
            let (values, definition, repetition) = lists(cells);
            w.write_batch(&values, Some(&definition), Some(&repetition))
        }
        ColumnWriter::ByteArrayColumnWriter(w) => {
            let text = |c: &Cell| if let Cell::Text(t) = c { Some(ByteArray::from(t.as_str())) } else { None };
            let (values, levels) = flat(cells, text);
            w.write_batch(&values, Some(&levels), None)
        }
        _ => return Err(ParquetError::General("a column of a type that no table has".into())),
    }
    .map(|_| ())
}

/// Values of a flat column, with a definition level for each row: 1 where there is a value.
fn flat<'a, T>(cells: impl Iterator<Item = &'a Cell>, value: impl Fn(&Cell) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        let v = value(cell);
        levels.push(i16::from(v.is_some()));
        values.extend(v);
    }
    (values, levels)
}

/// Lists with their definition levels (0 null, 1 empty, 2 an element) and repetition levels (0 begins
/// a row), after Melnik and others 2010.
fn lists<'a>(cells: impl Iterator<Item = &'a Cell>) -> (Vec<ByteArray>, Vec<i16>, Vec<i16>) {
    let (mut values, mut definition, mut repetition) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let items = if let Cell::Texts(all) = cell { all.as_slice() } else { &[] };
        if items.is_empty() {
            definition.push(i16::from(matches!(cell, Cell::Texts(_))));
            repetition.push(0);
        }
        for (i, item) in items.iter().enumerate() {
            definition.push(2);
            repetition.push(i16::from(i > 0));
            values.push(ByteArray::from(item.as_str()));
        }
    }
    (values, definition, repetition)
}

/// Days since 1970-01-01.
fn days(d: Date) -> i32 {
    (d - Date::constant(1970, 1, 1)).get_days()
}
