//! A snapshot gives back what went in, or is refused.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::*;
use crate::store::{StoreBuilder, StudyIdx};
use crate::study::made::made;
use crate::study::{Concept, Point};

/// A few studies, built with their records in a draft.
fn built(draft: &Draft) -> Store {
    let mut all = StoreBuilder::default();
    all.write_records_to(draft.records().unwrap()).unwrap();
    let mut batch = StoreBuilder::default();
    for id in 1..6 {
        let record = made(id)
            .title(&format!("Cells in Liver Failure {id}"))
            .status("RECRUITING")
            .updated(&format!("202{id}-01"))
            .conditions(["Liver Failure", &format!("Sjögren {id}")])
            .at("identificationModule.nctIdAliases", vec![format!("NCT9{id:07}")])
            .at(
                "contactsLocationsModule.locations",
                json!([
                    {"city": "Lyon", "country": "France", "geoPoint": {"lat": 45.7, "lon": 4.8}},
                    {"facility": format!("Clinic {id}"), "status": "COMPLETED"},
                ]),
            );
        batch.push(&record.json()).unwrap();
    }
    batch.close().unwrap();
    all.absorb(&mut batch).unwrap();
    all.finish().unwrap()
}

const IDENTITY: &[u8] = b"a dataset";

/// A snapshot in a folder of its own, and the store that it is of.
fn kept() -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.snapshot");
    let draft = Draft::begin(folder.path()).unwrap();
    let store = built(&draft);
    let about = About { identity: IDENTITY.to_vec(), remarks: b"remarks".to_vec() };
    draft.finish(&store, &about, &path).unwrap();
    (folder, path, store)
}

/// Everything that can be asked of a store but its records.
fn told(store: &Store) -> Vec<String> {
    let mut told = Vec::new();
    for study in store.studies() {
        assert_eq!(store.find(store.id(study)), Some(study));
        told.push(format!("{} {}", store.id(study), store.official_title(study)));
        told.push(format!("{} {:?}", store.title(study), store.updated(study)));
        told.extend(Concept::all().map(|concept| format!("{:?}", store.stated(study, concept))));
        for concept in Concept::vocabularies() {
            told.extend(store.labels(study, concept).map(str::to_owned));
        }
        let sites = store.sites();
        told.extend(sites.of(study).map(|site| {
            let (facility, zip) = (Concept::Facility, Concept::Zip);
            let values = [facility, zip].map(|concept| sites.value(site, concept));
            format!(
                "{:?} {:?} {values:?} {:?}",
                sites.place(site),
                sites.status(site),
                sites.point(site)
            )
        }));
        let around = sites.around(Point { lat: 45.0, lon: 4.0 }, 200.0);
        told.push(format!("{around:?} {:?}", sites.studies_around(&around)));
        told.push(format!("{:?}", sites.without_point()));
    }
    for vocabulary in Concept::vocabularies().map(|concept| store.vocabulary(concept)) {
        for value in vocabulary.iter() {
            let studies = vocabulary.studies(value);
            told.push(format!("{} {studies:?}", vocabulary.folded(value)));
        }
        for word in 0..vocabulary.word_count() {
            let values = vocabulary.values_with_word(word);
            told.push(format!("{} {:?}", vocabulary.word(word), values.collect::<Vec<_>>()));
        }
        told.push(format!("{:?} {:?}", vocabulary.not_stated(), vocabulary.sets()));
    }
    told
}

fn checked(path: &Path) -> Result<Store, SnapshotError> {
    let Opened { store, rest, .. } = open(path, IDENTITY)?;
    rest.check(Cores::AllButOne).map(|()| store)
}

#[test]
fn a_snapshot_is_the_store_that_it_was_made_of() {
    let (_folder, path, store) = kept();
    let Opened { store: opened, remarks, rest } = open(&path, IDENTITY).unwrap();
    rest.check(Cores::All).unwrap();
    assert_eq!(remarks, b"remarks");
    assert_eq!(told(&opened), told(&store));
    for study in store.studies() {
        assert_eq!(opened.record(study).unwrap(), store.record(study).unwrap());
    }
    assert_eq!(identity(&path).unwrap(), IDENTITY);
}

