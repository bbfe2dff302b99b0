//! Random expressions of what is asked of prose and of the registry's areas: all of, any of, not; with the number of
//! studies whose criteria are not split.

use trialdex::search::Stand;

use super::*;

/// An area of the registry: where its names and titles stand, and the parts of the prose that belong to it.
struct Area {
    prefix: &'static str,
    paths: &'static [&'static str],
    parts: &'static [&'static str],
}

const TITLES: [&str; 3] = [
    "protocolSection.identificationModule.acronym",
    "protocolSection.identificationModule.briefTitle",
    "protocolSection.identificationModule.officialTitle",
];
const IDS: [&str; 4] = [
    "protocolSection.identificationModule.nctId",
    "protocolSection.identificationModule.orgStudyIdInfo.id",
    "protocolSection.identificationModule.nctIdAliases",
    "protocolSection.identificationModule.secondaryIdInfos.id",
];
const CONDITIONS: &str = "protocolSection.conditionsModule.conditions";
const KEYWORDS: &str = "protocolSection.conditionsModule.keywords";
const DRUGS: [&str; 2] = [
    "protocolSection.armsInterventionsModule.interventions.name",
    "protocolSection.armsInterventionsModule.interventions.otherNames",
];
const CONDITION_TREE: [&str; 2] = [
    "derivedSection.conditionBrowseModule.meshes.term",
    "derivedSection.conditionBrowseModule.ancestors.term",
];
const DRUG_TREE: [&str; 2] = [
    "derivedSection.interventionBrowseModule.meshes.term",
    "derivedSection.interventionBrowseModule.ancestors.term",
];
const SPONSORS: [&str; 3] = [
    "protocolSection.sponsorCollaboratorsModule.leadSponsor.name",
    "protocolSection.sponsorCollaboratorsModule.collaborators.name",
    "protocolSection.identificationModule.organization.fullName",
];
const PLACES: [&str; 4] = [
    "protocolSection.contactsLocationsModule.locations.facility",
    "protocolSection.contactsLocationsModule.locations.city",
    "protocolSection.contactsLocationsModule.locations.state",
    "protocolSection.contactsLocationsModule.locations.country",
];
const ZIP: &str = "protocolSection.contactsLocationsModule.locations.zip";

const AREAS: [Area; 5] = [
    Area { prefix: "titles", paths: &TITLES, parts: &[] },
    Area {
        prefix: "condition-search",
        paths: &[
            CONDITIONS,
            KEYWORDS,
            TITLES[0],
            TITLES[1],
            TITLES[2],
            IDS[0],
            IDS[1],
            IDS[2],
            IDS[3],
            CONDITION_TREE[0],
            CONDITION_TREE[1],
        ],
        parts: &[],
    },
    Area {
        prefix: "intr",
        paths: &[DRUGS[0], DRUGS[1], KEYWORDS, TITLES[1], TITLES[2], DRUG_TREE[0], DRUG_TREE[1]],
        parts: &[],
    },
    Area { prefix: "locn", paths: &[PLACES[0], PLACES[1], PLACES[2], PLACES[3], ZIP], parts: &[] },
    Area {
        prefix: "term",
        paths: &[
            TITLES[0],
            TITLES[1],
            TITLES[2],
            IDS[0],
            IDS[1],
            IDS[2],
            IDS[3],
            CONDITIONS,
            KEYWORDS,
            DRUGS[0],
            DRUGS[1],
            CONDITION_TREE[0],
            CONDITION_TREE[1],
            DRUG_TREE[0],
            DRUG_TREE[1],
            SPONSORS[0],
            SPONSORS[1],
            SPONSORS[2],
            PLACES[0],
            PLACES[1],
            PLACES[2],
            PLACES[3],
        ],
        parts: &["outcome", "summary"],
    },
];

/// A record as it is looked at.
struct Looked {
    id: String,
    passages: Vec<Passage>,
    /// For each area its texts.
    texts: Vec<Vec<Passage>>,
}

impl Looked {
    fn new(lexicon: &mut Lexicon, study: &Value) -> Self {
        let texts = AREAS.map(|area| {
            let mut texts = Vec::new();
            area.paths.iter().for_each(|path| scan::gather(study, path, &mut texts));
            texts.iter().map(|text| passage(lexicon, "", text)).collect()
        });
        let (id, passages) = (scan::id(study).to_owned(), passages(lexicon, study));
        Self { id, passages, texts: texts.into() }
    }

    fn states(&self, parts: &[&str]) -> bool {
        self.passages.iter().any(|passage| parts.contains(&passage.part))
    }
}

/// An expression, with what each of its leaves says of every record.
enum Expr {
    /// How it is written, the field, and for which records it holds.
    Leaf(String, &'static str, Vec<bool>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

impl Expr {
    fn text(&self) -> String {
        let joined = |parts: &[Self], between: &str| {
            let parts: Vec<String> = parts.iter().map(Self::text).collect();
            format!("({})", parts.join(between))
        };
        match self {
            Self::Leaf(text, ..) => text.clone(),
            Self::All(parts) => joined(parts, " "),
            Self::Any(parts) => joined(parts, " | "),
            Self::Not(inner) => format!("-{}", inner.text()),
        }
    }

    /// Whether it holds for a record; what is asked of the field `open` does where the record states nothing there.
    fn holds(&self, record: usize, open: Option<(&str, bool)>) -> bool {
        match self {
            Self::Leaf(_, field, holds) => {
                holds[record] || open.is_some_and(|(of, is_silent)| of == *field && is_silent)
            }
            Self::All(parts) => parts.iter().all(|part| part.holds(record, open)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(record, open)),
            Self::Not(inner) => !inner.holds(record, open),
        }
    }

    fn asks(&self, field: &str) -> bool {
        match self {
            Self::Leaf(_, of, _) => *of == field,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks(field)),
            Self::Not(inner) => inner.asks(field),
        }
    }
}

struct Making<'a> {
    random: Random,
    lexicon: &'a mut Lexicon,
    records: &'a [Looked],
    reading: Reading,
}

