//! A job: a piece of work in the background. It has an id of its own, so that what comes of it is never taken for what
//! comes of another.

/// Which job it is. No two jobs of a session have the same id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

impl JobId {
    /// The one after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub done: u64,
    pub of: u64,
}

impl Share {
    /// In hundredths; below 100 until all is done.
    pub fn percent(self) -> u64 {
        self.done.saturating_mul(100).checked_div(self.of).unwrap_or(0).min(100)
    }
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    /// What is done: `saving 1,058 trials`.
    pub what: String,
    /// `None` until it has said so. A short job never does.
    pub share: Option<Share>,
}
