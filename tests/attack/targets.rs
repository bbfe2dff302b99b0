//! Everything that reads bytes of other people, one row each: what it is fed, good inputs to begin with, and what it promises
//! of any input beside not panicking. It does not know who makes the inputs: `fuzz.rs` changes good ones at random on any
//! toolchain, `fuzz/` is led by coverage, and what they found stands in `corpus/`.

#[path = "corpus.rs"]
pub(crate) mod corpus;
#[path = "forge.rs"]
pub(crate) mod forge;
#[path = "seeds.rs"]
mod seeds;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use forge::questions::ask;
use forge::{File, Forger};
use seeds::of;
use tempfile::TempDir;
use trialdex::config::Config;
use trialdex::export::markdown;
use trialdex::load::{self, BadRecord, Intake, Original};
use trialdex::marks::{Collection, DEFAULT, Folder, Marks, import};
use trialdex::search::{Cancel, Memory, as_registry, completions, locate};
use trialdex::state::{self, StateFolder};
use trialdex::store::Store;
use trialdex::study::{Study, document, eligibility, links, mentions};
use trialdex::{dataset, search, text};

/// Something that reads bytes.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    seeds: fn() -> Vec<Vec<u8>>,
    /// What coverage led to, as `corpus` writes it.
    kept: &'static str,
    pub(crate) feed: fn(&[u8], &Room),
}

impl Target {
    /// What there is to begin with.
    pub(crate) fn known(&self) -> Vec<Vec<u8>> {
        (self.seeds)().into_iter().chain(corpus::inputs(self.kept)).collect()
    }
}

/// What those need that read files or ask an index.
pub(crate) struct Room {
    folder: TempDir,
    sample: LazyLock<Arc<Store>>,
    forger: LazyLock<Forger>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            sample: LazyLock::new(|| dataset::open(&[], &Arc::default()).unwrap().store),
            forger: LazyLock::new(Forger::new),
        }
    }
}

