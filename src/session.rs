//! What the user is doing now: the query, its answer, the selected study and the pinned ones. It is
//! the only state that panes share and holds nothing of how it is drawn. What it wants of the world
//! it asks for by [`Effect`]s.

mod answering;
mod collections;
mod columns;
mod completing;
mod effect;
mod filter;
mod grouping;
mod history;
mod job;
mod jobs;
mod kept;
mod look;
mod looking;
mod marking;
mod more;
mod opening;
mod person;
mod pins;
mod prose;
mod reading;
mod saving;
#[cfg(test)]
mod settled;
mod shown;
mod versions;

pub use columns::{ListColumn, ListColumns};
pub use effect::{Begins, Begun, Content, Effect, FileName, Mouse, Task, Wish};
pub use grouping::{Fold, ListGroups, ListLine};
pub use history::{History, SEARCHES_OFF};
pub use job::{Job, JobId, Share};
pub use kept::KeptSession;
pub use look::{Look, PaneSizes};
pub use looking::{Looked, SearchCount};
use marking::Kept;
pub use marking::{Screened, Ticks};
pub use more::Completeness;
use more::More;
pub use opening::{from_home, is_path, path_in};
pub use pins::{MOST_PINS, PinsShown};
pub use versions::VersionPair;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::dataset::Dataset;
use crate::load::BadRecord;
use crate::marks::Marks;
use crate::search::{self, Profile, Query, QueryError, Reading, Results, SavedSearches, Sorts};
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, NctId, PartialDate};

/// What stands on the status line until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Said(String),
    Failed(String),
}

/// Where the selection goes when the next answer arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Landing {
    #[default]
    First,
    /// Stay on the study, if it is still there.
    Stay,
    /// Stay on the study, or in its row if it is gone.
    Here,
    /// To this study, if it is there.
    On(NctId),
}

/// What can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Done {
    /// The query was changed; this is the text before.
    Query(String),
    /// Something was marked.
    Marks(Kept),
}

/// How the query was changed last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Change {
    #[default]
    Chosen,
    Typed,
}

