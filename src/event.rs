//! What can happen to the application. Everything arrives in one queue.

use std::sync::Arc;

use crate::load::BadRecord;
use crate::search::Results;
use crate::session::Generation;
use crate::store::Store;

#[derive(Debug)]
pub enum Event {
    /// A key, a click, a paste or a new size.
    Terminal(crossterm::event::Event),
    /// The load has come this far; at most every 50 ms.
    Loading(Loading),
    /// The dataset is ready.
    Loaded(Arc<Store>, Vec<BadRecord>),
    /// The dataset could not be opened: one line that says why and what to do.
    LoadFailed(String),
    Answered(Generation, Box<Results>),
    /// An effect was performed (`Ok`) or failed (`Err`): one line for the status line.
    Performed(Result<String, String>),
}

/// A moment of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    pub bytes: u64,
    /// 0 when unknown.
    pub total: u64,
    pub studies: u64,
    pub bad: u64,
}