#[test]
fn a_snapshot_of_another_dataset_is_not_used() {
    let (_folder, path, _) = kept();
    assert!(matches!(open(&path, b"another"), Err(SnapshotError::OtherDataset)));
}

#[test]
fn whatever_byte_is_changed_nothing_wrong_is_told() {
    let (_folder, path, store) = kept();
    let (whole, right) = (fs::read(&path).unwrap(), told(&store));
    let (mut refused, mut unreadable) = (0, 0);
    for place in 0..whole.len() {
        // Every byte of what says where things are, every few of the rest.
        if place > size_of::<Header>() && place % 5 != 0 && whole.len() - place > 200 {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        fs::write(&path, &bytes).unwrap();
        match checked(&path) {
            Err(_) => refused += 1,
            Ok(opened) => {
                assert_eq!(told(&opened), right, "byte {place}");
                match opened.record(StudyIdx(0)) {
                    Err(_) => unreadable += 1,
                    Ok(record) => assert_eq!(record, store.record(StudyIdx(0)).unwrap()),
                }
            }
        }
    }
    assert!(refused > 100 && unreadable > 10, "{refused} {unreadable}");
}

#[test]
fn a_snapshot_that_is_cut_off_is_refused() {
    let (_folder, path, _) = kept();
    let whole = fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(13) {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(checked(&path).is_err(), "{length} bytes");
    }
    fs::write(&path, [&*whole, b"more"].concat()).unwrap();
    assert!(checked(&path).is_err());
}

#[test]
fn another_version_or_something_else_is_told_from_damage() {
    let (_folder, path, _) = kept();
    let whole = fs::read(&path).unwrap();
    let with = |place: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[place] = byte;
        fs::write(&path, bytes).unwrap();
        open(&path, IDENTITY).unwrap_err()
    };
    for place in [8, 12, 16] {
        assert!(matches!(with(place, 0xff), SnapshotError::OtherVersion), "{place}");
    }
    assert!(matches!(with(0, b'T'), SnapshotError::Damaged(Damage::NoSnapshot)));
}

#[test]
fn a_draft_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let draft = Draft::begin(folder.path()).unwrap();
    let store = built(&draft);
    assert!(!is_given_up(draft.file.path()), "it is being written");
    let killed = folder.path().join("killed");
    fs::write(&killed, "").unwrap();
    assert!(is_given_up(&killed));
    fs::remove_file(killed).unwrap();
    drop(draft);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(store.record(StudyIdx(0)).is_ok());
    // Records that are not in the draft make no snapshot.
    let draft = Draft::begin(folder.path()).unwrap();
    let mut builder = StoreBuilder::default();
    builder.push(&store.record(StudyIdx(0)).unwrap()).unwrap();
    let path = folder.path().join("x.snapshot");
    let kept = draft.finish(&builder.finish().unwrap(), &About::default(), &path);
    assert!(kept.is_err() && !path.exists());
}

/// Fails when what a snapshot holds has changed: then [`FORMAT`] has to grow, and this number with it.
#[test]
fn a_format_is_one_format() {
    let (_folder, path, _) = kept();
    let mut file = File::open(&path).unwrap();
    let header = header(&mut file, FORM).unwrap();
    let bytes = fs::read(&path).unwrap();
    let table = bytes[header.table as usize..].chunks(size_of::<Section>());
    let shape: Vec<u64> = table
        .map(bytemuck::pod_read_unaligned::<Section>)
        .flat_map(|section| [section.bytes, section.front, section.rest_checksum.into()])
        .collect();
    // Blocks of copies lie where the compressor puts them; what they say does not depend on it.
    let without_spans = &shape[..shape.len() - 3];
    let checksum = crc32fast::hash(bytemuck::cast_slice(without_spans));
    assert_eq!((FORMAT, checksum), (18, 2_475_978_132));
}
