//! Loading: every shape of a dataset gives the same studies, and a broken record costs no other.

mod archive;
mod cancelling;
mod input;
mod odd;
mod packing;
mod real;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use flate2::write::GzEncoder;
use proptest::prelude::*;
use trialdex::load::{self, BadRecord, Intake, LoadError, Original, Place, Progress};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::made::made;

/// What came out of a load.
struct Loaded {
    records: Vec<String>,
    originals: usize,
    bad: Vec<BadRecord>,
    barren: Vec<String>,
    progress: Arc<Progress>,
}

impl Loaded {
    fn jsons(&self) -> Vec<&str> {
        self.records.iter().map(String::as_str).collect()
    }

    /// `place: reason` of every bad record.
    fn complaints(&self) -> Vec<String> {
        self.bad.iter().map(|bad| format!("{}: {}", bad.place.within, bad.reason)).collect()
    }
}

/// Takes whatever is JSON.
#[derive(Default)]
struct Taken {
    records: Vec<String>,
    /// How many could be read once more where they lie.
    originals: usize,
    bad: Vec<BadRecord>,
}

impl Intake for Taken {
    fn record(
        &mut self,
        json: &str,
        _: &Arc<str>,
        original: Option<Original>,
    ) -> Result<(), String> {
        serde_json::from_str::<serde::de::IgnoredAny>(json).map_err(|_| "not JSON".to_owned())?;
        if let Some(original) = original {
            assert_eq!(original.read().unwrap(), json, "{original:?}");
            self.originals += 1;
        }
        self.records.push(json.to_owned());
        Ok(())
    }

    fn bad(&mut self, bad: BadRecord) {
        self.bad.push(bad);
    }
}

/// Takes nothing, and so learns the place of everything.
#[derive(Default)]
struct Refused(Vec<Place>);

impl Intake for Refused {
    fn record(&mut self, _: &str, _: &Arc<str>, _: Option<Original>) -> Result<(), String> {
        Err("refused".to_owned())
    }

    fn bad(&mut self, bad: BadRecord) {
        assert_eq!(bad.reason, "refused");
        self.0.push(bad.place);
    }
}

fn load(paths: &[PathBuf]) -> Loaded {
    let progress = Arc::<Progress>::default();
    let mut loader = load::open(paths, Arc::clone(&progress)).unwrap();
    let taken = loop {
        let mut taken = Taken::default();
        loader.by_ref().for_each(|portion| portion.read(&mut taken));
        if !loader.begin_again() {
            break taken;
        }
    };
    let barren = loader.barren().into_iter().map(|(_, found)| found).collect();
    let Taken { records, originals, bad } = taken;
    Loaded { records, originals, bad, barren, progress }
}

/// Where the studies of a file stand.
fn places(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset");
    fs::write(&path, bytes).unwrap();
    let mut refused = Refused::default();
    let loader = load::open(std::slice::from_ref(&path), Arc::default()).unwrap();
    loader.for_each(|portion| portion.read(&mut refused));
    assert!(refused.0.iter().all(|place| *place.file == *path.to_string_lossy()));
    refused.0.into_iter().map(|place| place.within).collect()
}

/// Writes one file into a new folder and loads it.
fn load_bytes(bytes: &[u8]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset");
    fs::write(&path, bytes).unwrap();
    load(&[path])
}