impl Making<'_> {
    /// The words of a random passage of a random record.
    fn words(&mut self, area: Option<usize>) -> Vec<String> {
        let record = &self.records[self.random.below(self.records.len())];
        let all = area.map_or(&record.passages, |area| &record.texts[area]);
        let Some(passage) = all.get(self.random.below(all.len().max(1))) else { return Vec::new() };
        passage.words.iter().map(|word| self.lexicon.text(*word).to_owned()).collect()
    }

    fn leaf(&mut self) -> Expr {
        loop {
            let is_area = self.reading == Reading::AsTyped && self.random.below(2) == 0;
            let area = is_area.then(|| self.random.below(AREAS.len()));
            let words = self.words(area);
            let is_wanted = |word: &String| word.len() > 3 && word != "none";
            if words.is_empty() || !words.iter().all(is_wanted) && is_area {
                continue;
            }
            let Some(ask) = random_ask(&mut self.random, &words) else { continue };
            // Names are not asked by how near their words stand, and behind their prefix quotes are a phrase.
            let is_near = matches!(ask, Ask::Near(..));
            if is_area && is_near || ask.text() == "none" {
                continue;
            }
            let asked = ask.words(self.lexicon);
            let (field, parts) = match area {
                Some(area) => (AREAS[area].prefix, AREAS[area].parts),
                None => *self.random.one_of(&FIELDS),
            };
            let fits = |own: &Passage| ask.fits(&asked, (own, self.reading), self.lexicon);
            let holds = self.records.iter().map(|record| {
                let in_prose = |own: &&Passage| parts.contains(&own.part);
                let texts = area.map(|area| record.texts[area].iter());
                record.passages.iter().filter(in_prose).any(fits)
                    || texts.is_some_and(|mut texts| texts.any(fits))
            });
            return Expr::Leaf(format!("{field}:{}", ask.text()), field, holds.collect());
        }
    }

    fn expr(&mut self, depth: usize) -> Expr {
        let parts = |making: &mut Self| {
            (0..2 + making.random.below(2)).map(|_| making.expr(depth - 1)).collect::<Vec<_>>()
        };
        match self.random.below(if depth == 0 { 1 } else { 6 }) {
            1 | 2 => Expr::All(parts(self)),
            3 | 4 => Expr::Any(parts(self)),
            5 => Expr::Not(Box::new(self.expr(depth - 1))),
            _ => self.leaf(),
        }
    }
}

fn check(store: &Store, studies: &[Value], count: usize) {
    let lexicon = &mut Lexicon::default();
    let records: Vec<Looked> = studies.iter().map(|study| Looked::new(lexicon, study)).collect();
    let mut making =
        Making { random: Random(11), lexicon, records: &records, reading: Reading::AsTyped };
    let (mut found, mut unsplit) = (0, 0);
    for number in 0..count {
        making.reading = if number % 3 == 0 { Reading::AsMeant } else { Reading::AsTyped };
        let expr = making.expr(2);
        let text = expr.text();
        let results = answer_as(store, &text, making.reading);
        let all = || (0..records.len()).filter(|&record| expr.holds(record, None));
        let mut expected: Vec<&str> = all().map(|record| records[record].id.as_str()).collect();
        expected.sort_unstable();
        let mut answered = ids_of(store, &results);
        answered.sort_unstable();
        assert_eq!(answered, expected, "{text} {:?}", making.reading);
        found += answered.len();
        for side in ["incl", "excl"].into_iter().filter(|side| expr.asks(side)) {
            let [mut more, mut fewer] = [0, 0];
            for (place, record) in records.iter().enumerate() {
                let is_silent = !record.states(&[side]);
                let [now, then] = [None, Some((side, is_silent))].map(|it| expr.holds(place, it));
                let counts = record.states(&["incl", "excl", "unsplit", "heading"]);
                more += u64::from(counts && !now && then);
                fewer += u64::from(counts && now && !then);
            }
            for (stand, count) in [(Stand::LeftOut, more), (Stand::Found, fewer)] {
                let told = results.unstated.iter();
                let mut told = told.filter(|it| it.concept.name() == side && it.stand == stand);
                assert_eq!(told.next().map_or(0, |it| it.studies), count, "{text} {stand:?}");
                unsplit += count;
            }
        }
    }
    assert!(found > count && unsplit > 0, "nearly nothing was found");
}

#[test]
fn expressions_of_real_prose_and_of_areas_are_answered_as_a_scan_answers_them() {
    let Some(studies) = real::studies() else { return };
    let store = with_prose(real::store().expect("the studies are there"));
    check(&store, &studies, 200);
}

#[test]
fn expressions_of_made_up_prose_are_answered_as_a_scan_answers_them() {
    let (store, studies) = made_up();
    check(&store, &studies, 1000);
}
