//! Keeps what is marked, on a thread of its own and in the order in which it was asked for.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::{Queue, caught, start};
use crate::event::Event;
use crate::marks::{Collection, CollectionError, Folder, Marking};
use crate::session::JobId;

/// Whose marks are kept where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `None` on a system without a home for it.
    pub folder: Option<Folder>,
    pub collection: String,
    pub by: String,
}

/// Something to be kept.
#[derive(Debug)]
pub enum Order {
    Mark { changes: Vec<Marking>, what: String },
    Undo,
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
        let thread = start("keeping", queue, move |queue| serve(queue, &place, &waiting))?;
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

fn serve(queue: &Queue, place: &Place, waiting: &Receiver<(JobId, Order)>) {
    let mut opened = open(place);
    match &opened {
        Ok(collection) => {
            tell(queue, collection);
            if let Some(damage) = collection.damage().first() {
                let path = collection.path().display();
                let line =
                    format!("{path}: line {} does not count: {}", damage.line, damage.reason);
                _ = queue.send(Event::Fault(line));
            }
        }
        Err(reason) => _ = queue.send(Event::Fault(reason.clone())),
    }
    for (job, order) in waiting {
        let outcome = caught(|| {
            let collection = opened.as_mut().map_err(|reason| reason.clone())?;
            let kept = keep(collection, place, order).map_err(|error| error.to_string());
            tell(queue, collection);
            kept
        });
        // When nobody reads any longer, it is kept all the same.
        _ = queue.send(Event::Ended(job, outcome.unwrap_or_else(Err)));
    }
}

fn open(place: &Place) -> Result<Collection, String> {
    let folder = place.folder.as_ref();
    let folder =
        folder.ok_or("marks are not kept: there is no data directory, since HOME is not set")?;
    Collection::open(folder, &place.collection).map_err(|error| error.to_string())
}

fn tell(queue: &Queue, collection: &Collection) {
    _ = queue.send(Event::Marked(Arc::new(collection.marks().clone())));
}

fn keep(
    collection: &mut Collection,
    place: &Place,
    order: Order,
) -> Result<String, CollectionError> {
    match order {
        Order::Mark { changes, what } => collection.mark(&place.by, changes).map(|_| what),
        Order::Undo => collection.undo(&place.by).map(|step| format!("undo: {}", step.words)),
    }
}
