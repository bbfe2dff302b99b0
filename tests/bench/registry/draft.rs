//! What is decided of a study before its record is written: its kind, its subject, and how long its texts are.

use super::chance::{Chance, whole};
use super::json::Json;
use super::prose::{Hand, Subject};
use super::vocabulary::{self, Organisation};
use super::written::written;
use super::{Registry, date};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Interventional,
    Observational,
    ExpandedAccess,
    /// Withheld: almost nothing is said.
    Withheld,
}

/// How much has been reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reported {
    Nothing,
    Results,
    /// Results as long as those of the longest record.
    Longest,
}

pub(crate) struct Draft<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) index: u32,
    pub(crate) chance: Chance,
    pub(crate) kind: Kind,
    pub(crate) status: &'static str,
    pub(crate) reported: Reported,
    pub(crate) subject: Subject,
    pub(crate) lead: Organisation,
    /// Places that no other study introduces.
    pub(crate) places: Vec<u32>,
    pub(crate) submitted: u32,
    pub(crate) start: u32,
    pub(crate) completion: u32,
    pub(crate) updated: u32,
    /// How wordy the study is; 1 is the median.
    pub(crate) length: f64,
}

/// Shares of the statuses among the newest fifth of studies, and among the others.
const NEW_SHARE: f64 = 0.22;
const STATUSES_NEW: &[(&str, f64)] = &[
    ("RECRUITING", 43.8),
    ("NOT_YET_RECRUITING", 22.3),
    ("COMPLETED", 16.0),
    ("ACTIVE_NOT_RECRUITING", 9.7),
    ("ENROLLING_BY_INVITATION", 3.0),
    ("WITHDRAWN", 1.5),
    ("TERMINATED", 1.5),
    ("SUSPENDED", 1.0),
];
const STATUSES_OLD: &[(&str, f64)] = &[
    ("COMPLETED", 65.5),
    ("UNKNOWN", 20.6),
    ("TERMINATED", 6.9),
    ("WITHDRAWN", 3.2),
    ("ACTIVE_NOT_RECRUITING", 2.0),
    ("RECRUITING", 1.5),
    ("ENROLLING_BY_INVITATION", 0.3),
    ("SUSPENDED", 0.1),
];
const STATUSES_ACCESS: &[(&str, f64)] = &[
    ("NO_LONGER_AVAILABLE", 45.0),
    ("AVAILABLE", 30.0),
    ("APPROVED_FOR_MARKETING", 23.0),
    ("TEMPORARILY_NOT_AVAILABLE", 2.0),
];

/// Of the interventional studies that ended, this share has results: 13.3 % of all.
const RESULTS_SHARE: f64 = 0.289;

impl<'a> Draft<'a> {
    pub(crate) fn new(registry: &'a Registry, index: u32) -> Self {
        let mut chance = Chance::new(registry.seed, u64::from(index));
        let longest = registry.largest() == Some(index);
        let kind = chance.weighted(&[
            (Kind::Interventional, 0.7632),
            (Kind::Observational, 0.2334),
            (Kind::ExpandedAccess, 0.0018),
            (Kind::Withheld, 0.0016),
        ]);
        let kind = if longest { Kind::Interventional } else { kind };
        let age = f64::from(index) / f64::from(registry.studies);
        let status = match kind {
            _ if longest => "COMPLETED",
            Kind::Withheld => "WITHHELD",
            Kind::ExpandedAccess => chance.weighted(STATUSES_ACCESS),
            _ if age >= 1.0 - NEW_SHARE => chance.weighted(STATUSES_NEW),
            _ => chance.weighted(STATUSES_OLD),
        };
        let ended = kind == Kind::Interventional && matches!(status, "COMPLETED" | "TERMINATED");
        let reported = match longest {
            true => Reported::Longest,
            false if ended && chance.share(RESULTS_SHARE) => Reported::Results,
            false => Reported::Nothing,
        };
        // Three of ten ids that there are were given out before 2014, as many again before 2018.
        let submitted = date::FIRST + whole(f64::from(date::LAST - date::FIRST) * age.powf(0.55));
        let start = submitted - 460 + chance.below(700);
        let completion = start + 30 + chance.about(650.0, 0.9);
        let since = f64::from(date::LAST - submitted);
        let updated =
            submitted + whole(since * if ended { chance.unit() } else { chance.unit().sqrt() });
        let (subject, lead) =
            (subject(registry, index, kind, &mut chance), lead(registry, index, &mut chance));
        let length = chance.factor(0.42) * if reported == Reported::Nothing { 1.08 } else { 1.5 };
        let places = registry.places.introduced(index).collect();
        Self {
            registry,
            index,
            chance,
            kind,
            status,
            reported,
            subject,
            lead,
            places,
            submitted,
            start,
            completion,
            updated,
            length,
        }
    }

    pub(crate) fn write(mut self, json: &mut Json) {
        json.object(|json| {
            json.nested("protocolSection", |json| {
                self.identification(json);
                self.status(json);
                self.sponsors(json);
                if self.kind != Kind::Withheld {
                    self.oversight(json);
                    self.description(json);
                    self.conditions(json);
                    self.design(json);
                    self.arms(json);
                    self.outcomes(json);
                    self.eligibility(json);
                    self.contacts(json);
                    self.references(json);
                    self.sharing(json);
                }
            });
            if self.reported != Reported::Nothing {
                self.results(json);
                self.documents(json);
            }
            self.derived(json);
            json.flag("hasResults", self.reported != Reported::Nothing);
        });
    }
}

/// What the study at `index` is about: first what it introduces, then what others have too.
fn subject(registry: &Registry, index: u32, kind: Kind, chance: &mut Chance) -> Subject {
    let hand =
        chance.weighted(&[(Hand::Signs, 0.26), (Hand::Escaped, 0.66), (Hand::InWords, 0.08)]);
    let mut subject = Subject {
        conditions: Vec::new(),
        interventions: Vec::new(),
        treatments: registry.interventions.values,
        words: registry.words.values,
        hand,
    };
    if kind == Kind::Withheld {
        return subject;
    }
    let mut conditions: Vec<u32> = registry.conditions.introduced(index).collect();
    let wanted = chance.tail(1.9, 60) as usize;
    while conditions.len() < wanted {
        conditions.push(chance.rank(registry.conditions.values, 10.0));
    }
    // The first one gives the study its title, and the common ones are what studies are about.
    conditions.sort_unstable();
    conditions.dedup();
    subject.conditions.extend(conditions.into_iter().map(vocabulary::condition));
    // How names are written changes nothing else of a study.
    let mut own = chance.clone();
    for condition in &mut subject.conditions {
        condition.name = written(&condition.name, &mut own);
        if chance.share(0.06) {
            condition.name = condition.name.to_lowercase();
        }
    }
    if kind == Kind::Observational && chance.share(0.3) {
        return subject;
    }
    let mut interventions: Vec<u32> = registry.interventions.introduced(index).collect();
    let wanted = chance.tail(1.75, 40) as usize;
    while interventions.len() < wanted {
        interventions.push(chance.rank(subject.treatments, 4.0));
    }
    interventions.sort_unstable_by_key(|&value| std::cmp::Reverse(value));
    interventions.dedup();
    subject.interventions.extend(interventions.into_iter().map(vocabulary::intervention));
    subject
}

fn lead(registry: &Registry, index: u32, chance: &mut Chance) -> Organisation {
    match registry.sponsors.introduced(index).next() {
        Some(value) => vocabulary::organisation_at(registry.sponsors, value),
        None => vocabulary::any_organisation(registry.sponsors, chance),
    }
}
