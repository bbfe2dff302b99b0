//! What can be opened, and how each kind is told by its first bytes, never by a name.
//!
//! Two tables: [`KINDS`] are read, [`FOREIGN`] are known well enough to be named when there is no study to show.

use std::sync::Arc;

use memchr::memmem;

use super::findings::Findings;
use super::frame::UNKNOWN;
use super::input::Input;
use super::source::{Opened, Step};
use super::text::{self, significant};
use super::{packed, strings, utf16, visible, zip};

/// How many archives and compressed streams may lie in one another.
const DEPTH: usize = 4;

/// Whether the first bytes are of a kind.
type Recognise = fn(&[u8]) -> bool;

/// A kind of source that is read.
struct Kind {
    /// In the words of the message that lists what is accepted.
    name: &'static str,
    recognise: Recognise,
    open: fn(Input) -> Opened,
}

/// Everything that is read; the first that recognises the first bytes opens them. What is packed stands first: stored
/// rather than compressed, it shows the text that is in it.
const KINDS: &[Kind] = &[
    Kind { name: "a zip archive of such files", recognise: zip::recognise, open: zip::open },
    Kind { name: "the same packed by gzip", recognise: packed::is_gzip, open: packed::open_gzip },
    Kind { name: "the same packed by zstd", recognise: packed::is_zstd, open: packed::open_zstd },
    Kind { name: "UTF-16 as well as UTF-8", recognise: utf16::recognise, open: utf16::open },
    Kind {
        name: "JSON within a JSON string",
        recognise: strings::recognise,
        open: |input| Ok(strings::open(input)),
    },
    Kind {
        name: "JSON (an array, a page of the API, one study a line, or studies one after another)",
        recognise: text::recognise,
        open: |input| Ok(text::open(input)),
    },
];

/// What is often met and holds no study that could be read; the first that fits names it.
const FOREIGN: &[(&str, Recognise)] = &[
    ("empty file", |head| significant(head).next().is_none()),
    ("UTF-32 text", |head| UTF_32.iter().any(|mark| head.starts_with(mark))),
    ("bzip2 archive", |head| head.starts_with(b"BZh")),
    ("xz archive", |head| head.starts_with(b"\xfd7zXZ")),
    ("7z archive", |head| head.starts_with(b"7z\xbc\xaf\x27\x1c")),
    ("PDF", |head| head.starts_with(b"%PDF")),
    ("lz4 file", |head| head.starts_with(b"\x04\x22M\x18")),
    ("RAR archive", |head| head.starts_with(b"Rar!\x1a\x07")),
    ("Parquet table", |head| head.starts_with(b"PAR1")),
    ("SQLite database", |head| head.starts_with(b"SQLite format 3\0")),
    ("Excel workbook or Word document", |head| {
        head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    }),
    ("tar archive; unpack it and open the folder, or pack the files by zip", is_tar),
    ("binary file", text::is_binary),
    ("legacy clinical_study XML", |head| is_markup(head) && has(head, b"<clinical_study")),
    ("WHO ICTRP XML", |head| is_markup(head) && has(head, b"<Trials_downloaded_from_ICTRP")),
    ("HTML page", |head| is_markup(head) && has_html(head)),
    ("XML", is_markup),
    (UNKNOWN, |head| serde_json::from_slice::<serde_json::Value>(head).is_ok()),
    ("Python notation, not JSON; write it with json.dump", is_python),
    ("RIS", |head| trimmed(head).starts_with(b"TY  - ")),
    ("MEDLINE", |head| trimmed(head).starts_with(b"PMID- ")),
    ("BibTeX", is_bibtex),
    ("CSV", is_csv),
    ("text", |_| true),
];

/// Says what can be opened, in one line.
pub fn accepted() -> String {
    let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    // Said in the order in which people think of them: the text first.
    names.rotate_right(1);
    format!(
        "studies of ClinicalTrials.gov (API version 2) as {}, or a folder of these",
        names.join(", ")
    )
}

/// Opens an input as what it is; notes what it is when nothing in it is read.
pub(super) fn open(mut input: Input, findings: &mut Findings) -> Step {
    let place = input.place.clone();
    let depth = input.depth;
    let progress = Arc::clone(&input.progress);
    let head = match input.head() {
        Ok(head) => head,
        Err(error) => {
            progress.notice(&error);
            let reason = format!("cannot be read: {}", visible(&error.to_string()));
            return Step::Bad(place.bad(reason));
        }
    };
    if let Some(kind) = KINDS.iter().find(|kind| (kind.recognise)(head)) {
        if depth > DEPTH {
            return Step::Bad(place.bad("archives lie in archives more than four deep"));
        }
        return match (kind.open)(input) {
            Ok(source) => Step::Into(source),
            Err(bad) => Step::Bad(bad),
        };
    }
    let foreign = FOREIGN.iter().find(|(_, recognise)| recognise(head));
    let name = foreign.map_or("text", |(name, _)| name);
    findings.note(name);
    Step::Nothing
}