fn studies() -> [String; 3] {
    [1, 2, 3].map(|id| made(id).title(r#"A "brace" { é"#).set("hasResults", false).json())
}

fn pretty(json: &str) -> String {
    serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(json).unwrap()).unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        if name.ends_with('/') {
            writer.add_directory(*name, deflated).unwrap();
        } else {
            writer.start_file(*name, deflated).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd_packed(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

#[test]
fn every_shape_yields_the_same_studies() {
    let [a, b, c] = studies();
    let lines = format!("{a}\n{b}\n{c}\n");
    let array = format!("[\n{a},\n{b},\n{c}\n]\n");
    let value: serde_json::Value = serde_json::from_str(&array).unwrap();
    let flat = zipped(&[("1.json", a.as_bytes()), ("2.json", b.as_bytes()), ("3", c.as_bytes())]);
    let foldered = zipped(&[
        ("01/", b""),
        ("01/1.json", a.as_bytes()),
        ("../../x.json", &lines.as_bytes()[a.len() + 1..]),
        ("readme.txt", b"not a study"),
    ]);
    let halves = [gzipped(&lines.as_bytes()[..200]), gzipped(&lines.as_bytes()[200..])].concat();
    let frames =
        [zstd_packed(&lines.as_bytes()[..200]), zstd_packed(&lines.as_bytes()[200..])].concat();
    for (name, bytes, originals) in [
        ("array", array.clone().into_bytes(), 3),
        ("array in one line", format!("[{a},{b},{c}]").into_bytes(), 3),
        ("pretty array", serde_json::to_vec_pretty(&value).unwrap(), 3),
        (
            "page",
            format!(r#"{{"totalCount":3,"studies":[{a},{b},{c}],"nextPageToken":"x"}}"#).into(),
            3,
        ),
        (
            "page, token first",
            format!(r#"{{"nextPageToken":"x","studies":[{a},{b},{c}]}}"#).into(),
            3,
        ),
        ("lines", lines.clone().into_bytes(), 3),
        ("CRLF and BOM", format!("\u{feff}{}", lines.replace('\n', "\r\n\r\n")).into_bytes(), 3),
        ("concatenated", format!("{a}{b}{c}").into_bytes(), 3),
        (
            "one after another",
            format!("{}\n{}\n{}", pretty(&a), pretty(&b), pretty(&c)).into_bytes(),
            3,
        ),
        ("zip", flat.clone(), 3),
        // The others share a member.
        ("zip with folders", foldered, 1),
        ("gzip", gzipped(array.as_bytes()), 0),
        ("gzip of two members", halves, 0),
        ("zstd", zstd_packed(array.as_bytes()), 0),
        ("zstd of two frames", frames, 0),
        ("zip of gzip", zipped(&[("a.gz", &gzipped(lines.as_bytes()))]), 0),
        ("gzip of zip", gzipped(&flat), 0),
        ("zip of zip", zipped(&[("a.zip", &flat)]), 0),
    ] {
        let loaded = load_bytes(&bytes);
        let jsons: Vec<String> = loaded
            .jsons()
            .iter()
            .map(|json| serde_json::from_str::<serde_json::Value>(json).unwrap().to_string())
            .collect();
        assert_eq!(jsons, [a.as_str(), &b, &c], "{name}");
        assert!(loaded.bad.is_empty() && loaded.barren.is_empty(), "{name}: {:?}", loaded.bad);
        assert_eq!(loaded.originals, originals, "{name}: what can be read again where it lies");
        let read = loaded.progress.bytes.load(Relaxed);
        assert_eq!(read, bytes.len() as u64, "{name}: every byte of the file counts once");
        assert_eq!(loaded.progress.total.load(Relaxed), read, "{name}");
    }
}

#[test]
fn a_folder_yields_the_studies_of_its_files_in_order() {
    let [a, b, c] = studies();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("b.json")).unwrap();
    fs::write(folder.path().join("b.json/1"), &b).unwrap();
    fs::write(folder.path().join("a.txt"), &a).unwrap();
    fs::write(folder.path().join("c.zip"), zipped(&[("c.json", c.as_bytes())])).unwrap();
    fs::write(folder.path().join("broken.json"), &a[..60]).unwrap();
    fs::write(folder.path().join("foreign.json"), r#"{"isrctn":"1"}"#).unwrap();
    fs::write(folder.path().join("notes.csv"), "id,title\n1,x\n").unwrap();
    fs::write(folder.path().join("empty"), "").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let loaded = load(&[folder.path().to_path_buf()]);
    assert_eq!(loaded.jsons(), [a.as_str(), &b, &c]);
    let complaints = [
        "line 1: cut off: the file ends before the record does",
        "line 1: no protocolSection: not a study record of the API, version 2",
    ];
    assert_eq!(loaded.complaints(), complaints);
    assert_eq!(loaded.progress.bad.load(Relaxed), 2);
    assert!(loaded.barren.is_empty());
    let bytes = loaded.progress.bytes.load(Relaxed);
    assert_eq!(loaded.progress.total.load(Relaxed), bytes);
}

#[test]
fn places_name_lines_and_members() {
    let [a, b, c] = studies();
    let lines = format!("{a}\n\n{b}");
    assert_eq!(places(lines.as_bytes()), ["line 1", "line 3"]);
    let archive = zipped(&[("35/a\u{1b}.json", lines.as_bytes()), ("c.json", c.as_bytes())]);
    let members = ["member 35/a\\u{1b}.json", "member 35/a\\u{1b}.json line 3", "member c.json"];
    assert_eq!(places(&archive), members);
}

#[test]
fn paths_without_a_study_say_what_they_hold() {
    let utf_16: Vec<u8> = "\u{feff}[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let xml = zipped(&[("a.xml", b"<?xml version=\"1.0\"?><clinical_study/>"), ("b", b"a,b\n")]);
    for (bytes, found, bad) in [
        (b"".as_slice(), "empty file", 0),
        (b" \r\n\n", "empty file", 0),
        (b"[]", "JSON without any study", 0),
        (b"{}", "JSON without any study", 1),
        (b"{\"studies\":[]}", "JSON without any study", 0),
        (b"\"text\"", "JSON without any study", 0),
        (b"[1, 2]", "JSON without any study", 0),
        (b"{\"isrctn\":\"1\"}", "JSON without any study", 1),
        (b"{\"FullStudiesResponse\":{}}", "legacy FullStudiesResponse JSON", 1),
        (b"{\"StudyFieldsResponse\":{}}", "legacy StudyFieldsResponse JSON", 1),
        (b"<!DOCTYPE html>\n<HTML>", "HTML page", 0),
        (b"<?xml version=\"1.0\"?>\n<clinical_study>", "legacy clinical_study XML", 0),
        (b"<Trials_downloaded_from_ICTRP>", "WHO ICTRP XML", 0),
        (b"\xef\xbb\xbf<a/>", "XML", 0),
        (b"NCT Number,Study Title\nNCT1,\"x\"\n", "CSV", 0),
        (b"# Notes\n\n[link](x)\n", "text", 0),
        (b"[section]\nkey=1\n", "text", 0),
        (b"{\\rtf1\\ansi}", "text", 0),
        (b"\x7fELF\x02\x00", "binary file", 0),
        (b"%PDF-1.7", "PDF", 0),
        (b"BZh91AY", "bzip2 archive", 0),
        (&utf_16, "JSON without any study", 0),
        (&gzipped(b"a;b\n"), "CSV", 0),
        (&zipped(&[]), "no file that could hold a study", 0),
        (&xml, "CSV, legacy clinical_study XML", 0),
        (&zipped(&[("u.json", &utf_16)]), "JSON without any study", 0),
        (
            b"{'protocolSection': {'a': None}}",
            "Python notation, not JSON; write it with json.dump",
            0,
        ),
        (b"TY  - JOUR\nAU  - A, B\n", "RIS", 0),
        (b"{\"protocolSection\":", "only records that cannot be read", 1),
    ] {
        let loaded = load_bytes(bytes);
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(loaded.barren, [found], "{text}");
        assert_eq!((loaded.records.len(), loaded.bad.len()), (0, bad), "{text}: {:?}", loaded.bad);
    }
    assert!(load::accepted().contains("zip archive"));
}

#[test]
fn what_cannot_be_opened_is_told_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("gone\u{1b}]0;x\n.json");
    let told =
        |path: &Path| load::open(&[path.into()], Arc::default()).err().map(|e| e.to_string());
    let message = told(&missing).unwrap();
    assert!(
        message.ends_with(
            "gone\\u{1b}]0;x\\n.json: there is no such file or folder; check the spelling"
        )
    );
    let twice = load::open(&["-".into(), "-".into()], Arc::default());
    assert!(matches!(twice, Err(LoadError::InputTwice)));
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&missing, &link).unwrap();
        let dangling = load::open(std::slice::from_ref(&link), Arc::default());
        assert!(matches!(dangling, Err(LoadError::Dangling { .. })));
        let message = told(Path::new("/dev/null")).unwrap();
        assert_eq!(
            message,
            "/dev/null: is a device; open a file or a folder, or pipe it in and open `-`"
        );
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(told(&socket).unwrap().contains("is a socket"));
    }
}

