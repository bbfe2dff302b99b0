//! Archives that are damaged, that state something false, or that are far too large.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use trialdex::load::{self, Progress};

use super::{Taken, gzipped, load_bytes, studies, zipped};

#[test]
fn bad_members_of_an_archive_cost_themselves_alone() {
    let [a, b, c] = studies();
    let good = zipped(&[("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())]);
    // The checksum, the method, the flags and the place of the second member, in the central directory.
    let central = memchr::memmem::find_iter(&good, b"PK\x01\x02").nth(1).unwrap();
    for (offset, byte, reason) in [
        (16, 0xff, "member b: cannot be unpacked: the checksum is wrong, the content is damaged"),
        (10, 99, "member b: is packed by a method that is not read; pack it anew by deflate"),
        (8, 1, "member b: is encrypted; unpack it with its password first"),
        (24, 3, "member b: cannot be unpacked: larger than the archive says"),
    ] {
        let mut archive = good.clone();
        archive[central + offset] = byte;
        let loaded = load_bytes(&archive);
        assert_eq!(loaded.jsons(), [a.as_str(), &c], "{reason}");
        assert_eq!(loaded.complaints(), [reason]);
    }
    let cut = load_bytes(&good[..good.len() - 30]);
    assert!(cut.complaints()[0].starts_with(": the zip archive cannot be read"));
}

#[test]
fn an_archive_that_lies_is_told_of_and_the_rest_is_read() {
    let [a, b, c] = studies();
    let good = zipped(&[("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())]);
    let central = memchr::memmem::find_iter(&good, b"PK\x01\x02").nth(1).unwrap();
    let header = memchr::memmem::find_iter(&good, b"PK\x03\x04").nth(1).unwrap();
    let cannot = "member b: cannot be unpacked:";
    for (at, bytes, reason) in [
        // Sizes, packed and unpacked, and the place of the second member.
        (central + 20, 5_u32, format!("{cannot} the content ends too early")),
        (central + 24, 5000, format!("{cannot} the checksum is wrong, the content is damaged")),
        (central + 24, 0, format!("{cannot} larger than the archive says")),
        (central + 42, header as u32 + 1, "member b: is not where the archive says".to_owned()),
        (
            central + 42,
            good.len() as u32 - 8,
            "member b: is cut off: the archive ends before it does".to_owned(),
        ),
        (header, 0, "member b: is not where the archive says".to_owned()),
        (header + 31, u32::MAX, format!("{cannot} corrupt deflate stream")),
    ] {
        let mut archive = good.clone();
        archive[at..at + 4].copy_from_slice(&bytes.to_le_bytes());
        let loaded = load_bytes(&archive);
        assert_eq!(loaded.complaints(), [reason]);
        assert_eq!(loaded.jsons(), [a.as_str(), &c]);
    }
}

#[test]
fn a_member_that_unpacks_to_very_much_is_bounded_and_the_rest_is_read() {
    let [a, b, c] = studies();
    let spaces = vec![b' '; 80 << 20];
    let large = [a.as_bytes(), &spaces, b.as_bytes()].concat();
    let mut archive = zipped(&[("large", &large), ("c", c.as_bytes())]);
    let loaded = load_bytes(&archive);
    assert_eq!(loaded.jsons(), [a.as_str(), &c]);
    assert_eq!(
        loaded.complaints(),
        [
            "member large: 64 MiB without a study: what stands before them is used, the rest is left out"
        ]
    );
    // The same, called small: no more is unpacked than the archive says.
    let central = memchr::memmem::find(&archive, b"PK\x01\x02").unwrap();
    archive[central + 24..central + 28].copy_from_slice(&1000_u32.to_le_bytes());
    let loaded = load_bytes(&archive);
    assert_eq!(loaded.jsons(), [c.as_str()]);
    assert_eq!(
        loaded.complaints(),
        ["member large: cannot be unpacked: larger than the archive says"]
    );
}

#[test]
fn what_is_packed_has_a_bound_in_all() {
    let [a, b, _] = studies();
    let blank = vec![b' '; 3 << 20];
    // Each member is small, and so is the archive of archives; all together are not.
    let inner = zipped(&[("blank", &blank), ("study", b.as_bytes())]);
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}.zip")).collect();
    let mut members: Vec<(&str, &[u8])> = vec![("a", a.as_bytes())];
    members.extend(names.iter().map(|name| (&**name, &*inner)));
    let whole = zipped(&members);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.zip");
    std::fs::write(&path, &whole).unwrap();
    let with_limit = |limit: u64| {
        let progress = Arc::new(Progress::default());
        progress.unpack_limit.store(limit, Relaxed);
        let mut taken = Taken::default();
        let mut loader = load::open(std::slice::from_ref(&path), Arc::clone(&progress)).unwrap();
        loader.by_ref().for_each(|portion| portion.read(&mut taken));
        let hindered = progress.hindered.load(Relaxed);
        (taken, hindered)
    };
    let (taken, hindered) = with_limit(0);
    assert_eq!((taken.records.len(), taken.bad.len(), hindered), (41, 0, false), "{:?}", taken.bad);
    let (taken, hindered) = with_limit(20 << 20);
    assert!(taken.records.contains(&a) && taken.records.len() < 10, "{}", taken.records.len());
    let reasons: Vec<&str> = taken.bad.iter().map(|bad| &*bad.reason).collect();
    assert!(reasons[0].contains("unpacks to more than 20 MiB in all"), "{reasons:?}");
    // It is told once or so, and no index of a part is kept.
    assert!(reasons.len() < 4 && hindered, "{reasons:?}");
}

#[test]
fn every_member_that_the_directory_lists_is_read() {
    let [a, b, c] = studies();
    let mut archive = zipped(&[("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())]);
    let central: Vec<usize> = memchr::memmem::find_iter(&archive, b"PK\x01\x02").collect();
    // Members of one name, and an end that tells of one member.
    archive[central[1] + 46] = b'a';
    let end = memchr::memmem::find(&archive, b"PK\x05\x06").unwrap();
    archive[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    let loaded = load_bytes(&archive);
    assert_eq!((loaded.jsons(), loaded.complaints()), (vec![a.as_str(), &b, &c], vec![]));
    // A directory that is damaged behind its second member.
    archive[central[2]] = 0;
    let loaded = load_bytes(&archive);
    assert_eq!(loaded.jsons(), [a.as_str(), &b]);
    let [complaint] = &loaded.complaints()[..] else { panic!("{:?}", loaded.complaints()) };
    assert!(
        complaint.starts_with(": the directory of the zip archive is damaged: "),
        "{complaint}"
    );
}

#[test]
fn large_members_and_small_ones_keep_their_order() {
    let [a, b, c] = studies();
    let long = format!(
        "{}\n{b}\n",
        a.replace(r#""hasResults""#, &format!(r#""x":"{}","hasResults""#, "y".repeat(17 << 20)))
    );
    let lines = [a.as_str(), &b, &c].join("\n");
    let archive = zipped(&[
        ("1", a.as_bytes()),
        ("2", long.as_bytes()),
        ("../3", c.as_bytes()),
        ("/etc/4", lines.as_bytes()),
    ]);
    let loaded = load_bytes(&archive);
    assert_eq!(loaded.jsons(), [a.as_str(), &b, &c, &a, &b, &c]);
    assert_eq!(loaded.complaints(), ["member 2: larger than 16 MiB"]);
}

#[test]
fn a_member_that_shares_its_bytes_costs_itself() {
    let [a, b, c] = studies();
    let mut archive = zipped(&[("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())]);
    let central = memchr::memmem::find_iter(&archive, b"PK\x01\x02").nth(1).unwrap();
    archive[central + 42..central + 46].fill(0);
    let loaded = load_bytes(&archive);
    assert_eq!(loaded.jsons(), [c.as_str()]);
    assert_eq!(
        loaded.complaints(),
        [
            "member a: reaches into the next member, which in no honest archive is so",
            "member b: cannot be unpacked: the checksum is wrong, the content is damaged",
        ]
    );
}

#[test]
fn a_small_member_that_holds_very_many_studies_is_read_in_parts() {
    let filler = "x".repeat(600_000);
    let [a, ..] = studies();
    let study = |id: usize| {
        let id = format!("NCT{id:08}");
        a.replace("NCT00000001", &id)
            .replace(r#""hasResults""#, &format!(r#""x":"{filler}","hasResults""#))
    };
    let lines = (1..=40).map(study).collect::<Vec<_>>().join("\n");
    let archive = zipped(&[("a.gz", &gzipped(lines.as_bytes())), ("b", study(41).as_bytes())]);
    assert!(archive.len() < 1 << 20);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset");
    std::fs::write(&path, archive).unwrap();
    let dataset = trialdex::dataset::open(&[path], &Arc::default()).unwrap();
    assert_eq!((dataset.store.len(), dataset.skipped), (41, 0));
    for id in [1, 40, 41] {
        let found = dataset.store.find(format!("NCT{id:08}").parse().unwrap()).unwrap();
        assert_eq!(dataset.store.record(found).unwrap(), study(id));
    }
}