/// Whether the first member is one of a tar archive, which names the format behind its name.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// The mark of UTF-32 in either order of its bytes, and a bracket without one.
const UTF_32: &[&[u8]] =
    &[b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"{\0\0\0", b"[\0\0\0", b"\0\0\0{", b"\0\0\0["];

/// The text without white space or a byte order mark in front.
fn trimmed(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// Whether the text is what Python prints of a dictionary: JSON but for its quotation marks.
fn is_python(head: &[u8]) -> bool {
    let mut bytes = significant(head).skip_while(|byte| b"[({".contains(byte));
    let is_bracketed = significant(head).next().is_some_and(|first| b"[({".contains(&first));
    is_bracketed && bytes.next() == Some(b'\'') && (has(head, b"':") || has(head, b"',"))
}

fn is_bibtex(head: &[u8]) -> bool {
    let entry = trimmed(head).strip_prefix(b"@").unwrap_or_default();
    let name = entry.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    name > 0 && matches!(entry.get(name), Some(b'{' | b'('))
}

fn is_markup(head: &[u8]) -> bool {
    let mut bytes = significant(head);
    let second = |byte: u8| byte.is_ascii_alphabetic() || byte == b'?' || byte == b'!';
    bytes.next() == Some(b'<') && bytes.next().is_some_and(second)
}

fn has(head: &[u8], needle: &[u8]) -> bool {
    memmem::find(head, needle).is_some()
}

fn has_html(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    has(&lower, b"<html") || has(&lower, b"<!doctype html")
}

/// Whether the first line has several cells.
fn is_csv(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let cells = |separator| memchr::memchr_iter(separator, line).count() > 0;
    cells(b',') || cells(b'\t') || cells(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(head: &[u8]) -> &'static str {
        let kind = KINDS.iter().find(|kind| (kind.recognise)(head)).map(|kind| kind.name);
        let foreign = || FOREIGN.iter().find(|(_, recognise)| recognise(head));
        kind.unwrap_or_else(|| foreign().map_or("", |(name, _)| name))
    }

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        for (head, expected) in [
            (b"PK\x03\x04".as_slice(), "zip"),
            (b"PK\x05\x06", "zip"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\x28\xb5\x2f\xfd", "zstd"),
            (b"\x5a*M\x18", "zstd"),
            (b"\xef\xbb\xbf [ {", "JSON ("),
            (b"[", "JSON ("),
            (b"[\n<<<<<<< HEAD", "JSON ("),
            (b"{ }", "JSON ("),
            (b"\x1e{\"", "JSON ("),
            (b"Id\":\"NCT1\"}}\n{\"protocolSection\":", "JSON ("),
            (b"<<<<<<< HEAD\n{\"protocolSection\":", "JSON ("),
            (b"[1]", "JSON without"),
            (b"null", "JSON without"),
            (b"{\x00\"\x00", "UTF-16"),
            (b"\x00{\x00\"", "UTF-16"),
            (b"\xff\xfe{\x00", "UTF-16"),
            (b"\xff\xfe\x00\x00{\x00\x00\x00", "UTF-32"),
            (b"{\x00\x00\x00\"\x00\x00\x00", "UTF-32"),
            (b"{'protocolSection': {'a': True}}", "Python"),
            (b"[{'a': 1}, {'b': 2}]", "Python"),
            (b"TY  - JOUR\nTI  - x\n", "RIS"),
            (b"\nPMID- 1\nTI  - x\n", "MEDLINE"),
            (b"@article{a,\n title = {x}}", "BibTeX"),
            (b"@mentions, and more", "CSV"),
            (b"\"{\\\"protocolSection\\\": {}}\"", "string"),
            (b"[\"{\\\"protocolSection\\\": {}}\"]", "string"),
            (b"\"protocolSection\",x", "CSV"),
            (b"<?xml?><html>", "HTML"),
            (b"a\tb\n", "CSV"),
            (b"a{}\n", "text"),
        ] {
            assert!(kind(head).contains(expected), "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_tar_archive_is_named_with_what_to_do() {
        let mut head = b"NCT00000001.json".to_vec();
        head.resize(257, 0);
        head.extend(b"ustar\x0000");
        head.resize(512, 0);
        head.extend(b"{\"protocolSection\":{}}");
        let expected = "tar archive; unpack it and open the folder, or pack the files by zip";
        assert_eq!(kind(&head), expected);
    }

    #[test]
    fn no_head_is_of_two_kinds() {
        let heads = [b"PK\x03\x04".as_slice(), b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{\"a\":1}"];
        for head in heads {
            assert_eq!(KINDS.iter().filter(|kind| (kind.recognise)(head)).count(), 1);
        }
    }
}
