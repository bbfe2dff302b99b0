//! Everything that reads bytes of other people, fed with good inputs that were changed at random. Nothing panics, and what each
//! promises of its result holds.
//!
//! Inputs are not led by coverage, so that it runs on any toolchain. What was found is a test of its own where it was mended.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, panic};

use fastrand::Rng;
use tempfile::TempDir;
use trialdex::config::Config;
use trialdex::export::markdown;
use trialdex::marks::{Collection, DEFAULT, Folder, import};
use trialdex::study::{Study, document, eligibility, links, mentions};
use trialdex::{dataset, search, text};

/// Something that reads bytes.
pub(super) struct Target {
    pub(super) name: &'static str,
    seeds: fn() -> Vec<Vec<u8>>,
    feed: fn(&[u8], &Room),
}

/// A folder for those that read files.
struct Room {
    folder: TempDir,
}

impl Room {
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// What became of a target.
pub(super) struct Fed {
    pub(super) executions: u64,
    /// What a panic said, and the input that led to it.
    pub(super) panic: Option<String>,
}

const RECORD: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000042","briefTitle":"A &lt;b&gt; *x*"},"statusModule":{"overallStatus":"RECRUITING","startDateStruct":{"date":"2020-02","type":"ACTUAL"}},"conditionsModule":{"conditions":["Gout","Émile"]},"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* Adults\n  1. b\n\nExclusion Criteria:\n\n- none","minimumAge":"18 Years","sex":"ALL"},"contactsLocationsModule":{"locations":[{"city":"Lyon","geoPoint":{"lat":45.7,"lon":4.8}}]}}}"#;

const CRITERIA: &str = "Inclusion Criteria:\n\n* Age >= 18 years\n    * nested, see NCT00000102\n1. HbA1c \\< 7 %\n\nKey Exclusion Criteria (Group A):\n\n- Pregnancy; or:\n\n  a) x\n  b) y\n\nNote: see https://example.org/a_b(c).\n";

const CONFIGURATION: &str = "theme = \"dark\"\nmouse = false\ndata = [\"a.json\", \"~/b\"]\nreasons = [\"a\"]\n\n[keys]\nhelp = [\"?\", \"f1\"]\ndown = \"ctrl-n\"\n";

const MARKS: &str = "{\"v\":1,\"at\":\"2026-11-28T09:30:00Z\",\"by\":\"Ana\",\"event\":\"decide\",\"study\":\"NCT00000042\",\"decision\":\"include\"}\n{\"v\":1,\"at\":\"2026-11-28T09:31:00Z\",\"by\":\"Ana\",\"event\":\"tag\",\"study\":\"NCT00000042\",\"tag\":\"x\"}\n";

const TABLE: &str = "id,title,decision,reason,notes\nNCT00000042,\"A, b\",include,,x\nNCT00000043,C,exclude,wrong population,\n";

const RIS: &str = "TY  - CPAPER\nID  - NCT00000042\nTI  - A\nN1  - RAYYAN-INCLUSION: {\"Ana\"=>\"Included\"}\nER  - \n";

/// Everything that is fed.
pub(super) const TARGETS: &[Target] = &[
    Target {
        name: "query",
        seeds: || {
            of(&[
                "liver -\"stem cells\" (a | b*) sort:title",
                "cond:gout phase:2|3 start:2020..today age:54",
                "near:Lyon~50km site:(city:Lyon status:recruiting)",
                "AREA[Phase]PHASE2 AND RANGE[1,2]",
                "incl:\"a b\"~3 tag:(x | y)",
                "decision:(include | -maybe) -tag:-x (RAN: | note: ) b",
            ])
        },
        feed: |bytes, _| {
            if let Ok(query) = search::parse(&String::from_utf8_lossy(bytes)) {
                assert_eq!(search::parse(&query.to_string()).as_ref(), Ok(&query), "{query}");
            }
        },
    },
    Target {
        name: "cleaning",
        seeds: || {
            of(&[
                "a\u{1b}[2J\u{202e}b\u{9b}m\r\n\u{85}",
                "e\u{301}\u{301}👩\u{200d}🔬🏳\u{fe0f}",
                "tab\there\u{0}\u{feff}",
            ])
        },
        feed: |bytes, _| {
            let raw = String::from_utf8_lossy(bytes);
            let line = text::clean_line(&raw);
            assert!(!line.contains(char::is_control), "{raw:?}");
            assert_eq!(text::clean_line(&line), line, "{raw:?}");
            let whole = text::clean_text(&raw);
            assert!(!whole.contains(|c: char| c.is_control() && c != '\n'), "{raw:?}");
        },
    },
    Target {
        name: "markup",
        seeds: || {
            of(&[
                CRITERIA,
                "**a** _b_ `c` [d](https://e.org) &#x27; \\* <br> NCT00000102 PMID: 12345 10.1000/xyz",
            ])
        },
        feed: |bytes, _| {
            let raw = String::from_utf8_lossy(bytes);
            text::markup(&raw);
            text::plain(&raw);
            text::unescaped(&raw);
            for (range, _) in links(&raw) {
                assert!(raw.get(range).is_some(), "{raw:?}");
            }
            mentions(&raw).for_each(drop);
        },
    },
    Target {
        name: "eligibility",
        seeds: || of(&[CRITERIA]),
        feed: |bytes, _| {
            eligibility::criteria(&String::from_utf8_lossy(bytes));
        },
    },
    Target {
        name: "record",
        seeds: || of(&[RECORD]),
        feed: |bytes, _| {
            if let Ok(study) = Study::parse(&String::from_utf8_lossy(bytes)) {
                document(&study);
                markdown(&study);
            }
        },
    },
    #[cfg(unix)]
    Target {
        name: "keys",
        seeds: || {
            of(&[
                "\x1b[1;5C\x1b[<0;12;30Mq\x1bOP",
                "\x1b]11;rgb:0/0/0\x1b\\\x1b[200~a\x1b[201~\x1b[97;5u",
                "é\x1b\x1b[?1;2c",
            ])
        },
        feed: |bytes, _| {
            use trialdex::worker::input::{
                decode::decode,
                sequence::{Framer, Piece},
            };
            let mut framer = Framer::default();
            let mut last = None;
            let (first, second) = bytes.split_at(bytes.len() / 2);
            framer.push(first, &mut |piece| _ = decode(piece));
            framer.push(second, &mut |piece| _ = decode(piece));
            framer.settle(&mut |piece| _ = decode(piece));
            framer.push(b"Q", &mut |piece| last = Some(piece));
            assert_eq!(last, Some(Piece::Key(b"Q".to_vec())), "{bytes:?}");
        },
    },
    Target {
        name: "dataset",
        seeds: datasets,
        feed: |bytes, room| {
            let path = room.file("dataset", bytes);
            if let Ok(opened) = dataset::open(&[path], &Arc::default()) {
                for study in opened.store.studies() {
                    _ = opened.store.study(study);
                }
            }
        },
    },
    Target {
        name: "marks",
        seeds: || of(&[MARKS]),
        feed: |bytes, room| {
            let folder = Folder::new(room.folder.path());
            if let Ok(path) = Collection::open(&folder, DEFAULT).map(|it| it.path().to_owned()) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
                if let Ok(collection) = Collection::open(&folder, DEFAULT) {
                    collection.marks();
                }
            }
        },
    },
    Target {
        name: "import",
        seeds: || of(&[TABLE, RIS, MARKS, "NCT00000042\nNCT00000043\n"]),
        feed: |bytes, _| {
            _ = import::read(bytes, None);
        },
    },
    Target {
        name: "configuration",
        seeds: || of(&[CONFIGURATION]),
        feed: |bytes, room| {
            let path = room.file("config.toml", bytes);
            if let Ok(config) = Config::read(Some(&path)) {
                _ = config.theme();
                _ = config.keymap();
            }
        },
    },
];