impl Room {
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

pub(crate) const TARGETS: &[Target] = &[
    Target {
        name: "query",
        seeds: || of(&seeds::QUERIES),
        kept: include_str!("corpus/query.txt"),
        feed: |bytes, _| {
            let text = String::from_utf8_lossy(bytes);
            if let Ok(query) = search::parse(&text) {
                // Some odd texts have canonical texts that are read otherwise; none may end the program.
                _ = search::parse(&query.to_string());
                _ = as_registry(&query, "2026-11-29".parse().unwrap());
            }
            _ = search::age(&text);
        },
    },
    Target {
        name: "question",
        seeds: || of(&seeds::QUERIES),
        kept: include_str!("corpus/question.txt"),
        feed: |bytes, room| {
            let (text, cancel) = (String::from_utf8_lossy(bytes), Cancel::default());
            if let Ok(query) = search::parse(&text) {
                let results = search::answer(&room.sample, &query, &cancel).unwrap();
                if let Some(understood) = results.understood() {
                    let memory = &mut Memory::default();
                    search::hints(&room.sample, &query, &understood, &cancel, memory);
                }
            }
            for (cursor, _) in text.char_indices().take(40) {
                completions(&room.sample, &text, cursor, &cancel);
            }
            _ = locate(&room.sample, &text, &cancel);
        },
    },
    Target {
        name: "cleaning",
        seeds: || of(&seeds::HARMFUL),
        kept: include_str!("corpus/cleaning.txt"),
        feed: |bytes, _| {
            let raw = String::from_utf8_lossy(bytes);
            let line = text::clean_line(&raw);
            assert!(!line.contains(char::is_control), "{raw:?}");
            assert_eq!(text::clean_line(&line), line, "{raw:?}");
            let whole = text::clean_text(&raw);
            assert!(!whole.contains(|c: char| c.is_control() && c != '\n'), "{raw:?}");
            for room in [0, 1, 2, 7, 40] {
                assert!(text::width(&text::cut(&line, room)) <= room, "{line:?}");
                assert_eq!(
                    text::width(&text::pad(&text::cut(&line, room), room)),
                    room,
                    "{line:?}"
                );
            }
        },
    },
    Target {
        name: "markup",
        seeds: || of(&[seeds::CRITERIA, seeds::MARKUP]),
        kept: include_str!("corpus/markup.txt"),
        feed: |bytes, _| {
            let raw = String::from_utf8_lossy(bytes);
            let lines = text::markup(&raw);
            for width in [1, 8, 60] {
                text::flow(&lines, width);
            }
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
        seeds: || of(&[seeds::CRITERIA]),
        kept: include_str!("corpus/eligibility.txt"),
        feed: |bytes, _| {
            eligibility::criteria(&String::from_utf8_lossy(bytes));
        },
    },
    Target {
        name: "record",
        seeds: || of(&[seeds::RECORD]),
        kept: include_str!("corpus/record.txt"),
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
        seeds: || of(&seeds::KEYS),
        kept: include_str!("corpus/keys.txt"),
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
        name: "text files",
        seeds: seeds::texts,
        kept: include_str!("corpus/text-files.txt"),
        feed: read_all,
    },
    Target {
        name: "archives",
        seeds: || vec![seeds::zip()],
        kept: include_str!("corpus/archives.txt"),
        feed: read_all,
    },
    Target {
        name: "packed files",
        seeds: seeds::packed,
        kept: include_str!("corpus/packed-files.txt"),
        feed: read_all,
    },
    Target {
        name: "dataset",
        seeds: || seeds::texts().into_iter().chain([seeds::zip()]).chain(seeds::packed()).collect(),
        kept: include_str!("corpus/dataset.txt"),
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
        name: "snapshot",
        seeds: seeds::forgeries,
        kept: include_str!("corpus/snapshot.txt"),
        feed: |bytes, room| forge(bytes, room, File::Snapshot),
    },
    Target {
        name: "prose index",
        seeds: seeds::forgeries,
        kept: include_str!("corpus/prose-index.txt"),
        feed: |bytes, room| forge(bytes, room, File::Prose),
    },
    Target {
        name: "marks",
        seeds: || of(&[seeds::MARKS]),
        kept: include_str!("corpus/marks.txt"),
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
        seeds: || of(&[seeds::TABLE, seeds::RIS, seeds::MARKS, "NCT00000042\nNCT00000043\n"]),
        kept: include_str!("corpus/import.txt"),
        feed: |bytes, _| {
            if let Ok(read) = import::read(bytes, None) {
                import::Plan::new(&read, &Marks::default(), "Ana", |_| true).decisions();
            }
        },
    },
    Target {
        name: "configuration",
        seeds: || of(&[seeds::CONFIGURATION]),
        kept: include_str!("corpus/configuration.txt"),
        feed: |bytes, room| {
            let path = room.file("config.toml", bytes);
            if let Ok(config) = Config::read(Some(&path)) {
                _ = config.theme();
                _ = config.keymap();
            }
        },
    },
    Target {
        name: "state files",
        seeds: || of(&seeds::STATE),
        kept: include_str!("corpus/state-files.txt"),
        feed: |bytes, room| {
            let folder = StateFolder::new(room.folder.path());
            for name in ["history", "recent", "columns", "session-x", "searches"] {
                room.file(name, bytes);
            }
            _ = state::read_history(&folder);
            _ = state::read_recent(&folder);
            _ = state::read_columns(&folder);
            _ = state::read_session(&folder, "x");
            _ = state::read_saved(&folder);
        },
    },
];

/// Frames and parses what stands in a file: whatever kind of file it is.
fn read_all(bytes: &[u8], room: &Room) {
    let path = room.file("dataset", bytes);
    if let Ok(loader) = load::open(&[path], Arc::default()) {
        loader.for_each(|portion| portion.read(&mut Parsed));
    }
}

/// Opens a good index changed as the bytes say, all its checksums right.
fn forge(bytes: &[u8], room: &Room, file: File) {
    if let Some(store) = room.forger.open(&room.forger.forged(file, bytes), file) {
        ask(&store);
    }
}

/// Parses every record and keeps none.
struct Parsed;

impl Intake for Parsed {
    fn record(&mut self, json: &str, _: &Arc<str>, _: Option<Original>) -> Result<(), String> {
        Study::parse(json).map(drop).map_err(|error| error.to_string())
    }

    fn bad(&mut self, bad: BadRecord) {
        assert!(!bad.reason.is_empty());
    }
}
