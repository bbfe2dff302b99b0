//! `trialdex --plain`: the browser as a dialogue, for screen readers and for terminals that show nothing but lines. A line
//! is read from standard input, what comes of it is written to standard output, and so on until `quit` or the end of the
//! input. There are no escape sequences, no boxes and no columns.

mod commands;
mod line;
mod marking;
mod person;
mod places;
mod words;

use std::io::{self, BufRead, IsTerminal as _, Read as _, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::{Ending, asked, browse};
use crate::cli::{Browse, Keeping};
use crate::config::Config;
use crate::dataset::{self, Dataset};
use crate::marks::{Collection, Marks, Step};
use crate::search::{self, Profile, Query, Reading, Rows, Suited};
use crate::store::{Store, StudyIdx};
use crate::study::NctId;
use crate::text;

/// So many trials are read out at once.
const AT_ONCE: usize = 10;

/// The longest line that is read, in bytes.
const LONGEST: usize = 1 << 16;

/// What is going on in the dialogue.
struct Dialogue {
    store: Arc<Store>,
    paths: Vec<PathBuf>,
    keeping: Keeping,
    config: Option<PathBuf>,
    reading: Reading,
    /// What is asked, and what was asked before.
    text: String,
    done: Vec<String>,
    /// The trials that numbers stand for, and the place from which `more` reads on.
    rows: Vec<StudyIdx>,
    found: Rows,
    next: usize,
    /// The trial that is meant where none is named.
    current: Option<StudyIdx>,
    pins: Vec<StudyIdx>,
    /// Whom the list is to suit, and how many trials do.
    profile: Option<Profile>,
    suited: Option<Suited>,
    /// Where marks are kept, under which name and by whom.
    collection: Option<Collection>,
    name: String,
    by: String,
    /// What was marked, for undo.
    kept: Vec<Step>,
    skipped: Vec<String>,
}

/// Holds the dialogue.
pub(super) fn run(
    arguments: &Browse,
    config: &Config,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Ending> {
    arguments.paths.iter().try_for_each(|path| browse::exists(path))?;
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("with --plain, standard input brings what you type; name a file in place of -");
    }
    let paths = match (&arguments.paths[..], arguments.sample) {
        ([], false) => config.existing_data()?.to_vec(),
        (paths, _) => paths.to_vec(),
    };
    let mut dialogue = Dialogue {
        store: Arc::default(),
        paths: Vec::new(),
        keeping: arguments.keeping,
        config: arguments.config.clone(),
        reading: if config.exact { Reading::AsTyped } else { Reading::default() },
        text: String::new(),
        done: Vec::new(),
        rows: Vec::new(),
        found: Rows::default(),
        next: 0,
        current: None,
        pins: Vec::new(),
        profile: None,
        suited: None,
        collection: None,
        name: arguments.whose.collection.clone(),
        by: super::marks::by(&arguments.whose),
        kept: Vec::new(),
        skipped: Vec::new(),
    };
    writeln!(out, "trialdex. {}", dialogue.open(paths)?)?;
    writeln!(
        out,
        "Type words to search, a number to read a trial, help for the commands, quit to end."
    )?;
    if !arguments.query.trim().is_empty() {
        answer(out, commands::run(&mut dialogue, &format!("search {}", arguments.query)))?;
    }
    let is_watched = io::stdin().is_terminal();
    loop {
        if is_watched {
            write!(out, "> ")?;
        }
        out.flush()?;
        let Some(line) = read_line(input)? else { return Ok(Ending::Found) };
        let line = String::from_utf8_lossy(&line);
        let line = text::clean_line(line.trim());
        match line.trim() {
            "" => (),
            line if line.len() > LONGEST => {
                answer(out, Err(anyhow!("a line has at most {LONGEST} bytes")))?;
            }
            "quit" | "q" | "exit" | "quit-now" | ":q" => return Ok(Ending::Found),
            line => answer(out, commands::run(&mut dialogue, line))?,
        }
    }
}

/// Reads a line; `None` at the end of the input. Of one that is too long the first bytes are kept, more than [`LONGEST`].
fn read_line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut next = Vec::new();
    loop {
        next.clear();
        if (&mut *input).take(LONGEST as u64).read_until(b'\n', &mut next)? == 0 {
            return Ok((!line.is_empty()).then_some(line));
        }
        if line.len() <= LONGEST {
            line.extend_from_slice(&next);
        }
        if next.ends_with(b"\n") {
            return Ok(Some(line));
        }
    }
}

fn answer(out: &mut dyn Write, said: Result<String>) -> Result<()> {
    match said {
        Ok(said) => writeln!(out, "{}", said.trim_end())?,
        Err(error) => writeln!(out, "Error: {}", text::clean_line(&format!("{error:#}")))?,
    }
    Ok(())
}

