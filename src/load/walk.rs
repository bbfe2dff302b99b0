//! The way through sources that open one another: a folder, an archive in it, a text in that.

use std::sync::atomic::Ordering::Relaxed;

use super::findings::Findings;
use super::reading::Work;
use super::source::{Source, Step};
use super::{Progress, kind};

/// The sources being read, each opened by the one below it, and what was met in them.
#[derive(Default)]
pub(super) struct Walk {
    sources: Vec<Box<dyn Source>>,
    pub(super) findings: Findings,
}

impl Walk {
    /// What the sources have next; nothing when they are exhausted or the load is cancelled.
    pub(super) fn next(&mut self, progress: &Progress) -> Option<Box<dyn Work>> {
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
    pub(super) fn enter(&mut self, step: Step) -> Option<Box<dyn Work>> {
        let step = match step {
            Step::Open(input) => kind::open(input, &mut self.findings),
            other => other,
        };
        match step {
            Step::Found(work) => return Some(work),
            Step::Bad(bad) => return Some(Box::new(bad)),
            Step::Into(source) => self.sources.push(source),
            Step::Done => drop(self.sources.pop()),
            Step::Open(_) | Step::Nothing => {}
        }
        None
    }
}
