//! Reading one part of the dataset: who takes the records, and what is counted meanwhile.
//!
//! It knows no kind of source. What turns out not to be one study is opened by whoever began the reading.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use super::findings::Findings;
use super::frame;
use super::input::Input;
use super::original::Original;
use super::{BadRecord, Progress};

/// Whoever takes what is read.
pub trait Intake {
    /// Takes the JSON of a study, or says why it cannot be used: in one line, lower case, and with nothing taken. Text
    /// that is not JSON from its first byte to its last must be refused. It comes from `file`; `original` is where it
    /// lies, if it can be read there once more.
    fn record(
        &mut self,
        json: &str,
        file: &Arc<str>,
        original: Option<Original>,
    ) -> Result<(), String>;

    /// Takes what could not be used.
    fn bad(&mut self, bad: BadRecord);
}

/// A part of the dataset that any thread can read.
pub(super) trait Work: Send {
    /// About how many bytes of JSON it is.
    fn size(&self) -> u64;

    /// Reads it; less of it when the load is cancelled.
    fn read(self: Box<Self>, reading: &mut Reading);
}

/// The reading of some work.
pub(super) struct Reading<'a> {
    pub(super) intake: &'a mut dyn Intake,
    pub(super) progress: &'a Arc<Progress>,
    pub(super) findings: Findings,
    /// Opens an input as what it is and reads everything in it.
    pub(super) open: fn(Input, &mut Reading),
}

impl Reading<'_> {
    pub(super) fn is_cancelled(&self) -> bool {
        self.progress.cancelled.load(Relaxed)
    }

    /// Offers what looks like one study of `file` and lies at `original`; false when it turns out to be something else.
    pub(super) fn offer(
        &mut self,
        text: &[u8],
        file: &Arc<str>,
        original: Option<Original>,
    ) -> bool {
        let is_taken = frame::study(text).is_some_and(|(start, json)| {
            let original = original.and_then(|text| text.narrowed(start..start + json.len()));
            self.intake.record(json, file, original).is_ok()
        });
        self.findings.studies += u64::from(is_taken);
        is_taken
    }

    /// Takes what was cut as a study; gives why it cannot be used.
    pub(super) fn record(
        &mut self,
        json: &str,
        file: &Arc<str>,
        original: Option<Original>,
    ) -> Result<(), String> {
        self.findings.studies += 1;
        self.intake.record(json, file, original)
    }

    /// Takes what cannot be used, and counts it as found.
    pub(super) fn bad(&mut self, bad: BadRecord) {
        self.findings.bad += 1;
        self.refuse(bad);
    }

    /// Takes what cannot be used although it was counted as a study.
    pub(super) fn refuse(&mut self, bad: BadRecord) {
        self.progress.bad.fetch_add(1, Relaxed);
        self.intake.bad(bad);
    }

    /// Reads an input and everything in it here and now.
    pub(super) fn input(&mut self, input: Input) {
        (self.open)(input, self);
    }
}

impl Work for BadRecord {
    fn size(&self) -> u64 {
        // It takes room as well.
        1 << 10
    }

    fn read(self: Box<Self>, reading: &mut Reading) {
        reading.bad(*self);
    }
}
