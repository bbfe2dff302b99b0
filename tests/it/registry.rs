//! The made-up registry: the same seed gives the same one, it resembles the real one, and every study of it is read.

#[path = "../bench/registry/studies.rs"]
mod studies;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use studies::output::{Format, write};
use studies::vocabulary::{self, Size};
use studies::{FULL, MOST, Registry, paper, place};
use trialdex::dataset;
use trialdex::study::Study;
use trialdex::study::summary::Summary;

/// The registry as it is written in one format.
fn written(registry: &Registry, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(registry, format, &mut bytes).unwrap();
    bytes
}

#[test]
fn the_same_seed_makes_the_same_registry() {
    let registry = Registry::new(300, 1);
    for format in [Format::Ndjson, Format::Array, Format::Zip] {
        assert!(written(&registry, format) == written(&Registry::new(300, 1), format));
        assert!(written(&registry, format) != written(&Registry::new(300, 2), format));
    }
}

#[test]
fn every_format_is_read_whole_and_holds_the_same_studies() {
    let registry = Registry::new(1200, 1);
    let folder = tempfile::tempdir().unwrap();
    let stores = ["ndjson", "array", "zip"].map(|name| {
        let path = folder.path().join(name);
        std::fs::write(&path, written(&registry, name.parse().unwrap())).unwrap();
        let dataset = dataset::open(&[path], &Arc::default()).unwrap();
        assert_eq!((dataset.skipped, dataset.replaced), (0, 0), "{name}");
        assert_eq!(dataset.store.len(), 1200, "{name}");
        dataset.store
    });
    let mut json = paper();
    for store in &stores {
        for index in (0..1200).step_by(37) {
            let study = store.find(registry.id(index).parse().unwrap()).unwrap();
            assert_eq!(store.record(study).unwrap(), registry.study(index, &mut json));
        }
    }
}

#[test]
fn members_lie_where_the_bulk_download_has_them() {
    let registry = Registry::new(70, 1);
    let bytes = written(&registry, Format::Zip);
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.len(), 70);
    for name in archive.file_names().map(Result::unwrap) {
        let path = Path::new(&*name);
        let id = path.file_stem().unwrap().to_str().unwrap();
        assert!(id.starts_with("NCT") && id.len() == 11, "{name}");
        assert_eq!(PathBuf::from(&id[9..]).join(format!("{id}.json")), path);
    }
}

#[test]
fn ids_are_ascending_however_many_studies_there_are() {
    for studies in [1, 2, 1000, MOST] {
        let registry = Registry::new(studies, 1);
        let ids = (0..studies).step_by(1 + studies as usize / 5000).map(|index| registry.id(index));
        assert!(ids.collect::<Vec<_>>().is_sorted_by(|a, b| a < b), "{studies}");
    }
}

/// What is counted of five thousand studies.
#[derive(Default)]
struct Census {
    studies: f64,
    bytes: f64,
    largest: usize,
    counts: HashMap<String, f64>,
}