#[test]
fn what_unpacks_to_very_much_of_nothing_is_left() {
    let [a, b, _] = studies();
    let mut bomb = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(a.as_bytes()).unwrap();
    for _ in 0..80 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    bomb.write_all(b.as_bytes()).unwrap();
    let packed = bomb.finish().unwrap();
    let loaded = load(&[]);
    assert!(loaded.records.is_empty());
    for bytes in [packed.clone(), zipped(&[("a.gz", &packed)])] {
        let loaded = load_bytes(&bytes);
        assert_eq!(loaded.jsons(), [a.as_str()]);
        assert!(loaded.bad[0].reason.contains("64 MiB without a study"), "{:?}", loaded.bad);
    }
    let mut deep = zipped(&[("a", a.as_bytes())]);
    for _ in 0..5 {
        deep = gzipped(&deep);
    }
    assert_eq!(load_bytes(&deep).bad[0].reason, "archives lie in archives more than four deep");
}

#[test]
fn a_cut_text_keeps_the_studies_before_unless_a_checksum_was_lost() {
    let line = studies().map(|study| study + "\n").concat();
    let lines = line.repeat(400);
    // What zstd packs here has no checksum.
    for cut in [lines.clone().into_bytes(), zstd_packed(lines.as_bytes())] {
        let cut = load_bytes(&cut[..cut.len() - 4]);
        assert!(cut.records.len() >= 1000, "{}", cut.records.len());
        assert_eq!(cut.bad.len(), 1, "{:?}", cut.bad);
    }
    for (packed, length) in [(gzipped(line.as_bytes()), 130), (gzipped(lines.as_bytes()), 2000)] {
        let cut = load_bytes(&packed[..length]);
        assert_eq!((cut.records.len(), cut.bad.len()), (0, 1), "{:?}", cut.bad);
    }
}

