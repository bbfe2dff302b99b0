//! Packed in whatever way, a dataset holds the records that it holds unpacked, each as it is; and what is damaged is
//! never given out.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::Range;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use trialdex::dataset;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Loaded, load, load_bytes};

type Pack = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// A way to pack.
struct Way {
    name: String,
    pack: Pack,
    /// Whether a single changed byte shows.
    is_checked: bool,
}

fn gzip(level: u32, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(level: i32, has_checksum: bool, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), level).unwrap();
    encoder.include_checksum(has_checksum).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One member for each part.
fn zip(method: CompressionMethod, parts: &[&[u8]]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (number, bytes) in parts.iter().enumerate() {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(format!("{number}.json"), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Several packed parts of a text, cut anywhere, one behind the other.
fn in_parts(bytes: &[u8], size: usize, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    bytes.chunks(size).flat_map(pack).collect()
}

fn ways() -> Vec<Way> {
    let mut ways = Vec::new();
    let mut way = |name: String, is_checked, pack: Pack| {
        ways.push(Way { name, pack, is_checked });
    };
    for level in 0..=9 {
        way(format!("gzip {level}"), true, Box::new(move |bytes| gzip(level, bytes)));
        let pack = move |bytes: &[u8]| in_parts(bytes, 64_000, |part| gzip(level, part));
        way(format!("gzip {level} in parts"), true, Box::new(pack));
    }
    for level in [-1000, -100, -5, -1, 1, 3, 9, 19] {
        way(format!("zstd {level}"), true, Box::new(move |bytes| zstd(level, true, bytes)));
        let pack = move |bytes: &[u8]| zstd(level, false, bytes);
        way(format!("zstd {level} without checksum"), false, Box::new(pack));
        let pack = move |bytes: &[u8]| {
            let skipped = b"\x50*M\x18\x03\0\0\0\"{}";
            let frames = in_parts(bytes, 64_000, |part| zstd(level, true, part));
            [skipped.as_slice(), &frames, skipped].concat()
        };
        way(format!("zstd {level} in parts"), true, Box::new(pack));
    }
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        way(format!("zip {method}"), true, Box::new(move |bytes| zip(method, &[bytes])));
        let pack = move |bytes: &[u8]| {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
            zip(method, &lines)
        };
        way(format!("zip {method}, a member a line"), true, Box::new(pack));
    }
    let stored = CompressionMethod::Stored;
    let nested: [(&str, Pack); 6] = [
        ("gzip in zip", Box::new(move |bytes| zip(stored, &[&gzip(0, bytes)]))),
        ("zip in gzip", Box::new(move |bytes| gzip(0, &zip(stored, &[bytes])))),
        ("zip in zip", Box::new(move |bytes| zip(stored, &[&zip(stored, &[bytes])]))),
        ("zstd in zip", Box::new(move |bytes| zip(stored, &[&zstd(-1000, true, bytes)]))),
        ("gzip in zstd", Box::new(|bytes| zstd(-1000, true, &gzip(0, bytes)))),
        ("gzip in gzip", Box::new(|bytes| gzip(0, &gzip(0, bytes)))),
    ];
    for (name, pack) in nested {
        way(name.to_owned(), true, pack);
    }
    ways
}

/// Made up: so that letters, escapes, brackets and long runs stand in them, each on a line of its own.
fn records(count: usize) -> Vec<String> {
    let record = |id: usize| {
        let words = ["tumour", "\\\"{\\\"", "]]", "größe", "ab".repeat(id % 50).leak()];
        let text: String =
            (0..id % 90).map(|at| words[(at * id) % 5].to_owned() + " ").collect::<String>();
        format!(
            r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT{id:08}","briefTitle":"Study {id}"}},"descriptionModule":{{"briefSummary":"{text}"}}}},"hasResults":false}}"#
        )
    };
    (1..=count).map(record).collect()
}

fn equal(loaded: &Loaded, expected: &[&str], name: &str) {
    assert_eq!(loaded.complaints(), Vec::<String>::new(), "{name}");
    assert_eq!(loaded.records.len(), expected.len(), "{name}");
    for (record, expected) in loaded.records.iter().zip(expected) {
        assert!(record == expected, "{name}: {record} instead of {expected}");
    }
}

#[test]
fn however_it_is_packed_every_record_is_what_it_was() {
    let records = records(2000);
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let (lines, array) = (records.join("\n") + "\n", format!("[\n{}\n]\n", records.join(",\n")));
    for Way { name, pack, .. } in ways() {
        equal(&load_bytes(&pack(lines.as_bytes())), &records, &name);
        if !name.ends_with("a member a line") {
            equal(&load_bytes(&pack(array.as_bytes())), &records, &format!("array, {name}"));
        }
    }
}

#[test]
fn real_records_are_what_they_were_however_they_are_packed() {
    let Some(text) = crate::real::lines() else { return };
    let records: Vec<&str> = text.lines().collect();
    let quick = ["gzip 0", "gzip 1 in parts", "zstd -1000", "zstd 1 in parts", "zstd in zip"];
    let zip = |name: &str| name.starts_with("zip") && name.contains("tored");
    for Way { name, pack, .. } in ways() {
        if quick.contains(&&*name) || zip(&name) {
            equal(&load_bytes(&pack(text.as_bytes())), &records, &name);
        }
    }
}

/// What comes of a packed text of which one byte was changed: records that were in it, and a word about the others.
fn holds_when_changed(way: &Way, packed: &[u8], at: usize, records: &[String]) {
    let mut changed = packed.to_vec();
    changed[at] ^= 1 << (at % 8);
    let loaded = load_bytes(&changed);
    for record in &loaded.records {
        assert!(records.contains(record), "{}, byte {at}: {record}", way.name);
    }
    let is_told = !loaded.bad.is_empty() || !loaded.barren.is_empty();
    assert!(loaded.records.len() == records.len() || is_told, "{}, byte {at}", way.name);
}

#[test]
fn a_changed_byte_never_changes_a_record() {
    let records = records(12);
    let lines = records.join("\n") + "\n";
    let quick = ["gzip 0", "zstd -1000", "zip "];
    for way in ways().into_iter().filter(|way| way.is_checked) {
        let packed = (way.pack)(lines.as_bytes());
        let is_whole = quick.iter().any(|quick| way.name.starts_with(quick));
        for at in (0..packed.len()).step_by(if is_whole { 11 } else { 97 }) {
            holds_when_changed(&way, &packed, at, &records);
        }
    }
}

/// Changes a byte behind the only place of `needle`; where the text does not show, the last byte.
fn damage(packed: &mut [u8], needle: &str) {
    let place = memchr::memmem::find(packed, needle.as_bytes());
    let at = place.map_or(packed.len() - 1, |at| at + needle.len());
    packed[at] ^= 1;
}

#[test]
fn a_wrong_checksum_costs_its_part_and_is_said() {
    let records = records(3000);
    let third = |range: Range<usize>| records[range].join("\n") + "\n";
    let [a, b, c] = [third(0..1000), third(1000..2000), third(2000..3000)];
    let parts = [a.as_bytes(), b.as_bytes(), c.as_bytes()];
    let rest: Vec<&str> =
        records[..1000].iter().chain(&records[2000..]).map(String::as_str).collect();
    let stored = CompressionMethod::Stored;
    let damaged = "is cut off or damaged, and nothing of it is used; get the file again";
    let unpack = "cannot be unpacked: the checksum is wrong, the content is damaged";
    let gzipped = |part: &[u8]| gzip(0, part);
    let fast = |part: &[u8]| zstd(-1000, true, part);
    for (name, packed, told) in [
        (
            "gzip",
            with_second_damaged(&parts, gzipped).concat(),
            format!("part 2: {damaged}: corrupt gzip stream does not have a matching checksum"),
        ),
        (
            "zstd",
            with_second_damaged(&parts, fast).concat(),
            format!("part 2: {damaged}: Restored data doesn't match checksum"),
        ),
        ("zip", zip_with_damage(&parts), format!("member 1.json: {unpack}")),
        (
            "gzip in zip",
            zip(stored, &with_second_damaged(&parts, gzipped).each_ref().map(Vec::as_slice)),
            format!(
                "member 1.json: {damaged}: corrupt gzip stream does not have a matching checksum"
            ),
        ),
    ] {
        let loaded = load_bytes(&packed);
        assert_eq!(loaded.complaints(), [told], "{name}");
        assert!(loaded.jsons() == rest, "{name}: {}", loaded.records.len());
    }
}

fn with_second_damaged(parts: &[&[u8]; 3], pack: impl Fn(&[u8]) -> Vec<u8>) -> [Vec<u8>; 3] {
    let mut packed = parts.map(pack);
    damage(&mut packed[1], "Study 1500");
    packed
}

fn zip_with_damage(parts: &[&[u8]]) -> Vec<u8> {
    let mut packed = zip(CompressionMethod::Stored, parts);
    damage(&mut packed, "Study 1500");
    packed
}

#[test]
fn whole_files_that_are_damaged_cost_themselves() {
    let records = records(400);
    let lines = records.join("\n") + "\n";
    let large = format!("{}{}", " ".repeat(17 << 20), lines);
    let stored = CompressionMethod::Stored;
    let mut torn = gzip(6, lines.as_bytes());
    let middle = torn.len() / 2;
    torn[middle..middle + 40].fill(0xff);
    for (name, mut packed) in [
        ("gzip", gzip(0, lines.as_bytes())),
        ("zstd", zstd(-1000, true, lines.as_bytes())),
        ("zip", zip(stored, &[lines.as_bytes()])),
        ("zip, large", zip(stored, &[large.as_bytes()])),
        ("gzip in zip, large", zip(stored, &[&gzip(0, large.as_bytes())])),
        ("zip in gzip", gzip(0, &zip(stored, &[lines.as_bytes()]))),
        ("gzip whose packed text is damaged", torn),
    ] {
        if !name.ends_with("is damaged") {
            damage(&mut packed, "Study 150");
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), &packed).unwrap();
        fs::write(folder.path().join("b.json"), &records[7]).unwrap();
        let loaded = load(&[folder.path().to_owned()]);
        assert!(loaded.jsons() == [&records[7]], "{name}: {}", loaded.records.len());
        assert_eq!(loaded.bad.len(), 1, "{name}: {:?}", loaded.bad);
        let (bad, file) = (&loaded.bad[0], folder.path().join("a"));
        assert_eq!(*bad.place.file, *file.to_string_lossy(), "{name}");
        // The same as a dataset, which counts nothing twice.
        let dataset = dataset::open(&[folder.path().to_owned()], &Arc::default()).unwrap();
        assert_eq!((dataset.store.len(), dataset.skipped, dataset.replaced), (1, 1, 0), "{name}");
        let alone = dataset::open(&[file], &Arc::default()).unwrap_err().to_string();
        assert!(alone.contains("damaged") || alone.contains("corrupt"), "{name}: {alone}");
    }
}

#[test]
fn what_ends_before_its_checksum_costs_its_part() {
    let records = records(60);
    let halves = [&records[..30], &records[30..]].map(|half| half.join("\n") + "\n");
    let [first, second] = halves.each_ref().map(String::as_bytes);
    let get = "is used; get the file again: it ends before its checksum";
    let gzipped: fn(&[u8]) -> Vec<u8> = |bytes| gzip(6, bytes);
    let checked: fn(&[u8]) -> Vec<u8> = |bytes| zstd(3, true, bytes);
    for (name, pack) in [("gzip", gzipped), ("zstd", checked)] {
        let (before, cut) = (pack(first), pack(second));
        for length in [cut.len() / 2, cut.len() - 9, cut.len() - 4, cut.len() - 1] {
            let alone = load_bytes(&cut[..length]);
            let told = [format!(": is cut off or damaged, and nothing of it {get}")];
            assert_eq!((alone.jsons(), alone.complaints()), (vec![], told.into()), "{name}");
            let behind = load_bytes(&[&before, &cut[..length]].concat());
            let [told] = &behind.complaints()[..] else { panic!("{name}: {:?}", behind.bad) };
            let is_cut = told.starts_with("part 2: is cut off or damaged, and nothing ");
            assert!(is_cut && told.ends_with(get), "{name}, {length} bytes: {told}");
            assert!(behind.jsons() == records[..30], "{name}, {length} bytes");
        }
    }
    // A changed byte makes the packed text run on to the end of the file.
    let mut runs_on = gzip(0, first);
    let length = runs_on.len();
    runs_on[10] = 0;
    runs_on[length - 8..].fill(0);
    let loaded = load_bytes(&[&gzip(6, second), &runs_on[..]].concat());
    assert!(loaded.jsons() == records[30..], "{}", loaded.records.len());
    assert!(loaded.complaints()[0].starts_with("part 2: is cut off or damaged"));
    // What has no checksum is as good as a text that is not packed: used as far as it goes.
    let fast = zstd(-1000, false, first);
    for cut in [&fast[..fast.len() - 40], &first[..first.len() - 40]] {
        let loaded = load_bytes(cut);
        assert!(loaded.jsons() == records[..29], "{}", loaded.records.len());
        assert_eq!(loaded.bad.len(), 1, "{:?}", loaded.bad);
    }
    // A large member of an archive, of which the archive lists too few bytes.
    let large = format!("{}{}", halves[0], " ".repeat(17 << 20));
    let mut archive = zip(CompressionMethod::Deflated, &[large.as_bytes(), second]);
    let central = memchr::memmem::find(&archive, b"PK\x01\x02").unwrap();
    // The second lowest byte of its packed size.
    archive[central + 21] -= 1;
    let loaded = load_bytes(&archive);
    assert!(loaded.jsons() == records[30..], "{}", loaded.records.len());
    assert_eq!(
        loaded.complaints(),
        ["member 0.json: cannot be unpacked: the content ends too early"]
    );
}

#[test]
fn a_dataset_with_a_damaged_part_is_kept_without_it() {
    let records = records(600);
    let large = " ".repeat(9 << 20);
    let halves = [&records[..300], &records[300..]].map(|half| half.join("\n") + &large);
    let mut packed = halves.map(|half| gzip(0, (half + "\n").as_bytes())).concat();
    damage(&mut packed, "Study 100");
    let folder = tempfile::tempdir().unwrap();
    let paths = [folder.path().join("a.gz")];
    fs::write(&paths[0], &packed).unwrap();
    let cache = dataset::Cache::Folder(folder.path().join("cache"));
    let open = || dataset::open_with(&cache, &paths, &Arc::default()).unwrap();
    let (first, second) = (open(), open());
    for dataset in [first, second] {
        assert_eq!((dataset.store.len(), dataset.skipped, dataset.remark), (300, 1, None));
        assert!(dataset.store.find("NCT00000100".parse().unwrap()).is_none());
        let study = dataset.store.find("NCT00000301".parse().unwrap()).unwrap();
        assert_eq!(dataset.store.record(study).unwrap(), records[300]);
    }
    let kept = cache.list().unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].bytes < 9 << 20, "nothing of the first reading is left: {}", kept[0].bytes);
}

