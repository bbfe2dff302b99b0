//! What the loader gives out: as much of the dataset as is worth a turn of a thread, found but not yet read.
//!
//! A text that looks like one study is offered as it lies, without a copy and without following its brackets: whoever
//! takes records parses them to their end, and what parses there is what the framer would have cut. Only what is
//! refused is framed byte by byte.

use std::path::PathBuf;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::frame::{self, Flaw, Piece};
use super::input::Input;
use super::original::Original;
use super::source::{Findings, Step};
use super::text::{Lines, Scope};
use super::walk::Walk;
use super::zip::Members;
use super::{BadRecord, Progress, folder};

/// Whoever takes what is read.
pub trait Intake {
    /// Takes the JSON of a study, or says why it cannot be used: in one line, lower case, and with nothing taken. Text
    /// that is not JSON from its first byte to its last must be refused. `original` is where it lies, if it can be
    /// read there once more.
    fn record(&mut self, json: &str, original: Option<Original>) -> Result<(), String>;

    /// Takes what could not be used.
    fn bad(&mut self, bad: BadRecord);
}

/// A part of the dataset that any thread can read.
pub struct Portion {
    work: Work,
    findings: Arc<Mutex<Findings>>,
    progress: Arc<Progress>,
}

/// What there is to do.
pub(super) enum Work {
    /// What the framer has cut.
    Piece(Piece, Scope),
    Bad(BadRecord),
    /// Lines of which each looks like a study.
    Lines(Lines),
    /// Files of a folder.
    Files(Vec<PathBuf>),
    /// Members of an archive.
    Members(Members),
}

impl Portion {
    pub(super) fn new(
        work: Work,
        findings: &Arc<Mutex<Findings>>,
        progress: &Arc<Progress>,
    ) -> Self {
        Self { work, findings: Arc::clone(findings), progress: Arc::clone(progress) }
    }

    /// About how many bytes of JSON this is.
    pub fn size(&self) -> u64 {
        match &self.work {
            Work::Piece(Piece { outcome: Ok(json), .. }, _) => json.len() as u64,
            // It takes room as well.
            Work::Piece(..) | Work::Bad(_) => 1 << 10,
            Work::Lines(lines) => lines.size(),
            Work::Files(_) => folder::TURN,
            Work::Members(members) => members.size(),
        }
    }

    /// Reads this portion; less of it when the load is cancelled.
    pub fn read(self, intake: &mut dyn Intake) {
        let findings = Findings::default();
        let mut reading = Reading { intake, progress: &self.progress, findings };
        reading.work(self.work);
        let findings = reading.findings;
        lock(&self.findings).add(findings);
    }
}

/// The reading of one portion.
pub(super) struct Reading<'a> {
    intake: &'a mut dyn Intake,
    pub(super) progress: &'a Arc<Progress>,
    findings: Findings,
}

impl Reading<'_> {
    fn work(&mut self, work: Work) {
        match work {
            Work::Piece(piece, scope) => self.piece(piece, &scope),
            Work::Bad(bad) => self.bad(bad),
            Work::Lines(lines) => lines.read(self),
            Work::Files(paths) => folder::read(paths, self),
            Work::Members(members) => members.read(self),
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.progress.cancelled.load(Relaxed)
    }

    /// Offers what looks like one study and lies at `original`; false when it turns out to be something else.
    pub(super) fn offer(&mut self, text: &[u8], original: Option<Original>) -> bool {
        let is_taken = frame::study(text).is_some_and(|(start, json)| {
            let original = original.and_then(|text| text.narrowed(start..start + json.len()));
            self.intake.record(json, original).is_ok()
        });
        self.findings.studies += u64::from(is_taken);
        is_taken
    }

    /// Takes in a piece of text that the framer has cut.
    pub(super) fn piece(&mut self, piece: Piece, scope: &Scope) {
        let refused = match piece.outcome {
            Ok(json) => {
                self.findings.studies += 1;
                self.intake.record(&json, scope.original(piece.start, json.len())).err()
            }
            Err(flaw) => {
                if let Flaw::NoStudy(kind) = flaw {
                    self.findings.note(kind);
                }
                self.findings.bad += 1;
                Some(flaw.to_string())
            }
        };
        if let Some(reason) = refused {
            self.refuse(scope.bad(piece.line, reason));
        }
    }

    pub(super) fn bad(&mut self, bad: BadRecord) {
        self.findings.bad += 1;
        self.refuse(bad);
    }

    fn refuse(&mut self, bad: BadRecord) {
        self.progress.bad.fetch_add(1, Relaxed);
        self.intake.bad(bad);
    }

    /// Reads an input and everything in it here and now.
    pub(super) fn input(&mut self, input: Input) {
        let mut walk = Walk::default();
        let mut next = walk.enter(Step::Open(input)).or_else(|| walk.next(self.progress));
        while let Some(work) = next {
            self.work(work);
            next = walk.next(self.progress);
        }
        self.findings.add(walk.findings);
    }
}

/// What was met; whoever panicked while holding it has left it whole.
pub(super) fn lock(findings: &Mutex<Findings>) -> MutexGuard<'_, Findings> {
    findings.lock().unwrap_or_else(PoisonError::into_inner)
}
