//! The saved searches in the dataset that is open: how many studies each finds, and which are new since somebody looked at
//! it last. Where that is kept this does not know.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Change, Completeness, JobId, Session, Task};
use crate::search::{self, Choice, Expr, ProseState, Query, SavedSearches, Sorts};
use crate::study::{NctId, PartialDate};

/// So many new studies are asked for at once.
const MOST_NEW: usize = 100;

/// What a saved search found when somebody looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub day: PartialDate,
    /// What it asked, in canonical form.
    pub query: String,
    /// In ascending order.
    pub studies: Vec<NctId>,
}

/// A saved search, and what is known of it in the dataset that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchCount {
    pub name: Arc<str>,
    /// `None` as long as the prose that it asks is not indexed.
    pub studies: Option<u64>,
    /// The studies that it did not find when it was looked at last, and the day of that.
    pub new: Vec<NctId>,
    pub since: Option<PartialDate>,
}

/// What is known of all of them.
#[derive(Debug, Default)]
pub(super) struct Looking {
    queries: Vec<(Arc<str>, Query)>,
    counts: Vec<SearchCount>,
    /// The job that counts, and the one that has counted.
    counting: Option<JobId>,
    counted: JobId,
    /// Those that were looked at since the dataset was opened.
    looked: BTreeSet<Arc<str>>,
}

impl Session {
    /// Asks how many studies each saved search finds.
    pub fn count_searches(&mut self) {
        let saved = self.saved.iter().flat_map(SavedSearches::iter);
        let queries = saved.filter_map(|(name, text)| {
            let query = search::parse_with(text, self.today, self.references()).ok()?;
            let query =
                Query { sort: Sorts::default(), profile: None, group: None, ..self.here(query) };
            (query.expr != Expr::Everything).then(|| (Arc::from(name), query))
        });
        let queries: Vec<(Arc<str>, Query)> = queries.collect();
        self.looking.queries.clone_from(&queries);
        let is_whole = self.completeness == Completeness::Whole && !self.store.is_empty();
        let is_wanted = is_whole && !queries.is_empty();
        self.looking.counting = is_wanted.then(|| self.start(Task::CountSearches(queries)));
        if !is_wanted {
            self.looking.counts.clear();
        }
    }

    /// Whether the index of the prose changes what a saved search finds.
    pub(super) fn searches_ask_prose(&self) -> bool {
        self.looking.queries.iter().any(|(_, query)| query.asks_prose())
    }

    /// Takes in how many studies the saved searches find.
    pub fn counted(&mut self, job: JobId, mut counts: Vec<SearchCount>) {
        if self.looking.counting.take_if(|counting| *counting == job).is_none() {
            return;
        }
        // What was new when the dataset was opened stays so until it is left.
        for count in &mut counts {
            let before = self.looking.counts.iter().find(|before| before.name == count.name);
            if let Some(before) = before.filter(|_| self.looking.looked.contains(&count.name)) {
                (count.new, count.since) = (before.new.clone(), before.since);
            }
        }
        (self.looking.counts, self.looking.counted) = (counts, job);
        self.look();
    }

    /// What is known of the saved searches, and the job that has found it out.
    pub fn search_counts(&self) -> (&[SearchCount], JobId) {
        (&self.looking.counts, self.looking.counted)
    }

    /// Takes in that counting has ended, if this job was to do that.
    pub(super) fn end_counting(&mut self, job: JobId) -> bool {
        self.looking.counting.take_if(|counting| *counting == job).is_some()
    }

    /// The saved search that is asked now, whatever the order of the list.
    pub fn asked_search(&self) -> Option<&str> {
        let is_asked = |(_, query): &&(Arc<str>, Query)| query.expr == self.query.expr;
        self.looking.queries.iter().find(is_asked).map(|(name, _)| &**name)
    }

    /// Keeps that somebody looks at a saved search, if that is on the screen. What was new of it has to be known before.
    pub(super) fn look(&mut self) {
        let is_on_screen = !self.is_searching()
            && self.error.is_none()
            && self.results.prose == ProseState::Complete
            && self.completeness == Completeness::Whole
            && self.looking.counting.is_none();
        let asked = self.asked_search().filter(|_| is_on_screen).map(Arc::from);
        if let Some(name) = asked
            && self.looking.looked.insert(Arc::clone(&name))
        {
            let query = Query { profile: None, group: None, ..self.query.clone() };
            let query = Box::new(Query { sort: Sorts::default(), ..query });
            self.start(Task::Look { name, query });
        }
    }

    /// Asks a saved search in place of what is asked, or leaves out what it finds. One that is asked already is taken back.
    pub fn ask_search(&mut self, name: &str, choice: Choice) {
        let text = match choice {
            Choice::Include if self.asked_search() == Some(name) => String::new(),
            Choice::Include => format!("saved:{name}"),
            Choice::Exclude => format!("{} -saved:{name}", self.sensible_text()),
        };
        self.ask_text(text.trim());
    }

    /// Asks what is new of a saved search.
    pub fn ask_new(&mut self, name: &str) {
        let count = self.looking.counts.iter().find(|count| *count.name == *name);
        let Some(SearchCount { new, .. }) = count.filter(|count| !count.new.is_empty()) else {
            return;
        };
        let ids: Vec<String> = new.iter().rev().take(MOST_NEW).map(NctId::to_string).collect();
        let is_cut = new.len() > MOST_NEW;
        self.ask_text(&ids.join(" "));
        if is_cut {
            self.say(format!("only the {MOST_NEW} with the highest ids are asked for"));
        }
    }

    /// Asks a text as a step of its own that can be undone.
    fn ask_text(&mut self, text: &str) {
        self.last = Change::Chosen;
        self.type_query(text);
        self.last = Change::Chosen;
        self.keep_query();
    }
}