#[derive(Debug, Default)]
pub struct Session {
    pub store: Arc<Store>,
    /// What the dataset is called on the screen.
    pub dataset: String,
    /// The day it is, as whoever runs the program says.
    pub today: Option<PartialDate>,
    /// The paths of the dataset; none is the sample.
    pub paths: Vec<PathBuf>,
    /// The datasets that were open, the newest first; `None` where that is not kept.
    pub recent: Option<Vec<PathBuf>>,
    /// What was skipped of the dataset, and why: as many as are kept.
    pub bad: Vec<BadRecord>,
    /// How many records were skipped, and how many left out because a newer one of the same study was read.
    pub skipped: u64,
    pub replaced: u64,
    /// How much of the dataset the store holds.
    pub completeness: Completeness,
    /// Whether somebody has pressed a key or clicked since there was something to see.
    pub is_used: bool,
    pub results: Results,
    /// The selected row of `results`; [`select`](Self::select) changes it.
    pub selected: usize,
    /// The studies put aside for comparison, all of which are in the dataset.
    pub pins: Vec<NctId>,
    pub pins_shown: PinsShown,
    /// What is marked, and what the collection is called in which that is kept.
    pub marks: Arc<Marks>,
    pub collection: String,
    /// Who marks.
    pub by: String,
    /// The studies that marks are for; if there are none, the one that is shown.
    pub ticked: BTreeSet<NctId>,
    /// How far screening has come, while the user does that.
    pub screening: Option<Screened>,
    pub notice: Option<Notice>,
    /// The columns of the list, and what else was chosen of how everything looks.
    pub columns: ListColumns,
    pub look: Look,
    /// The queries of this run.
    pub history: History,
    /// The searches that have a name; `None` where none are kept.
    pub saved: Option<SavedSearches>,
    /// Whether queries are kept for other runs.
    pub keeps_queries: bool,
    /// The query as it stands in the search line.
    text: String,
    /// What the last text that made sense asks.
    query: Query,
    error: Option<QueryError>,
    /// What was done and undone, for undo and redo.
    undone: Vec<Done>,
    done: Vec<Done>,
    /// The jobs that take marks back and have not ended, each with the job that had kept them.
    unmarking: BTreeMap<JobId, Kept>,
    /// The studies of which it was said in this run that they were read.
    read: BTreeSet<NctId>,
    landing: Landing,
    /// The study that was selected when the dataset was left the last time.
    left_at: Option<NctId>,
    /// Whether the last change was typed: a run of typing is one step of undo.
    last: Change,
    /// The study that is shown instead of the selected one.
    visited: Option<StudyIdx>,
    /// Two records of one study that are compared instead of the pinned studies.
    versions: Option<VersionPair>,
    /// How the words of queries are read.
    reading: Reading,
    /// Whom the studies are to suit; forgotten with the session.
    profile: Option<Profile>,
    /// What the list is grouped by.
    group: Option<Concept>,
    /// The groups of the results.
    grouping: Option<ListGroups>,
    /// The latest search, and the one that is answered.
    asked: JobId,
    answered: JobId,
    last_job: JobId,
    completing: completing::Completing,
    looking: looking::Looking,
    /// The job that makes the index of the prose.
    indexing: Option<JobId>,
    /// More of the dataset, of which the query is being asked.
    more: Option<More>,
    /// Pinned studies that have not been read yet.
    awaited_pins: Vec<NctId>,
    /// The job that reads another dataset, and the latest question for paths.
    opening: Option<JobId>,
    paths_asked: Option<JobId>,
    /// What is done in the background, but for searches; the oldest first.
    jobs: Vec<Job>,
    outbox: Vec<Effect>,
}

impl Session {
    /// Takes a dataset in and asks the present query of it. What it has of the selected and the pinned studies stays so.
    pub fn open(&mut self, dataset: Dataset) {
        let selected = self.row().map(|study| self.store.id(study));
        self.close();
        self.landing = selected.or(self.left_at).map_or(Landing::First, Landing::On);
        self.hold(dataset, Completeness::Whole);
        self.ask();
    }

    /// Lets the dataset go, and what came of it.
    pub fn close(&mut self) {
        self.store = Arc::default();
        self.bad.clear();
        (self.skipped, self.replaced) = (0, 0);
        self.more = None;
        // An answer that is on its way is of no use any more.
        self.asked = self.last_job.next();
        (self.last_job, self.answered) = (self.asked, self.asked);
        self.results = Results::default();
        self.history.forget_counts();
        self.looking = looking::Looking::default();
        self.grouping = None;
        self.selected = 0;
        self.visited = None;
        self.versions = None;
    }

    /// The text of the search line.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What is wrong with the text, when it does not make sense; the results are then those of the
    /// last text that did.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Whether an answer is on its way.
    pub fn is_searching(&self) -> bool {
        self.answered != self.asked
    }

    /// Whether this is the search whose answer, or what follows it, is waited for.
    pub fn is_waiting_for(&self, job: JobId) -> bool {
        (self.is_searching() || self.is_hinting()) && job == self.asked
    }

    /// The search that found what is on the screen.
    pub fn answered(&self) -> JobId {
        self.answered
    }

    /// Waits for no answer any more; the results stay those of the last one.
    pub fn stop_waiting(&mut self) {
        self.answered = self.asked;
        self.results.hints.get_or_insert_default();
    }

    /// Takes what the user has typed so far.
    pub fn type_query(&mut self, text: &str) {
        self.history.stop();
        self.take_text(text);
    }

