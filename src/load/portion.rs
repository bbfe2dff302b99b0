//! What a load gives out, portion by portion, and what a thread does with one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Progress;
use super::findings::Findings;
use super::input::Input;
use super::reading::{Intake, Reading, Work};
use super::source::Step;
use super::walk::Walk;

/// A part of the dataset that any thread can read.
pub struct Portion {
    work: Box<dyn Work>,
    findings: Arc<Mutex<Findings>>,
    progress: Arc<Progress>,
}

impl Portion {
    pub(super) fn new(
        work: Box<dyn Work>,
        findings: &Arc<Mutex<Findings>>,
        progress: &Arc<Progress>,
    ) -> Self {
        Self { work, findings: Arc::clone(findings), progress: Arc::clone(progress) }
    }

    /// About how many bytes of JSON this is.
    pub fn size(&self) -> u64 {
        self.work.size()
    }

    /// Reads this portion; less of it when the load is cancelled.
    pub fn read(self, intake: &mut dyn Intake) {
        let findings = Findings::default();
        let mut reading = Reading { intake, progress: &self.progress, findings, open };
        self.work.read(&mut reading);
        let findings = reading.findings;
        lock(&self.findings).add(findings);
    }
}

/// Opens an input as what it is and reads everything in it.
fn open(input: Input, reading: &mut Reading) {
    let mut walk = Walk::default();
    let mut next = walk.enter(Step::Open(input)).or_else(|| walk.next(reading.progress));
    while let Some(work) = next {
        work.read(reading);
        next = walk.next(reading.progress);
    }
    reading.findings.add(walk.findings);
}

/// What was met; whoever panicked while holding it has left it whole.
pub(super) fn lock(findings: &Mutex<Findings>) -> MutexGuard<'_, Findings> {
    findings.lock().unwrap_or_else(PoisonError::into_inner)
}