impl Census {
    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1.0;
    }

    fn take(&mut self, json: &str) {
        let summary = Summary::parse(json).unwrap();
        let protocol = &summary.protocol;
        self.studies += 1.0;
        self.bytes += f64::from(json.len() as u32);
        self.largest = self.largest.max(json.len());
        if summary.has_results.0 == Some(true) {
            self.count("results");
        }
        for text in
            [&protocol.status.overall, &protocol.design.study_type, &protocol.sponsors.lead.class]
        {
            self.count(text.get().unwrap_or("not stated"));
        }
        protocol.design.phases.texts().for_each(|phase| self.count(phase));
        let interventions = &protocol.arms.interventions.0;
        for (what, there) in [
            ("located", !protocol.contacts.locations.0.is_empty()),
            ("collaborators", !protocol.sponsors.collaborators.0.is_empty()),
            ("keywords", !protocol.conditions.keywords.0.is_empty()),
            ("other names", interventions.iter().any(|given| !given.other_names.0.is_empty())),
            ("alias", !protocol.identification.aliases.0.is_empty()),
            ("nobody enrolled", protocol.design.enrollment.count.0 == Some(0)),
            (
                "ancestors",
                json.contains(r#""conditionBrowseModule":{"meshes":[{"#)
                    && json.contains(r#""ancestors":[{"#),
            ),
            ("coordinates", json.contains(r#""geoPoint":{"lat":"#)),
            ("beyond ASCII", !json.is_ascii()),
            ("escapes", json.contains(r"\\>") || json.contains(r"\\<")),
            ("bullets", json.contains(r"\n* ")),
        ] {
            if there {
                self.count(what);
            }
        }
    }

    fn percent(&self, what: &str) -> f64 {
        100.0 * self.counts.get(what).copied().unwrap_or_default() / self.studies
    }
}

#[test]
fn other_names_belong_to_their_intervention() {
    let registry = Registry::new(3000, 1);
    let mut json = paper();
    let mut told: HashMap<String, (usize, HashSet<String>)> = HashMap::new();
    for index in 0..3000 {
        let study = registry.study(index, &mut json);
        let summary = Summary::parse(&study).unwrap();
        for given in &summary.protocol.arms.interventions.0 {
            let others = given.other_names.texts();
            let others: Vec<String> = others.map(ToString::to_string).collect();
            if let (Some(name), false) = (given.name.get(), others.is_empty()) {
                let (stated, names) = told.entry(name.to_owned()).or_default();
                *stated += others.len();
                names.extend(others);
            }
        }
    }
    let often = told.values().filter(|(stated, _)| *stated >= 8);
    let [count, stated, distinct] = often
        .fold([0; 3], |[count, all, distinct], (stated, names)| {
            [count + 1, all + stated, distinct + names.len()]
        });
    assert!(count >= 5, "{count}");
    // Names that are said again can be learned.
    assert!(3 * distinct < 2 * stated, "{distinct} of {stated}");
}

#[test]
fn it_is_like_the_real_registry() {
    let registry = Registry::new(5000, 1);
    let (mut census, mut json) = (Census::default(), paper());
    for index in 0..5000 {
        census.take(&registry.study(index, &mut json));
    }
    assert_eq!(census.largest, registry.study(registry.largest().unwrap(), &mut json).len());
    assert!((3_300_000..3_900_000).contains(&census.largest), "{}", census.largest);
    // The largest study weighs more here than among 605,599.
    let mean = (census.bytes - f64::from(census.largest as u32)) / census.studies;
    assert!((16_300.0..18_200.0).contains(&mean), "{mean}");
    for (what, percent, off) in [
        ("results", 13.3, 1.3),
        ("COMPLETED", 54.6, 2.5),
        ("UNKNOWN", 16.0, 2.0),
        ("RECRUITING", 10.8, 1.5),
        ("TERMINATED", 5.7, 1.0),
        ("NOT_YET_RECRUITING", 4.9, 1.0),
        ("ACTIVE_NOT_RECRUITING", 3.7, 0.8),
        ("INTERVENTIONAL", 76.3, 2.0),
        ("OBSERVATIONAL", 23.3, 2.0),
        ("EXPANDED_ACCESS", 0.18, 0.15),
        ("WITHHELD", 0.16, 0.15),
        ("NA", 39.1, 2.5),
        ("PHASE1", 10.9, 1.4),
        ("PHASE2", 15.0, 1.6),
        ("PHASE3", 8.3, 1.2),
        ("PHASE4", 6.0, 1.0),
        ("EARLY_PHASE1", 1.1, 0.5),
        ("OTHER", 71.5, 2.5),
        ("INDUSTRY", 22.0, 2.5),
        ("OTHER_GOV", 2.65, 0.8),
        ("NIH", 1.9, 0.8),
        ("located", 87.0, 2.0),
        ("coordinates", 86.3, 2.0),
        ("ancestors", 87.0, 4.0),
        ("collaborators", 30.5, 2.5),
        ("keywords", 64.5, 2.5),
        ("other names", 29.0, 3.0),
        ("alias", 0.76, 0.5),
        ("nobody enrolled", 2.8, 1.0),
        ("beyond ASCII", 67.0, 7.0),
        ("escapes", 67.0, 7.0),
        ("bullets", 75.0, 10.0),
    ] {
        let found = census.percent(what);
        assert!((found - percent).abs() <= off, "{what}: {found:.2} % and not {percent} %");
    }
}

#[test]
fn every_study_can_be_read_to_its_end() {
    let registry = Registry::new(200, 3);
    let mut json = paper();
    for index in 0..200 {
        let study = Study::parse(&registry.study(index, &mut json)).unwrap();
        assert!(!trialdex::export::text(&study, Some(80)).is_empty());
    }
}

/// How many of the first `values` names are different ones.
fn distinct(values: u32, name: impl Fn(u32) -> String) -> f64 {
    let names: HashSet<String> = (0..values).map(|value| name(value).to_lowercase()).collect();
    f64::from(names.len() as u32) / f64::from(values)
}

#[test]
fn names_differ() {
    let sponsors = Size::of(FULL, 50_000, 1.0);
    let conditions = Size::of(FULL, 150_000, 1.0);
    for (what, share, least) in [
        ("conditions", distinct(150_000, |value| vocabulary::condition(value).name), 0.99),
        ("interventions", distinct(540_000, |value| vocabulary::intervention(value).name), 0.92),
        (
            "sponsors",
            distinct(50_000, |value| vocabulary::organisation_at(sponsors, value).name),
            0.98,
        ),
        ("keywords", distinct(650_000, |value| vocabulary::keyword(value, conditions)), 0.7),
        ("learned words", distinct(300_000, vocabulary::learned), 0.97),
        ("places", distinct(90_000, |value| place::place(value).city), 0.9),
    ] {
        assert!(share >= least, "{what}: only {share:.3} are different");
    }
}

#[test]
fn a_vocabulary_grows_with_the_registry_and_every_value_is_introduced_once() {
    for (studies, values) in [(605_599, 150_000), (100_000, 38_137), (1000, 1152), (10, 100)] {
        let size = Size::of(studies, 150_000, 0.76);
        assert!(size.values.abs_diff(values) <= values / 100, "{studies}: {}", size.values);
        let introduced: Vec<u32> = (0..studies).flat_map(|index| size.introduced(index)).collect();
        assert_eq!(introduced.len(), size.values as usize);
        assert_eq!(introduced.iter().collect::<HashSet<_>>().len(), introduced.len());
    }
}
