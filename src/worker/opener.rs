//! Opening another dataset, and what is needed for that: which paths begin like what was typed, and whether a dataset
//! has changed on the disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use super::job::Job;
use super::{Queue, spawn};
use crate::cores;
use crate::dataset::{self, Cache};
use crate::event::{Event, Opened};
use crate::load::Progress;
use crate::session::{KeptSession, Share, from_home};

/// How often it is looked whether the dataset is still wanted.
const PAUSE: Duration = Duration::from_millis(25);

/// How often a watched dataset is looked at.
const WATCH: Duration = Duration::from_secs(1);

/// Where the system gives the program no more threads, which is what one that can be cancelled is read on.
const NO_THREAD: &str =
    "not opened: the system allows no more threads; close some programs and open it again";

/// So many paths are listed, and so many files of a watched folder looked at.
const MOST: usize = 200;
const MOST_WATCHED: usize = 10_000;

/// Reads a dataset and hands it over with where it was left the last time, as `left` says of its paths; says how that went.
pub fn open(
    cache: &Cache,
    paths: &[PathBuf],
    left: impl FnOnce(&[PathBuf]) -> Result<Option<KeptSession>, String>,
    job: &Job,
) -> Result<String, String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| from_home(path)).collect();
    let progress = Arc::new(Progress::default());
    let (sender, ended) = channel();
    thread::scope(|scope| {
        let (shared, asked) = (&progress, &paths);
        let reading = cores::spawn(scope, move || {
            // When nobody waits for it, the program is about to end.
            _ = sender.send(dataset::open_with(cache, asked, shared));
        });
        if reading.is_none() {
            return Err(NO_THREAD.to_owned());
        }
        loop {
            match ended.recv_timeout(PAUSE) {
                Ok(Ok(dataset)) => {
                    let remark = dataset.remark.iter().chain(&dataset.notes).next().cloned();
                    let opened = format!("opened {}", dataset::name(&paths));
                    let (left, failed) = match left(&paths) {
                        Ok(left) => (left, None),
                        Err(reason) => (None, Some(reason)),
                    };
                    let arrived = Opened { paths: paths.clone(), dataset, left };
                    job.tell(|id| Event::Opened(id, Box::new(arrived)));
                    return failed.map_or(Ok(remark.unwrap_or(opened)), Err);
                }
                Ok(Err(error)) if job.is_cancelled() => return Err(format!("not opened: {error}")),
                Ok(Err(error)) => return Err(error.to_string()),
                Err(RecvTimeoutError::Timeout) => {
                    let [done, of] = [&progress.bytes, &progress.total].map(|it| it.load(Relaxed));
                    job.progress(Share { done, of: of.max(1) });
                    progress.cancelled.fetch_or(job.is_cancelled(), Relaxed);
                }
                // A panic in the thread goes on when the scope ends.
                Err(RecvTimeoutError::Disconnected) => return Ok(String::new()),
            }
        }
    })
}

/// The files and folders whose paths begin like `typed`, folders first and with a `/` at their end. Hidden ones only
/// where their dot is typed.
pub fn list(typed: &str) -> Vec<String> {
    let (folder, begun) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(folder, begun)| (&typed[..=folder.len()], begun));
    let looked_in = if folder.is_empty() { Path::new(".") } else { Path::new(folder) };
    let entries = fs::read_dir(from_home(looked_in)).into_iter().flatten().flatten();
    let mut found: Vec<(bool, String)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_wanted = name.to_lowercase().starts_with(&begun.to_lowercase())
                && (begun.starts_with('.') || !name.starts_with('.'))
                && !name.contains(char::is_control);
            let is_folder = fs::metadata(entry.path()).is_ok_and(|it| it.is_dir());
            let end = if is_folder { "/" } else { "" };
            is_wanted.then(|| (!is_folder, format!("{folder}{name}{end}")))
        })
        .collect();
    found.sort();
    found.into_iter().take(MOST).map(|(_, path)| path).collect()
}

/// Says by [`Event::Changed`] that a dataset has changed on the disk, once it stays the same for a second.
pub fn watch(queue: &Queue, paths: Arc<Mutex<Vec<PathBuf>>>) -> io::Result<()> {
    spawn("watching", queue, move |queue| {
        let looked_at = || paths.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut watched = Watched::default();
        loop {
            let paths = looked_at();
            let look = look(&paths);
            if watched.has_changed(paths, look) && queue.send(Event::Changed).is_err() {
                break;
            }
            thread::sleep(WATCH);
        }
    })
}

/// What tells a dataset that has changed: its files, their sizes and when they were written.
type Look = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// The dataset as it was read, and as it was a moment ago.
#[derive(Default)]
struct Watched {
    paths: Vec<PathBuf>,
    read: Look,
    before: Look,
}

impl Watched {
    /// Whether the dataset has changed, and is not being written any more. One that is gone may come back.
    fn has_changed(&mut self, paths: Vec<PathBuf>, now: Look) -> bool {
        let before = std::mem::replace(&mut self.before, now.clone());
        if paths != self.paths {
            (self.paths, self.read) = (paths, now);
            return false;
        }
        let has_changed = now != self.read && now == before && !now.is_empty();
        if has_changed {
            self.read = now;
        }
        has_changed
    }
}

fn look(paths: &[PathBuf]) -> Look {
    let mut looks = Vec::new();
    for path in paths {
        look_at(path.clone(), &mut looks);
    }
    looks
}

fn look_at(path: PathBuf, looks: &mut Look) {
    // Links can lead round and round.
    if looks.len() >= MOST_WATCHED {
        return;
    }
    let Ok(metadata) = fs::metadata(&path) else { return };
    let is_folder = metadata.is_dir();
    looks.push((path.clone(), metadata.len(), metadata.modified().ok()));
    if is_folder {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut below: Vec<PathBuf> =
            entries.take(MOST_WATCHED).map(|entry| entry.path()).collect();
        below.sort();
        for path in below {
            look_at(path, looks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_listed_with_folders_first() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("Trials")).unwrap();
        for name in ["a.json", "tail.json", ".tucked"] {
            fs::write(root.join(name), "").unwrap();
        }
        let at = |typed: &str| format!("{}/{typed}", root.display());
        assert_eq!(list(&at("t")), [at("Trials/"), at("tail.json")]);
        assert_eq!(list(&at("")), [at("Trials/"), at("a.json"), at("tail.json")]);
        assert_eq!(list(&at(".")), [at(".tucked")]);
        assert!(list(&at("nothing/here")).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_round_and_round_have_an_end() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            std::os::unix::fs::symlink(folder.path(), folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("d"), "").unwrap();
        assert_eq!(look(&[folder.path().to_owned()]).len(), MOST_WATCHED);
    }

    #[test]
    fn a_change_is_told_once_it_is_over() {
        let file = |size: u64| vec![(PathBuf::from("a"), size, None)];
        let mut watched = Watched::default();
        let mut told = |path: &str, look: Look| watched.has_changed(vec![path.into()], look);
        assert!(!told("a", file(1)) && !told("a", file(1)));
        assert!(!told("a", file(2)) && !told("a", file(3)), "it is being written");
        assert!(told("a", file(3)) && !told("a", file(3)));
        assert!(
            !told("a", Vec::new()) && !told("a", Vec::new()) && !told("a", file(3)),
            "it is gone"
        );
        assert!(!told("b", file(7)) && !told("b", file(7)), "another one was opened");
    }
}
