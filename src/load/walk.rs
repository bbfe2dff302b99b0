//! The way through sources that open one another: a folder, an archive in it, a text in that.

use std::sync::atomic::Ordering::Relaxed;

use super::Progress;
use super::portion::Work;
use super::source::{self, Findings, Source, Step};

/// The sources being read, each opened by the one below it, and what was met in them.
#[derive(Default)]
pub(super) struct Walk {
    sources: Vec<Box<dyn Source>>,
    pub(super) findings: Findings,
}

impl Walk {
    /// What the sources have next; nothing when they are exhausted or the load is cancelled.
    pub(super) fn next(&mut self, progress: &Progress) -> Option<Work> {
        while let Some(source) = self.sources.last_mut() {
            let step = source.step(&mut self.findings);
            if progress.cancelled.load(Relaxed) {
                self.sources.clear();
            } else if let Some(work) = self.enter(step) {
                return Some(work);
            }
        }
        None
    }

    /// Goes where a step leads, unless it has led to something already.
    pub(super) fn enter(&mut self, step: Step) -> Option<Work> {
        let step = match step {
            Step::Open(input) => source::open(input, &mut self.findings),
            other => other,
        };
        match step {
            Step::Found(work) => return Some(work),
            Step::Bad(bad) => return Some(Work::Bad(bad)),
            Step::Into(source) => self.sources.push(source),
            Step::Done => drop(self.sources.pop()),
            Step::Open(_) | Step::Nothing => {}
        }
        None
    }
}
