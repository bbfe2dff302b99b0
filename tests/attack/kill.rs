//! The program killed at any time while it keeps something: what was kept before stays, the next start is as if nothing had
//! happened, and nothing is left behind.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use std::{fmt, fs, thread};

use fastrand::Rng;
use tempfile::TempDir;

use crate::made::made;

/// Of so many studies an index is worth being kept.
const STUDIES: u32 = 2000;
/// So many bytes each study has at the least, so that all are more than what is read anew at each start.
const STUDY: usize = 9 << 10;

/// Finds one study in ten, by its prose, so that both indexes are made.
const QUERY: &str = "incl:tenth";

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) kills: usize,
    /// How many of them came before the program had ended by itself.
    pub(crate) in_time: usize,
    pub(crate) complaints: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { kills, in_time, complaints } = self;
        write!(f, "{kills} kills, {in_time} in the middle: {} complaints", complaints.len())
    }
}

/// A home, a dataset, and what the program says of it when nobody disturbs it.
struct Victim {
    program: PathBuf,
    home: TempDir,
    found: Output,
    /// The studies whose marks it said to have kept.
    marked: Vec<u32>,
}

/// Kills it as long as `more` says of the number of kills.
pub(crate) fn run(program: &Path, seed: u64, mut more: impl FnMut(usize) -> bool) -> Outcome {
    let mut victim = Victim::new(program);
    let mut rng = Rng::with_seed(seed);
    let mut outcome = Outcome::default();
    let begun = Instant::now();
    victim.search().output().unwrap();
    let whole = begun.elapsed();
    while more(outcome.kills) {
        let complaint = match rng.u8(..3) {
            0 => victim.while_indexing(whole, &mut rng, &mut outcome),
            1 => victim.while_marking(&mut rng, &mut outcome),
            _ => victim.while_recording(&mut rng, &mut outcome),
        };
        let kills = outcome.kills;
        outcome.complaints.extend(complaint.map(|it| format!("seed {seed}, kill {kills}: {it}")));
    }
    outcome
}

impl Victim {
    fn new(program: &Path) -> Self {
        let home = TempDir::new().unwrap();
        let records = (1..=STUDIES).map(|number| {
            let criteria = if number % 10 == 0 { "tenth " } else { "other " };
            let criteria = format!("Inclusion Criteria:\n\n* {}", criteria.repeat(STUDY / 6));
            made(number)
                .title("A study of many")
                .at("eligibilityModule.eligibilityCriteria", criteria)
                .json()
        });
        fs::write(home.path().join("many.ndjson"), records.collect::<Vec<_>>().join("\n")).unwrap();
        let mut victim = Self {
            program: program.to_owned(),
            home,
            found: Output { status: ExitStatus::default(), stdout: vec![], stderr: vec![] },
            marked: Vec::new(),
        };
        victim.found = victim.search().output().unwrap();
        assert_eq!(victim.found.stdout, format!("{}\n", STUDIES / 10).as_bytes());
        victim.forget();
        victim
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.home.path()).env_clear();
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"]
        {
            command.env(name, self.home.path());
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn search(&self) -> Command {
        self.command(&["search", "--count", "-d", "many.ndjson", QUERY])
    }

    /// The folder where indexes are kept.
    fn cache(&self) -> PathBuf {
        self.home.path().join("trialdex")
    }

    /// Takes the kept indexes away.
    fn forget(&self) {
        for path in files(&self.cache()) {
            if path.extension().is_some_and(|it| it == "snapshot" || it == "prose") {
                fs::remove_file(path).unwrap();
            }
        }
    }

    /// An index is whole or is not there, and of one that was begun nothing stays.
    fn while_indexing(
        &self,
        whole: Duration,
        rng: &mut Rng,
        outcome: &mut Outcome,
    ) -> Option<String> {
        if rng.bool() {
            self.forget();
        }
        kill(self.search(), whole, rng, outcome);
        let after = self.search().output().unwrap();
        // It says when it makes the index of the prose, and nothing else.
        let is_quiet = after.stderr.is_empty() || after.stderr == self.found.stderr;
        if !is_quiet || (after.status, &after.stdout) != (self.found.status, &self.found.stdout) {
            return Some(format!("the next search says {after:?}"));
        }
        let kept = files(&self.cache());
        let is_draft =
            |path: &&PathBuf| path.file_name().unwrap().to_string_lossy().starts_with('.');
        kept.iter().find(is_draft).map(|path| format!("{} is left", path.display()))
    }

    /// No mark is lost that was said to be kept.
    fn while_marking(&mut self, rng: &mut Rng, outcome: &mut Outcome) -> Option<String> {
        let number = rng.u32(1..=STUDIES);
        let (id, note) = (format!("NCT{number:08}"), "x".repeat(rng.usize(1..3000)));
        let set = self.command(&["marks", "set", &id, "--decision", "include", "--note", &note]);
        if kill(set, Duration::from_millis(60), rng, outcome) {
            self.marked.push(number);
        }
        let listed = self.command(&["marks", "list", "--format", "json"]).output().unwrap();
        let text = String::from_utf8_lossy(&listed.stdout);
        if !listed.stderr.is_empty() || listed.status.code().is_none_or(|code| code > 1) {
            return Some(format!("the marks are listed with {listed:?}"));
        }
        let lost = self.marked.iter().find(|number| !text.contains(&format!("NCT{number:08}")));
        lost.map(|number| format!("the mark of {number} is lost"))
    }

    /// A file that was asked for is whole or is not there.
    fn while_recording(&self, rng: &mut Rng, outcome: &mut Outcome) -> Option<String> {
        let folder = TempDir::new_in(self.home.path()).unwrap();
        let path = folder.path().join("record.json");
        let path = path.to_str().unwrap();
        let search = ["search", "--count", "-d", "many.ndjson", "many", "--record", path];
        kill(self.command(&search), Duration::from_millis(300), rng, outcome);
        match fs::read(path) {
            Ok(bytes) => {
                let read = serde_json::from_slice::<serde_json::Value>(&bytes);
                read.err().map(|error| format!("half of a search record: {error}"))
            }
            Err(_) => None,
        }
    }
}

/// Starts it and kills it at any time in so long; whether it had ended well before.
fn kill(mut command: Command, within: Duration, rng: &mut Rng, outcome: &mut Outcome) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(within.mul_f64(rng.f64()));
    // It may have ended by itself.
    _ = child.kill();
    let status = child.wait().unwrap();
    outcome.kills += 1;
    outcome.in_time += usize::from(status.code().is_none());
    status.success()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
}