impl Dialogue {
    /// Opens a dataset and says what is in it.
    fn open(&mut self, paths: Vec<PathBuf>) -> Result<String> {
        let Dataset { store, bad, skipped, notes, .. } = super::open_quietly(&paths, self.keeping)?;
        let bad = bad.iter().map(|bad| {
            let place = [&*bad.place.file, &bad.place.within].join(" ");
            text::clean_line(&format!("{}: {}", place.trim(), bad.reason)).into_owned()
        });
        self.skipped = bad.collect();
        (self.store, self.paths) = (store, paths);
        (self.current, self.rows, self.next) = (None, Vec::new(), 0);
        self.pins.clear();
        self.done.clear();
        let query = std::mem::take(&mut self.text);
        let list = self.search(&query)?;
        let skipped = match skipped {
            0 => String::new(),
            count => format!(" {} skipped; problems lists them.", text::counted(count, "record")),
        };
        let notes: Vec<String> = notes.iter().map(|note| format!(" {note}.")).collect();
        let count = text::counted(self.store.len() as u64, "trial");
        Ok(format!("{count} in {}.{skipped}{}\n{list}", dataset::name(&self.paths), notes.concat()))
    }

    /// Asks something and reads out the beginning of the list.
    fn search(&mut self, asked_for: &str) -> Result<String> {
        let asked = asked::read(asked_for, None, self.config.as_deref())?;
        let query = Query { reading: self.reading, profile: self.profile.clone(), ..asked };
        asked::prepare(&self.store, &query, &self.paths, self.keeping)?;
        let marks = if query.asks_marks() { self.marks()? } else { Marks::default() };
        let found = asked::found_marked(&self.store, &marks, &query)?;
        asked::tell(&self.store, &found);
        self.found = found.rows.clone();
        self.suited = found.suited;
        self.rows = self.found.iter().collect();
        self.next = 0;
        asked_for.clone_into(&mut self.text);
        Ok(self.more())
    }

    /// Reads the list on.
    fn more(&mut self) -> String {
        let all = self.rows.len();
        if all == 0 {
            return "No trial.".to_owned();
        }
        if self.next >= all {
            return format!("That was all of {}.", text::counted(all as u64, "trial"));
        }
        let last = (self.next + AT_ONCE).min(all);
        let first = std::mem::replace(&mut self.next, last);
        let marks = self.collection.as_ref().map(Collection::marks);
        let entries = (first..last).map(|row| {
            let entry = words::entry(&self.store, row + 1, self.rows[row], marks);
            match &self.profile {
                Some(profile) if !profile.person.is_anybody() => {
                    let stated = search::eligibility(&self.store, self.rows[row]);
                    format!(
                        "{entry} As far as its fields say: {}.",
                        profile.person.in_words(&stated)
                    )
                }
                _ => entry,
            }
        });
        let mut lines: Vec<String> = entries.collect();
        let more = if last < all { " more reads on." } else { "" };
        lines.push(format!("{} to {last} of {}.{more}", first + 1, text::grouped(all as u64)));
        lines.join("\n")
    }

    /// The trial of a number in the list or of an id; where nothing is named, the one that was named last.
    fn study(&mut self, named: &str) -> Result<StudyIdx> {
        let study = match (named, named.parse::<usize>(), named.parse::<NctId>()) {
            ("", ..) => match self.current {
                Some(study) => study,
                None => bail!("which trial? Say its number in the list, or its id"),
            },
            (_, Ok(number), _) => match number.checked_sub(1).and_then(|row| self.rows.get(row)) {
                Some(study) => *study,
                None => bail!("there is no number {number}; the list has {}", self.rows.len()),
            },
            (_, _, Ok(id)) => match self.store.find(id) {
                Some(study) => study,
                None => bail!("{id}: the dataset has no such trial"),
            },
            _ => bail!("{named} is no number of the list and no id of a trial"),
        };
        self.current = Some(study);
        Ok(study)
    }

    /// The trials of numbers and ids; where nothing is named, the pinned ones.
    fn studies(&mut self, named: &str) -> Result<Vec<StudyIdx>> {
        let studies = named.split_whitespace().map(|word| self.study(word));
        let studies: Vec<StudyIdx> = studies.collect::<Result<_>>()?;
        Ok(if studies.is_empty() { self.pins.clone() } else { studies })
    }

    fn marks(&mut self) -> Result<Marks> {
        Ok(self.collection()?.marks().clone())
    }

    fn collection(&mut self) -> Result<&mut Collection> {
        if self.collection.is_none() {
            self.collection = Some(super::collection::open(&self.name)?);
        }
        Ok(self.collection.as_mut().expect("it was opened just now"))
    }
}
