//! Opening another dataset while the browser runs. The one that is open stays until the other is read.

use std::path::{Path, PathBuf};

use super::{Begins, Completeness, Effect, JobId, KeptSession, Session, Task};

/// How many datasets are offered that were open before.
const MOST_RECENT: usize = 20;

impl Session {
    /// Opens the dataset at `path` in place of the present one.
    pub fn open_path(&mut self, path: &Path) {
        // Nobody leaves what they open once more.
        let is_open = self.paths == [path];
        let begins = if is_open { Begins::Here } else { Begins::AsLeft };
        self.open_paths(vec![path.to_owned()], begins);
    }

    /// Opens the trials that are part of the program.
    pub fn open_sample(&mut self) {
        self.open_paths(Vec::new(), Begins::AsLeft);
    }

    /// Reads what is at `path` too.
    pub fn add_path(&mut self, path: &Path) {
        let paths = self.paths.iter().map(PathBuf::as_path).chain([path]);
        self.open_paths(paths.map(Path::to_owned).collect(), Begins::Here);
    }

    /// Reads the present dataset once more.
    pub fn reload(&mut self) {
        if self.completeness == Completeness::Part {
            self.say("the dataset is still being read");
        } else if self.paths.is_empty() {
            self.say("the sample is part of the program: there is nothing to read again");
        } else if self.paths.iter().any(|path| path.as_os_str() == "-") {
            self.fail("standard input can be read only once; start the program again");
        } else {
            self.open_paths(self.paths.clone(), Begins::Here);
        }
    }

    fn open_paths(&mut self, paths: Vec<PathBuf>, begins: Begins) {
        if let Some(job) = self.opening.take() {
            self.request(Effect::Cancel(job));
        }
        self.opening = Some(self.start(Task::Open(paths, begins)));
    }

    /// Whether a dataset is awaited from this job.
    pub fn is_opening(&self, job: JobId) -> bool {
        self.opening == Some(job)
    }

    /// Takes a dataset of these paths as the one that is open; the world serves it from now on.
    pub fn use_paths(&mut self, paths: Vec<PathBuf>) {
        self.opening = None;
        // The index of the other dataset's prose is of no use any more.
        if let Some(job) = self.indexing.take() {
            self.forget_job(job);
            self.request(Effect::Cancel(job));
        }
        self.paths = paths;
        self.request(Effect::Use(self.paths.clone()));
    }

    /// Keeps where the present dataset is left, since another one takes its place.
    pub fn keep_left(&mut self, left: KeptSession) {
        self.start(Task::KeepSession(self.paths.clone(), Box::new(left)));
    }

    /// Keeps that the present dataset was open, if such is kept.
    pub fn keep_recent(&mut self) {
        let Some(recent) = &mut self.recent else { return };
        let is_file = |path: &&PathBuf| path.as_os_str() != "-";
        let paths = self.paths.iter().filter(is_file);
        let paths: Vec<PathBuf> = paths.filter_map(|path| std::path::absolute(path).ok()).collect();
        let others = recent.iter().filter(|path| !paths.contains(path)).cloned();
        let kept: Vec<PathBuf> = paths.iter().cloned().chain(others).take(MOST_RECENT).collect();
        if !paths.is_empty() && kept != *recent {
            recent.clone_from(&kept);
            self.start(Task::KeepRecent(kept));
        }
    }

    /// Asks which paths begin like `typed`.
    pub fn complete_path(&mut self, typed: &str) {
        self.paths_asked = Some(self.start(Task::ListPaths(typed.to_owned())));
    }

    /// Whether this is the answer to the latest question for paths, which is answered then.
    pub fn takes_paths(&mut self, job: JobId) -> bool {
        self.paths_asked.take_if(|asked| *asked == job).is_some()
    }

    /// Whether paths are awaited.
    pub fn is_listing_paths(&self) -> bool {
        self.paths_asked.is_some()
    }
}

/// The path with the home folder in place of a `~` at its beginning.
pub fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// The path in a text that was typed, pasted, or dropped on the terminal: quoted, escaped, or as an address of a file.
pub fn path_in(text: &str) -> PathBuf {
    let text = text.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        text.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| !inner.contains(quote))
    });
    if let Some(inner) = quoted {
        return PathBuf::from(inner);
    }
    if let Some(address) = text.strip_prefix("file://") {
        let path = address.find('/').map_or(address, |start| &address[start..]);
        return PathBuf::from(percent_decoded(path));
    }
    if cfg!(windows) {
        return PathBuf::from(text);
    }
    let mut path = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        path.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    PathBuf::from(path)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether a text that was pasted where nothing is typed, or where a query is, is a path.
pub fn is_path(text: &str) -> bool {
    let text = text.trim();
    let plain = text.trim_start_matches(['"', '\'']);
    let begins =
        ["/", "~/", "./", "../", "file:///", "\\\\"].iter().any(|it| plain.starts_with(it));
    let is_drive =
        matches!(plain.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    (begins || is_drive) && plain.len() > 1 && !plain.starts_with("//") && !text.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_terminals_write_what_is_dropped_on_them() {
        for (text, path) in [
            ("/data/a.json", "/data/a.json"),
            (" '/data/my trials.json' ", "/data/my trials.json"),
            ("\"/data/a b.json\"", "/data/a b.json"),
            ("file:///data/a%20b.json", "/data/a b.json"),
            ("file://host/data/%C3%A9.json", "/data/é.json"),
            ("file:///data/100%.json", "/data/100%.json"),
            ("file:///data/%FF", "/data/%FF"),
            ("~/a.json", "~/a.json"),
        ] {
            assert_eq!(path_in(text), Path::new(path), "{text}");
        }
        if !cfg!(windows) {
            assert_eq!(path_in(r"/data/a\ b\\c\'.json"), Path::new(r"/data/a b\c'.json"));
        }
    }

    #[test]
    fn what_is_no_path_is_not_offered_as_one() {
        for text in ["/data/a.json", "~/a", "'/a b'", "./x", "file:///a", "C:\\a.json", "\"/a\""] {
            assert!(is_path(text), "{text}");
        }
        for text in
            ["liver", "/", "", "a/b", "NCT00000102", "https://x.org/", "// a", "/a\n/b", "cond:x"]
        {
            assert!(!is_path(text), "{text}");
        }
    }

    #[test]
    fn datasets_that_were_open_are_kept_once_with_the_newest_first() {
        let mut session =
            Session { recent: Some(vec!["/a".into(), "/b".into()]), ..Session::default() };
        session.paths = vec!["/b".into(), "-".into()];
        session.keep_recent();
        assert_eq!(session.recent, Some(vec![PathBuf::from("/b"), "/a".into()]));
        let kept = |session: &mut Session| session.effects().len();
        assert_eq!(kept(&mut session), 1);
        session.keep_recent();
        assert_eq!(kept(&mut session), 0, "nothing has changed");
        session.recent = None;
        session.keep_recent();
        assert_eq!(kept(&mut session), 0, "nothing is kept");
    }
}