#[test]
fn a_bad_line_far_within_a_long_text_is_told_by_its_line() {
    let [a, ..] = studies();
    let mut lines: Vec<String> = vec![a; (40 << 20) / 300];
    let places = [3, lines.len() / 3, lines.len() / 2, lines.len() - 2];
    for (number, &place) in places.iter().enumerate() {
        lines[place].truncate([9, 60, 40, 90][number]);
    }
    let loaded = load_bytes(lines.join("\n").as_bytes());
    assert_eq!(loaded.jsons().len(), lines.len() - places.len());
    let told: Vec<String> = loaded.bad.iter().map(|bad| bad.place.within.clone()).collect();
    assert_eq!(told, places.map(|place| format!("line {}", place + 1)));
}

#[test]
fn a_file_that_begins_within_a_long_study_loses_only_that() {
    let [a, b, _] = studies();
    let rest = format!("{}\"z\":1}}}}", "\"key\":\"value\",".repeat(10_000));
    for text in [format!("alue\",{rest}\n{a}\n{b}\n"), format!("\"x\":[],{rest}\n{a}\n{b}")] {
        let loaded = load_bytes(text.as_bytes());
        assert_eq!(loaded.jsons(), [&a, &b]);
        assert!(!loaded.bad.is_empty());
    }
    // Nor does a table turn into JSON by being long.
    let table = "a;\"b\";c\n".repeat(10_000);
    assert!(load_bytes(table.as_bytes()).bad.is_empty());
}

#[test]
fn a_file_cut_anywhere_loses_no_study_before() {
    let [a, b, c] = studies();
    for whole in [format!("[\n{a},\n{b},\n{c}\n]"), format!("{a}\n{}\n{c}\n", pretty(&b))] {
        for end in 0..whole.len() {
            let loaded = load_bytes(&whole.as_bytes()[..end]);
            let text = String::from_utf8_lossy(&whole.as_bytes()[..end]);
            let complete = [&a, &c].iter().filter(|json| text.contains(json.as_str())).count();
            assert!(loaded.records.len() >= complete, "{end}");
            assert!(loaded.records.len() + loaded.bad.len() <= 4, "{end}: {:?}", loaded.bad);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn changed_bytes_never_panic(
        kind in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let lines = studies().join("\n");
        let mut bytes = match kind {
            0 => lines.into_bytes(),
            1 => gzipped(lines.as_bytes()),
            2 => zstd_packed(lines.as_bytes()),
            _ => zipped(&[("a", lines.as_bytes()), ("b/c", lines.as_bytes())]),
        };
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let loaded = load_bytes(&bytes);
        let is_object = |record: &String| record.starts_with('{');
        prop_assert!(loaded.records.iter().all(is_object));
    }
}
