//! A large dataset whose index is stored: its newest trials are on the screen before the whole index has been checked.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use trialdex::app::App;
use trialdex::dataset::{self, Cache, Dataset, Early};
use trialdex::event::{Event, Loading};
use trialdex::store::{FRONT, snapshot};

use super::journey::{Journey, store, study};
use crate::made::made;
use serde_json::json;

/// More than can be glimpsed.
const STUDIES: usize = FRONT + 200;

/// A dataset that is large enough to be kept, and where it is kept.
struct Home {
    _folder: tempfile::TempDir,
    dataset: PathBuf,
    cache: Cache,
    snapshot: PathBuf,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dataset = folder.path().join("large.ndjson");
        write(&dataset);
        let cache = folder.path().join("cache");
        let opened = dataset::open_with(
            &Cache::Folder(cache.clone()),
            std::slice::from_ref(&dataset),
            &Arc::default(),
        );
        assert_eq!(opened.unwrap().remark, None);
        let snapshot = fs::read_dir(&cache).unwrap().next().unwrap().unwrap().path();
        Self { _folder: folder, dataset, cache: Cache::Folder(cache), snapshot }
    }

    /// Opens what is kept; gives what could be glimpsed of it, and what it came to.
    fn open(&self) -> (Option<Dataset>, Dataset) {
        let (glimpsed, paths) = (Mutex::new(None), [self.dataset.clone()]);
        let show = |early: Early| {
            if let Early::Front(dataset) = early {
                *glimpsed.lock().unwrap() = Some(dataset);
            }
        };
        let opened = dataset::open_showing(&self.cache, &paths, &Arc::default(), &show).unwrap();
        (glimpsed.into_inner().unwrap(), opened)
    }

    /// Spoils everything that is not checked before something is shown; gives how many bytes that are.
    fn spoil_the_rest(&self) -> u64 {
        let identity = snapshot::identity(&self.snapshot).unwrap();
        let opened = snapshot::open(&self.snapshot, &identity).unwrap();
        let mut bytes = fs::read(&self.snapshot).unwrap();
        let mut spoilt = 0;
        for range in opened.rest.unchecked() {
            let range = range.start as usize..range.end as usize;
            spoilt += range.len() as u64;
            bytes[range].iter_mut().for_each(|byte| *byte = !*byte);
        }
        fs::remove_file(&self.snapshot).unwrap();
        fs::write(&self.snapshot, bytes).unwrap();
        spoilt
    }
}

fn write(path: &Path) {
    let summary = "many words ".repeat(1400);
    let mut file = File::create(path).unwrap();
    for number in 0..STUDIES {
        let study = made(number as u32 + 1)
            .title(&format!("Trial {number} of many"))
            .status(["RECRUITING", "COMPLETED", "UNKNOWN"][number % 3])
            .updated(&format!("20{:02}-0{}-11", 10 + number % 16, 1 + number % 9))
            .sponsor(&format!("Sponsor {}", number % 101))
            .at("sponsorCollaboratorsModule.leadSponsor.class", "INDUSTRY")
            .conditions([format!("Condition {}", number % 307), format!("Sjögren {number}")])
            .at("designModule.studyType", "INTERVENTIONAL")
            .phases((number % 4 > 0).then(|| format!("PHASE{}", number % 4)))
            .at(
                "armsInterventionsModule.interventions",
                json!([{"type": "DRUG", "name": format!("Drug {number}")}]),
            )
            .at(
                "contactsLocationsModule.locations",
                json!([{"city": "Lund", "country": (["Sweden", "Norway"][number % 2])}]),
            )
            .at("descriptionModule.briefSummary", &*summary)
            .at("descriptionModule.detailedDescription", format!("see NCT{:08}", number / 2 + 1));
        writeln!(file, "{}", study.json()).unwrap();
    }
}

fn starting() -> Journey {
    Journey::starting(App::default())
}

fn glimpse(dataset: &Dataset) -> Journey {
    starting().told(Event::Glimpsed(dataset.clone()))
}

#[test]
fn the_first_screen_shows_only_what_was_checked() {
    let home = Home::new();
    let (_, right) = home.open();
    let spoilt = home.spoil_the_rest();
    assert!(spoilt > 500_000, "{spoilt}");
    let (glimpsed, opened) = home.open();
    let glimpsed = glimpsed.unwrap();
    for size in [(120, 40), (40, 10), (300, FRONT as u16)] {
        let mut whole = starting().sized(size).loaded(right.clone());
        assert_eq!(glimpse(&glimpsed).sized(size).screen(), whole.screen());
    }
    // More rows than that have to wait.
    let mut high = glimpse(&glimpsed).sized((120, FRONT as u16 + 10));
    assert!(high.screen().contains("Loading"));
    // What does not hold is made anew.
    let remark = opened.remark.unwrap();
    assert!(remark.contains("a checksum does not hold; it is made anew"), "{remark}");
    assert_eq!(opened.store.len(), STUDIES);
    let last = opened.store.studies().last().unwrap();
    assert_eq!(opened.store.record(last).unwrap(), right.store.record(last).unwrap());
}

#[test]
fn keys_wait_for_the_rest() {
    let studies = [1, 2, 3].map(|number| study(number, "Liver"));
    let store = store(&studies);
    let journey = starting().told(Event::Glimpsed(Arc::clone(&store).into()));
    let journey = journey.finds(3).press("j j").stands_on("NCT00000001");
    journey.loaded(store).finds(3).stands_on("NCT00000003");
}

#[test]
fn one_can_leave_before_the_rest_is_there() {
    let store = store(&[study(1, "Liver")]);
    assert!(starting().told(Event::Glimpsed(store.into())).press("q").has_quit());
}

#[test]
fn what_did_not_hold_leaves_nothing_behind() {
    let wrong = store(&[1, 2, 3].map(|number| study(number, "Liver")));
    let right = store(&[study(4, "Lung")]);
    let journey = starting().told(Event::Glimpsed(wrong.into())).press("j j");
    let journey = journey.told(Event::Loading(Loading::default())).misses("Liver");
    let journey = journey.misses("3 trials").loaded(right);
    journey.finds(1).stands_on("NCT00000004").sees("Lung").misses("Liver");
}
