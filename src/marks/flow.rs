//! The numbers of a PRISMA 2020 flow diagram that a collection knows. What it cannot know is left out.

use super::event::Decision;
use super::mark::{Marks, Standing};
use crate::study::NctId;

/// Why studies are excluded, as reviews usually say it.
pub const REASONS: [&str; 10] = [
    "wrong population",
    "wrong intervention",
    "wrong comparator",
    "wrong outcome",
    "wrong design",
    "wrong setting",
    DUPLICATE,
    "not a trial",
    "withdrawn",
    "other",
];

/// The reason that means "removed before screening".
const DUPLICATE: &str = "duplicate";

/// The numbers of a flow diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// What the search found in the register, where that is said.
    pub identified: Option<u64>,
    /// Excluded as duplicates: removed before screening.
    pub duplicates: u64,
    /// Decided on, without duplicates; with what is undecided between people.
    pub screened: u64,
    pub excluded: u64,
    /// Why, the most frequent first. Those without a reason are not among them.
    pub reasons: Vec<(String, u64)>,
    pub maybe: u64,
    /// On which people disagree.
    pub disputed: u64,
    pub included: u64,
    /// Identified, but not decided on.
    pub unscreened: Option<u64>,
}

impl Flow {
    /// Counts a collection; of what was identified, if that is known, only that.
    pub fn of(marks: &Marks, identified: Option<&[NctId]>) -> Self {
        let mut flow = Self::default();
        let counts = |id: NctId| identified.is_none_or(|ids| ids.binary_search(&id).is_ok());
        for (_, mark) in marks.iter().filter(|(id, _)| counts(*id)) {
            let (decision, reason) = match mark.standing() {
                Standing::Undecided => continue,
                Standing::Disputed => {
                    flow.screened += 1;
                    flow.disputed += 1;
                    continue;
                }
                Standing::Decided(decided) => (decided.decision, decided.reason.as_deref()),
            };
            if decision == Decision::Exclude && reason == Some(DUPLICATE) {
                flow.duplicates += 1;
                continue;
            }
            flow.screened += 1;
            match decision {
                Decision::Include => flow.included += 1,
                Decision::Maybe => flow.maybe += 1,
                Decision::Exclude => {
                    flow.excluded += 1;
                    flow.reasons.extend(reason.map(|reason| (reason.to_owned(), 1)));
                }
            }
        }
        flow.reasons.sort();
        flow.reasons.dedup_by(|next, first| {
            let same = next.0 == first.0;
            first.1 += if same { next.1 } else { 0 };
            same
        });
        flow.reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        flow.identified = identified.map(|ids| ids.len() as u64);
        let decided = flow.screened + flow.duplicates;
        flow.unscreened = flow.identified.map(|identified| identified.saturating_sub(decided));
        flow
    }

    /// The numbers with the names that the R package PRISMA2020 gives its boxes.
    pub fn boxes(&self) -> Vec<(&'static str, u64)> {
        let identified = self.identified.map(|count| ("register_results", count));
        let known = [
            ("duplicates", self.duplicates),
            ("records_screened", self.screened),
            ("records_excluded", self.excluded),
        ];
        // As long as something is open, nobody knows how many are included in the end.
        let is_open =
            self.maybe > 0 || self.disputed > 0 || self.unscreened.is_some_and(|it| it > 0);
        let included = (!is_open).then_some(("new_studies", self.included));
        identified.into_iter().chain(known).chain(included).collect()
    }
}
