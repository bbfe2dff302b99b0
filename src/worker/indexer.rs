//! The index of the prose, made in the background. What a file of it looks like and where it is kept is not known here.

use std::path::PathBuf;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::job::Job;
use crate::cores;
use crate::dataset::{self, Cache};
use crate::session::Share;
use crate::store::Store;
use crate::store::prose::Making;

/// How often it is looked whether the index is still wanted.
const PAUSE: Duration = Duration::from_millis(25);

/// Gives `store`, which is that of `paths`, the index of its prose. Says what somebody should know of that, or nothing.
pub fn index(cache: &Cache, paths: &[PathBuf], store: &Store, job: &Job) -> Result<String, String> {
    let making = Making { begin: Some(yield_to_others), ..Making::default() };
    let (sender, ended) = channel();
    thread::scope(|scope| {
        let making = &making;
        let work = move || {
            // When nobody waits for it, the program is about to end.
            _ = sender.send(dataset::index_prose(cache, paths, store, making));
        };
        if cores::spawn(scope, work).is_none() {
            return Err("no thread can be started".to_owned());
        }
        loop {
            match ended.recv_timeout(PAUSE) {
                Ok(made) => {
                    return made.map(Option::unwrap_or_default).map_err(|error| error.to_string());
                }
                Err(RecvTimeoutError::Timeout) => {
                    let done = making.studies.load(Relaxed);
                    job.progress(Share { done, of: store.len() as u64 });
                    making.cancelled.fetch_or(job.is_cancelled(), Relaxed);
                }
                // A panic in the thread goes on when the scope ends.
                Err(RecvTimeoutError::Disconnected) => return Ok(String::new()),
            }
        }
    })
}

/// Lets every other thread go first, so that keys are answered as quickly as before.
fn yield_to_others() {
    // Elsewhere it would hold for the whole process.
    #[cfg(target_os = "linux")]
    {
        _ = rustix::process::nice(10);
    }
}
