//! What can happen to the application. Everything arrives in one queue.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::dataset::Dataset;
use crate::marks::Marks;
use crate::search::{Completions, Hints, Results};
use crate::session::{JobId, KeptSession, SearchCount, Share};

#[derive(Debug)]
pub enum Event {
    /// A key, a click, a paste or a new size.
    Terminal(crossterm::event::Event),
    /// The load has come this far; at most every 50 ms.
    Loading(Loading),
    /// The dataset is known from before, and what its newest studies say can be shown, where nothing is asked yet.
    /// Everything else has to wait until it is loaded.
    Glimpsed(Dataset),
    /// So much of the dataset has been read so far; everything can be done with it.
    Part(Dataset),
    /// What was shown of the dataset does not hold; it is read again.
    TakenBack,
    /// The dataset is ready.
    Loaded(Dataset),
    /// The dataset could not be opened: one line that says why and what to do.
    LoadFailed(String),
    /// Another dataset is ready.
    Opened(JobId, Box<Opened>),
    /// These paths begin like what was asked for.
    Paths(JobId, Vec<String>),
    /// The dataset has changed on the disk.
    Changed,
    /// A search found this.
    Answered(JobId, Box<Results>),
    /// This can be asked instead; it follows the answer of the same search.
    Hinted(JobId, Hints),
    /// This can stand at the cursor of the search line.
    Completed(JobId, Completions),
    /// This is known of the saved searches.
    Counted(JobId, Vec<SearchCount>),
    /// This is marked now.
    Marked(Arc<Marks>),
    /// There are these collections, each with the number of studies that are marked in it.
    Collections(Vec<(String, usize)>),
    /// Marks are kept in the collection of this name now.
    Using(String),
    /// A job has come this far.
    Progress(JobId, Share),
    /// A job is done (`Ok`) or failed (`Err`); one line that says so. A search that found something does not say this.
    Ended(JobId, Result<String, String>),
    /// A thread that serves no single job has failed; one line that says so.
    Fault(String),
}

/// A dataset that was opened in place of another.
#[derive(Debug)]
pub struct Opened {
    pub paths: Vec<PathBuf>,
    pub dataset: Dataset,
    /// Where it was left the last time, if somebody goes on there.
    pub left: Option<KeptSession>,
}

/// A moment of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    pub bytes: u64,
    /// 0 when unknown.
    pub total: u64,
    pub studies: u64,
    pub bad: u64,
    /// Since the load began.
    pub elapsed: Duration,
}

/// Before so much of a load is over, nothing is said of its pace.
const TOO_EARLY: Duration = Duration::from_secs(2);

impl Loading {
    /// Studies in a second, from the beginning to now, to two digits; `None` while it is too early to say.
    pub fn pace(&self) -> Option<u64> {
        let millis = self.elapsed.as_millis() as u64;
        let pace =
            self.studies.saturating_mul(1000).checked_div(millis).filter(|&pace| pace > 0)?;
        let unit = 10_u64.pow(pace.ilog10().saturating_sub(1));
        (self.elapsed >= TOO_EARLY).then_some(pace.saturating_add(unit / 2) / unit * unit)
    }

    /// About how many studies there are in all, to two digits, should the rest be like what has been read.
    pub fn all_studies(&self) -> Option<u64> {
        let all = u128::from(self.studies) * u128::from(self.total);
        let all = all.checked_div(u128::from(self.bytes)).filter(|&all| all > 0)?;
        let all = u64::try_from(all).ok()?.max(self.studies);
        let unit = 10_u64.pow(all.ilog10().saturating_sub(1));
        (self.total > 0).then_some(all.saturating_add(unit / 2) / unit * unit)
    }

    /// The time left should it go on as it did from the beginning to now, in steps as coarse as the guess:
    /// seconds, 5 s from 20 s on, a minute from two minutes on. `None` while it cannot be said.
    pub fn left(&self) -> Option<Duration> {
        let missing = self.total.checked_sub(self.bytes).filter(|&bytes| bytes > 0)?;
        let is_early = self.elapsed < TOO_EARLY || self.bytes < self.total / 50;
        let millis = u128::from(missing).saturating_mul(self.elapsed.as_millis());
        let per_second = u128::from(self.bytes).checked_mul(1000).filter(|&bytes| bytes > 0)?;
        let seconds = millis.div_ceil(per_second) as u64;
        let step = match seconds {
            0..20 => 1,
            20..120 => 5,
            _ => 60,
        };
        (!is_early).then_some(Duration::from_secs(seconds.div_ceil(step) * step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loading(bytes: u64, studies: u64, millis: u64) -> Loading {
        let elapsed = Duration::from_millis(millis);
        Loading { bytes, total: 1_000_000, studies, bad: 0, elapsed }
    }

    #[test]
    fn the_pace_is_told_to_two_digits_once_it_can_be_known() {
        for (studies, millis, pace) in [
            (1000, 1999, None),
            (0, 5000, None),
            (1, 5000, None),
            (10, 5000, Some(2)),
            (1234 * 4, 4000, Some(1200)),
            (1250 * 4, 4000, Some(1300)),
            (99_600 * 2, 2000, Some(100_000)),
        ] {
            assert_eq!(loading(1, studies, millis).pace(), pace, "{studies} in {millis}");
        }
    }

    #[test]
    fn the_time_left_is_told_in_coarse_steps() {
        for (bytes, millis, left) in [
            (0, 60_000, None),
            (500_000, 1999, None),
            (19_999, 60_000, None),
            (1_000_000, 60_000, None),
            (1_000_001, 60_000, None),
            (999_999, 60_000, Some(1)),
            (500_000, 2000, Some(2)),
            (500_000, 11_200, Some(12)),
            (500_000, 21_000, Some(25)),
            (500_000, 119_000, Some(120)),
            (500_000, 121_000, Some(180)),
            (20_000, 60_000, Some(49 * 60)),
        ] {
            let left = left.map(Duration::from_secs);
            assert_eq!(loading(bytes, 1, millis).left(), left, "{bytes} in {millis}");
        }
        assert_eq!(Loading { total: 0, ..loading(5, 5, 5000) }.left(), None);
    }
}