#[test]
fn what_stands_behind_packed_text_is_said() {
    let records = records(30);
    let lines = records.join("\n") + "\n";
    let expected: Vec<&str> = records.iter().map(String::as_str).collect();
    let padded = [gzip(6, lines.as_bytes()), vec![0; 5000]].concat();
    equal(&load_bytes(&padded), &expected, "zeros behind gzip");
    for (name, packed) in
        [("gzip", gzip(6, lines.as_bytes())), ("zstd", zstd(3, true, lines.as_bytes()))]
    {
        let loaded = load_bytes(&[packed.as_slice(), lines.as_bytes()].concat());
        assert_eq!(loaded.jsons(), expected);
        assert_eq!(loaded.bad.len(), 1);
        let told =
            format!("cannot be read further: what follows the packed text is not packed by {name}");
        assert_eq!(loaded.bad[0].reason, told);
    }
}

#[test]
fn text_in_what_is_packed_in_an_unknown_way_is_no_text() {
    let records = records(40);
    let lines = records.join("\n");
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), Compression::none());
    deflated.write_all(lines.as_bytes()).unwrap();
    let stored = zip(CompressionMethod::Stored, &[lines.as_bytes()]);
    // The last one is a program that unpacks itself.
    for (name, bytes) in [
        ("binary file", deflated.finish().unwrap()),
        ("lz4 file", [b"\x04\x22M\x18d@\xa7\0\x40\0\0".as_slice(), lines.as_bytes()].concat()),
        ("binary file", [b"MZ\x90\0".as_slice(), &stored].concat()),
    ] {
        let loaded = load_bytes(&bytes);
        assert_eq!((loaded.records.len(), loaded.bad.len()), (0, 0), "{name}");
        assert_eq!(loaded.barren, [name]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn several_changed_bytes_never_change_a_record(
        way in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
    ) {
        let records = records(9);
        let lines = records.join("\n") + "\n";
        let ways: Vec<Way> = ways().into_iter().filter(|way| way.is_checked).collect();
        let way = way.get(&ways);
        let mut packed = (way.pack)(lines.as_bytes());
        // Not the first bytes: in those Zstandard says whether there is a checksum.
        let content = 8.min(packed.len())..packed.len();
        for (place, byte) in changes {
            let content = &mut packed[content.clone()];
            content[place.index(content.len())] = byte;
        }
        for record in load_bytes(&packed).records {
            prop_assert!(records.contains(&record), "{}: {record}", way.name);
        }
    }
}