    fn take_text(&mut self, text: &str) {
        if text != self.text && self.last == Change::Chosen {
            let before = self.sensible_text();
            if !self.history.is_shown() {
                self.history.remember(&before);
            }
            self.done.push(Done::Query(before));
            self.undone.clear();
            self.last = Change::Typed;
        }
        text.clone_into(&mut self.text);
        match search::parse_with(text, self.today, self.references()) {
            Ok(query) => {
                let query = self.here(query);
                self.error = None;
                if query != self.query {
                    self.query = query;
                    self.landing = Landing::First;
                    self.ask();
                }
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// The query as it is asked here and today.
    fn here(&self, query: Query) -> Query {
        Query {
            reading: self.reading,
            today: self.today,
            profile: self.profile.clone(),
            group: self.group,
            ..query
        }
    }

    /// Reads the words of queries in this way from now on, the present one too.
    pub fn read_as(&mut self, reading: Reading) {
        self.reading = reading;
        if self.query.reading != reading {
            self.query.reading = reading;
            self.landing = Landing::Stay;
            self.ask();
        }
    }

    /// The text of the search line, or of the last one that made sense.
    fn sensible_text(&self) -> String {
        if self.error.is_none() { self.text.clone() } else { self.query.to_string() }
    }

    /// Puts a changed query in place of the present one, with its canonical text; can be undone.
    pub fn change_query(&mut self, query: Query) {
        let query = Query { group: self.group, ..query };
        if query != self.query {
            self.done.push(Done::Query(self.sensible_text()));
            self.undone.clear();
            self.put(query);
        }
    }

    /// Puts the query that a text asks in place of the present one; can be undone.
    pub fn change_text(&mut self, text: &str) {
        if let Ok(query) = search::parse_with(text, self.today, self.references()) {
            self.change_query(Query { reading: self.reading, ..query });
        }
    }

    /// Begins with a query, as if it had always been there.
    pub fn begin_with(&mut self, text: &str) {
        self.type_query(text);
        self.done.clear();
        self.last = Change::Chosen;
    }

    fn put(&mut self, query: Query) {
        self.text = query.to_string();
        self.query = query;
        self.error = None;
        self.landing = Landing::Stay;
        self.last = Change::Chosen;
        self.ask();
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Takes back the last change of the query: a filter, an order, or what was typed since.
    pub fn undo(&mut self) {
        self.exchange(|session| (&mut session.done, &mut session.undone));
    }

    /// Makes the last change that was taken back again.
    pub fn redo(&mut self) {
        self.exchange(|session| (&mut session.undone, &mut session.done));
    }

    fn exchange(&mut self, stacks: fn(&mut Self) -> (&mut Vec<Done>, &mut Vec<Done>)) {
        let present = self.sensible_text();
        let (from, to) = stacks(self);
        match from.pop() {
            Some(Done::Marks(kept)) => self.unmark(kept),
            Some(Done::Query(text)) => {
                to.push(Done::Query(present));
                // A saved search may have got another query since.
                let query = search::parse_with(&text, None, self.references()).unwrap_or_default();
                self.put(self.here(query));
                self.text = text;
            }
            None => self.say("nothing left to undo or redo"),
        }
    }

    /// Orders the results; no order is the order by relevance.
    pub fn sort(&mut self, sort: impl Into<Sorts>) {
        self.change_query(Query { sort: sort.into(), ..self.query.clone() });
        self.landing = Landing::First;
    }

    /// Asks the world for something.
    pub fn request(&mut self, effect: Effect) {
        self.outbox.push(effect);
    }

    /// What was asked of the world since the last call; of several searches only the last.
    pub fn effects(&mut self) -> Vec<Effect> {
        let mut effects = std::mem::take(&mut self.outbox);
        let is_search = |effect: &Effect| matches!(effect, Effect::Start(_, Task::Search(_)));
        let searches = effects.iter().filter(|effect| is_search(effect)).count();
        let mut seen = 0;
        effects.retain(|effect| {
            seen += usize::from(is_search(effect));
            !is_search(effect) || seen == searches
        });
        effects
    }
}
