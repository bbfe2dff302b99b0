//! What the registry adds to a record itself: terms of the thesaurus with those above them, and the version.

use super::draft::{Draft, Kind};
use super::json::Json;

/// The letters under which the thesaurus's branches are browsed.
const BRANCHES: &[(&str, &str)] = &[
    ("BC04", "Neoplasms"),
    ("BC23", "Symptoms and General Pathology"),
    ("All", "All Conditions"),
    ("BC10", "Nervous System Diseases"),
    ("BC14", "Heart and Blood Diseases"),
    ("BC08", "Respiratory Tract (Lung and Bronchial) Diseases"),
    ("BC01", "Infections"),
    ("BC18", "Nutritional and Metabolic Diseases"),
];

impl Draft<'_> {
    pub(crate) fn derived(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        json.nested("derivedSection", |json| {
            json.nested("miscInfoModule", |json| json.pair("versionHolder", "2026-10-03"));
            if self.kind == Kind::Withheld {
                return;
            }
            let terms: Vec<&str> = self
                .subject
                .conditions
                .iter()
                .map(|condition| condition.term.as_str())
                .filter(|term| !term.is_empty())
                .collect();
            let mut above: Vec<&str> = self
                .subject
                .conditions
                .iter()
                .filter(|condition| !condition.term.is_empty())
                .flat_map(|condition| condition.ancestors.iter().copied())
                .collect();
            above.sort_unstable();
            above.dedup();
            if !terms.is_empty() && chance.share(0.97) {
                let leaves = chance.share(0.64);
                json.nested("conditionBrowseModule", |json| {
                    entries("meshes", &terms, json);
                    if !above.is_empty() {
                        entries("ancestors", &above, json);
                    }
                    if leaves {
                        json.list("browseLeaves", |json| {
                            terms.iter().chain(&above).for_each(|term| leaf(term, json));
                        });
                        json.list("browseBranches", |json| {
                            for &(letters, name) in
                                &BRANCHES[..chance.between(2, BRANCHES.len() as u32) as usize]
                            {
                                json.object(|json| {
                                    json.pair("abbrev", letters);
                                    json.pair("name", name);
                                });
                            }
                        });
                    }
                });
            }
            let given = self.subject.interventions.iter().filter(|given| !given.branch.is_empty());
            let (names, branches): (Vec<&str>, Vec<&str>) =
                given.map(|given| (given.name.as_str(), given.branch)).unzip();
            if !names.is_empty() {
                json.nested("interventionBrowseModule", |json| {
                    entries("meshes", &names, json);
                    entries(
                        "ancestors",
                        &[
                            &branches[..],
                            &[
                                "Organic Chemicals",
                                "Heterocyclic Compounds",
                                "Hydrocarbons",
                                "Amides",
                                "Biological Factors",
                            ],
                        ]
                        .concat(),
                        json,
                    );
                });
            } else if chance.share(0.002) {
                json.nested("interventionBrowseModule", |_| ());
            }
        });
    }
}

fn entries(key: &str, terms: &[&str], json: &mut Json) {
    json.list(key, |json| {
        for term in terms {
            json.object(|json| {
                json.pair("id", &id('D', term));
                json.pair("term", term);
            });
        }
    });
}

fn leaf(term: &str, json: &mut Json) {
    json.object(|json| {
        json.pair("id", &id('M', term));
        json.pair("name", term);
        json.pair("asFound", term.split(',').next().unwrap_or_default());
        json.pair("relevance", "LOW");
    });
}

/// The same id for the same term.
fn id(letter: char, term: &str) -> String {
    let hash =
        term.bytes().fold(17_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    format!("{letter}{:06}", hash % 990_000)
}
