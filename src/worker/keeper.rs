//! Keeps what is marked, on a thread of its own and in the order in which it was asked for.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::{Queue, caught, start};
use crate::event::Event;
use crate::marks::{Agreement, Collection, Damage, Folder, Marking, Merged};
use crate::session::{JobId, Task};
use crate::text;

/// Whose marks are kept where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `None` on a system without a home for it.
    pub folder: Option<Folder>,
    pub collection: String,
    pub by: String,
}

/// Something to be done with marks.
#[derive(Debug)]
pub enum Order {
    Mark {
        changes: Vec<Marking>,
        what: String,
    },
    /// Take back what another order kept.
    Undo(JobId),
    /// A study was shown to be read; nothing if it is seen already.
    Read(Marking),
    /// Say which collections there are.
    List,
    /// Keep everything in this collection from now on.
    Use(String),
    /// Join the marks of another file.
    Join(PathBuf),
}

impl Order {
    /// What a task of the session orders; the task itself if it is not about marks.
    pub fn of(task: Task) -> Result<Self, Task> {
        Ok(match task {
            Task::Mark { changes, what } => Self::Mark { changes, what },
            Task::Unmark(of) => Self::Undo(of),
            Task::Read(marking) => Self::Read(marking),
            Task::Collections => Self::List,
            Task::UseCollection(name) => Self::Use(name),
            Task::Join(path) => Self::Join(path),
            other => return Err(other),
        })
    }
}

/// The collection that is open, and what this run has kept in it.
#[derive(Debug)]
pub struct Shelf {
    place: Place,
    opened: Result<Collection, String>,
    /// The step of each order that was kept.
    steps: HashMap<JobId, String>,
}

impl Shelf {
    /// Opens the collection, and tells what is marked there or what is wrong with it.
    pub fn open(place: Place, tell: &mut dyn FnMut(Event)) -> Self {
        let opened = open(&place, &place.collection);
        let shelf = Self { place, opened, steps: HashMap::new() };
        shelf.tell_all(tell);
        shelf
    }

    fn tell_all(&self, tell: &mut dyn FnMut(Event)) {
        match &self.opened {
            Ok(collection) => {
                tell(marked(collection));
                if let Some(damage) = collection.damage().first() {
                    let path = collection.path().display();
                    let Damage { line, reason } = damage;
                    tell(Event::Fault(format!("{path}: line {line} does not count: {reason}")));
                }
            }
            Err(reason) => tell(Event::Fault(reason.clone())),
        }
    }

    /// Does what is ordered, and tells what that changes; gives a line that says what was done.
    pub fn keep(
        &mut self,
        job: JobId,
        order: Order,
        tell: &mut dyn FnMut(Event),
    ) -> Result<String, String> {
        match order {
            Order::List => {
                tell(Event::Collections(self.list()?));
                return Ok(String::new());
            }
            Order::Use(name) => return self.use_other(&name, tell),
            _ => (),
        }
        let Self { place, opened, steps } = self;
        let collection = opened.as_mut().map_err(|reason| reason.clone())?;
        let kept = match order {
            Order::Mark { changes, what } => collection.mark(&place.by, changes).map(|step| {
                steps.insert(job, step.step);
                what
            }),
            Order::Undo(of) => {
                let step = steps.get(&of).ok_or("it was not kept, so nothing is undone")?;
                let undone = collection.undo_step(&place.by, step);
                undone.map(|step| {
                    steps.remove(&of);
                    format!("undo: {}", step.words)
                })
            }
            Order::Read(marking) => {
                // It may have been seen elsewhere meanwhile.
                if collection.marks().get(marking.0).is_some_and(|mark| mark.seen) {
                    return Ok(String::new());
                }
                collection.mark(&place.by, vec![marking]).map(|_| String::new())
            }
            Order::Join(path) => {
                collection.merge(&path).map(|merged| joined(&path, &merged, collection))
            }
            Order::List | Order::Use(_) => Ok(String::new()),
        };
        tell(marked(collection));
        kept.map_err(|error| error.to_string())
    }

    /// Every collection with the number of studies that are marked in it.
    fn list(&self) -> Result<Vec<(String, usize)>, String> {
        let folder = self.place.folder.as_ref().ok_or(NO_FOLDER)?;
        let names = folder.names();
        let names = names
            .map_err(|error| format!("{}: cannot be read: {error}", folder.path().display()))?;
        let count = |name: String| {
            // One that cannot be read says so when it is chosen.
            let collection = Collection::open(folder, &name);
            let count = collection.map_or(0, |collection| collection.marks().len());
            (name, count)
        };
        Ok(names.into_iter().map(count).collect())
    }