fn of(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The same studies in every shape.
fn datasets() -> Vec<Vec<u8>> {
    let two = [RECORD, &RECORD.replace("00000042", "00000043")];
    let lines = two.join("\n");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in ["a/1.json", "2.json"].into_iter().zip(two) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(lines.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    vec![
        lines.clone().into_bytes(),
        format!("[{}]", two.join(",")).into_bytes(),
        format!("{{\"studies\":[{}],\"nextPageToken\":\"x\"}}", two.join(",")).into_bytes(),
        zip,
        gzip.finish().unwrap(),
        zstd::encode_all(lines.as_bytes(), 1).unwrap(),
        utf_16,
    ]
}

/// Feeds a target for so long.
pub(super) fn feed(target: &Target, lasting: Duration, seed: u64) -> Fed {
    let (seeds, room) = ((target.seeds)(), Room { folder: TempDir::new().unwrap() });
    let mut rng = Rng::with_seed(seed);
    let said = Arc::new(Mutex::new(String::new()));
    let own = Arc::clone(&said);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        *own.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
    let begun = Instant::now();
    let mut fed = Fed { executions: 0, panic: None };
    while fed.panic.is_none() && begun.elapsed() < lasting {
        let input = changed(&seeds, &mut rng);
        let tried = panic::AssertUnwindSafe(|| (target.feed)(&input, &room));
        if panic::catch_unwind(tried).is_err() {
            let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
            fed.panic = Some(format!("{}: {said}\ninput: {}", target.name, input.escape_ascii()));
        }
        fed.executions += 1;
    }
    panic::set_hook(before);
    fed
}

/// One of the good inputs, changed in some places.
fn changed(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = seeds[rng.usize(..seeds.len())].clone();
    for _ in 0..rng.usize(1..8) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(..20)).min(bytes.len());
        match rng.u8(..7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            1 if at < bytes.len() => bytes[at] = rng.u8(..),
            2 => drop(bytes.drain(at..end)),
            // Twice, or very often.
            3 => {
                let piece = bytes[at..end].repeat(if rng.u8(..20) == 0 { 200 } else { 1 });
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = &seeds[rng.usize(..seeds.len())];
                let from = rng.usize(..=other.len());
                let to = (from + rng.usize(..60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ => bytes
                .insert(at, b"\0\x1b\"\\{}[]():;,-*<>&\n\r\t \xff\xc2\xe2\x9b09"[rng.usize(..28)]),
        }
    }
    bytes
}