    fn use_other(&mut self, name: &str, tell: &mut dyn FnMut(Event)) -> Result<String, String> {
        let collection = open(&self.place, name)?;
        let count = collection.marks().len() as u64;
        let is_new = !collection.path().exists();
        name.clone_into(&mut self.place.collection);
        self.opened = Ok(collection);
        self.steps.clear();
        tell(Event::Using(name.to_owned()));
        self.tell_all(tell);
        Ok(if is_new {
            format!("{name}: a new collection; it is made with the first mark")
        } else {
            let trials = if count == 1 { "trial is" } else { "trials are" };
            format!("{name}: {} {trials} marked", text::grouped(count))
        })
    }
}

/// What came of joining a file, with how far people agree now.
fn joined(path: &Path, merged: &Merged, collection: &Collection) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if merged.events == 0 {
        return format!("{name}: nothing new");
    }
    let number = |count: usize| text::grouped(count as u64);
    let Merged { events, studies, people, .. } = merged;
    let people = people.join(", ");
    let marks =
        format!("joined {} marks of {people} on {} trials", number(*events), number(*studies));
    let damage = format!(", {} lines do not count", number(merged.damage.len()));
    let damage = if merged.damage.is_empty() { "" } else { &damage };
    let agreement = Agreement::of(collection.marks());
    let agreed = agreement.pairs.iter().map(|pair| {
        let (both, agreed) = (pair.both(), pair.agreed());
        let [one, other] = pair.people;
        let kappa = pair.kappa().map(|kappa| format!(" (kappa {kappa:.2})"));
        let kappa = kappa.unwrap_or_default();
        format!("{one} and {other} agree on {agreed} of {both}{kappa}")
    });
    let conflicts = match agreement.conflicts.len() {
        0 => None,
        1 => Some("1 conflict".to_owned()),
        count => Some(format!("{} conflicts", number(count))),
    };
    let parts = [marks + damage].into_iter().chain(agreed).chain(conflicts);
    parts.collect::<Vec<_>>().join("; ")
}

const NO_FOLDER: &str =
    "marks are not kept: there is no data directory, since HOME is no absolute path";

fn open(place: &Place, name: &str) -> Result<Collection, String> {
    let folder = place.folder.as_ref().ok_or(NO_FOLDER)?;
    Collection::open(folder, name).map_err(|error| error.to_string())
}

fn marked(collection: &Collection) -> Event {
    Event::Marked(Arc::new(collection.marks().clone()))
}

/// Takes orders until it is finished.
#[derive(Debug)]
pub struct Keeper {
    orders: Sender<(JobId, Order)>,
    thread: JoinHandle<()>,
}

impl Keeper {
    pub fn start(queue: &Queue, place: Place) -> io::Result<Self> {
        let (orders, waiting) = channel();
        let thread = start("keeping", queue, move |queue| serve(queue, place, &waiting))?;
        Ok(Self { orders, thread })
    }

    /// The end of the job says whether it was kept.
    pub fn keep(&self, job: JobId, order: Order) {
        // A thread that has ended has said why.
        _ = self.orders.send((job, order));
    }

    /// Waits until everything is kept.
    pub fn finish(self) {
        drop(self.orders);
        // A panic in it has been reported.
        _ = self.thread.join();
    }
}

fn serve(queue: &Queue, place: Place, waiting: &Receiver<(JobId, Order)>) {
    // When nobody reads any longer, it is kept all the same.
    let mut tell = |event| _ = queue.send(event);
    let mut shelf = Shelf::open(place, &mut tell);
    for (job, order) in waiting {
        let outcome = caught(|| shelf.keep(job, order, &mut tell));
        tell(Event::Ended(job, outcome.unwrap_or_else(Err)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::{Change, Decision, Verdict};

    #[test]
    fn an_undo_takes_back_its_own_mark_and_no_other() {
        let home = tempfile::tempdir().unwrap();
        let folder = Some(Folder::new(home.path()));
        let place = Place { folder, collection: "x".to_owned(), by: "a".to_owned() };
        let mut shelf = Shelf::open(place, &mut |_| ());
        let marked = |shelf: &Shelf| shelf.opened.as_ref().unwrap().marks().len();
        let mut jobs = std::iter::successors(Some(JobId::default()), |job| Some(job.next()));
        let [first, second, unknown] = [(); 3].map(|()| jobs.next().unwrap());
        for (job, number) in [(first, 1), (second, 2)] {
            let verdict = Verdict { decision: Some(Decision::Include), ..Verdict::default() };
            let id = crate::study::NctId::from_number(number).unwrap();
            let changes = vec![(id, Change::Decided(verdict), None)];
            shelf.keep(job, Order::Mark { changes, what: String::new() }, &mut |_| ()).unwrap();
        }
        let mut undo = |of| {
            let undone = shelf.keep(unknown, Order::Undo(of), &mut |_| ());
            (undone, marked(&shelf))
        };
        assert_eq!(undo(unknown).1, 2);
        assert_eq!(undo(first), (Ok("undo: 1 decision".to_owned()), 1));
        assert!(undo(first).0.is_err());
        assert_eq!(undo(second), (Ok("undo: 1 decision".to_owned()), 0));
    }
}
