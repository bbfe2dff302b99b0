//! The commands, one file each, and what several of them need: opening a dataset, finding a study, remarks.

mod asked;
pub mod browse;
mod cache;
mod check;
mod collection;
mod compare;
mod completions;
mod listing;
mod man;
mod marks;
mod matching;
mod pick;
mod plain;
mod record;
mod related;
mod search;
mod show;
mod stats;
mod tables;

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::cli::{Arguments, Command, Data, Keeping, StyleArguments, TitleName};
use crate::config::Config;
use crate::cores;
use crate::dataset::{self, Cache, Dataset};
use crate::export::{Style, TitleChoice};
use crate::load::Progress;
use crate::store::prose::Making;
use crate::store::{Store, StudyIdx};
use crate::text;
use crate::worker::terminal;

/// How a command ended, as `grep` has it. An error is the third way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Found,
    Nothing,
    /// Nothing was chosen.
    Left,
    /// The browser was left.
    Browsed(browse::Ending),
}

impl Ending {
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            // As a program ends that Ctrl-c ends.
            Self::Left => 130,
            Self::Browsed(ending) => ending.exit_code(),
        }
    }
}

/// Does what the arguments say; results go to `out`, remarks to standard error.
pub fn run(mut arguments: Arguments, out: &mut dyn Write) -> Result<Ending> {
    watch_for_signals()?;
    if let Some(data) = arguments.command.as_mut().and_then(Command::data_mut) {
        look_into(data)?;
    }
    match arguments.command {
        None => {
            let browse = &arguments.browse;
            let mut config = configured(browse.config.as_deref(), browse.theme.as_deref())?;
            if browse.ascii {
                config.ascii = Some(true);
            }
            config.exact |= browse.exact;
            config.mouse &= !browse.no_mouse;
            if browse.plain || terminal::is_dumb() {
                return plain::run(browse, &config, &mut io::stdin().lock(), out);
            }
            browse::start(browse, &config)
        }
        Some(Command::Search(mut search)) => search::run(&mut search, out),
        Some(Command::Stats(stats)) => stats::run(&stats, out),
        Some(Command::Show(show)) => show::run(&show, out),
        Some(Command::Related(related)) => related::run(&related, out),
        Some(Command::Match(asked)) => matching::run(&asked, out),
        Some(Command::Compare(compare)) => compare::run(&compare, out),
        Some(Command::Pick(pick)) => pick::run(&pick, out),
        Some(Command::Marks(marks)) => marks::run(&marks, out),
        Some(Command::Check(check)) => check::run(&check, out),
        Some(Command::Cache(cache)) => cache::run(&cache, out),
        Some(Command::Completions(completions)) => completions::run(&completions, out),
        Some(Command::Man(man)) => man::run(&man, out),
    }
}

/// The configuration, with another theme if one is named, was chosen in the browser, or the terminal is to have no colours.
fn configured(path: Option<&Path>, theme: Option<&str>) -> Result<Config> {
    let mut config = Config::read(path)?;
    config.ascii.get_or_insert_with(terminal::lacks_unicode);
    config.theme = theme.map(str::to_owned).or_else(browse::chosen_theme).or(config.theme);
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_plain && config.theme()?.has_colours() {
        config.theme = Some("mono".to_owned());
    }
    Ok(config)
}

/// Where no path is given, takes those of the configuration.
fn look_into(data: &mut Data) -> Result<()> {
    if data.paths.is_empty() && !data.sample {
        let config = Config::read(data.config.as_deref())?;
        data.paths = config.existing_data()?.to_vec();
    }
    Ok(())
}

/// Decides what signals do. A file that would grow beyond what this process may write is an error like that of a full disk,
/// and not its end.
fn watch_for_signals() -> io::Result<()> {
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default())?;
    #[cfg(unix)]
    terminal::rescue::watch()?;
    Ok(())
}

/// So wide a remark may be: it quotes what was typed, which has no bound.
const WIDEST: usize = 2000;

/// Says something that is no result.
fn remark(text: &str) {
    let line = crate::text::clean_line(text);
    // Nobody may be there to read it.
    _ = writeln!(io::stderr(), "trialdex: {}", crate::text::cut(&line, WIDEST));
}

/// The cache, as far as it may be used.
fn cache(keeping: Keeping) -> Cache {
    if keeping.no_cache { Cache::Off } else { Cache::of_user() }
}

/// Lets a load unpack no more than was said.
fn limit(progress: &Progress, keeping: Keeping) {
    let mebibytes = keeping.unpack_limit.unwrap_or_default();
    progress.unpack_limit.store(mebibytes.saturating_mul(1 << 20), Relaxed);
}

/// How long reading may take before whoever waits at a terminal is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// Reads a dataset or finds it in the cache, and says on standard error what became of that.
fn open_quietly(paths: &[PathBuf], keeping: Keeping) -> Result<Dataset> {
    let dataset = thread::scope(|scope| {
        let (ended, waiting) = mpsc::channel::<()>();
        if io::stderr().is_terminal() {
            cores::spawn(scope, move || {
                if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    remark(&format!("reading {} …", dataset::name(paths)));
                }
            });
        }
        let progress = Arc::<Progress>::default();
        limit(&progress, keeping);
        let dataset = dataset::open_with(&cache(keeping), paths, &progress);
        drop(ended);
        dataset
    })?;
    if let Some(text) = &dataset.remark {
        remark(text);
    }
    Ok(dataset)
}

/// Opens what a command looks into, and says on standard error what was skipped.
fn open(Data { paths, sample, keeping, .. }: &Data) -> Result<Dataset> {
    let dataset = open_quietly(paths, *keeping)?;
    if paths.is_empty() && !sample {
        let more = if terminal::is_piped() { ", -d - into what is piped in" } else { "" };
        remark(&format!("looking into the sample; -d PATH looks into your own data{more}"));
    }
    dataset.notes.iter().for_each(|note| remark(note));
    if dataset.skipped > 0 {
        let records = if dataset.skipped == 1 { "record was" } else { "records were" };
        remark(&format!(
            "{} {records} skipped; `trialdex check` says which and why",
            text::grouped(dataset.skipped)
        ));
    }
    Ok(dataset)
}

/// Gives a store the index of its prose, and says on standard error what becomes of that.
fn index_prose(store: &Store, paths: &[PathBuf], keeping: Keeping) -> Result<()> {
    let remarked = thread::scope(|scope| {
        let (ended, waiting) = mpsc::channel::<()>();
        cores::spawn(scope, move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let count = text::grouped(store.len() as u64);
                remark(&format!("reading the prose of {count} trials, once …"));
            }
        });
        let made = dataset::index_prose(&cache(keeping), paths, store, &Making::default());
        drop(ended);
        made
    });
    match remarked {
        Ok(remarked) => remarked.iter().for_each(|line| remark(line)),
        Err(error) => anyhow::bail!("the prose cannot be indexed: {error}"),
    }
    Ok(())
}

/// How references are to look.
fn style(arguments: &StyleArguments) -> Style {
    Style {
        title: match arguments.title {
            TitleName::Official => TitleChoice::Official,
            TitleName::Brief => TitleChoice::Brief,
        },
        id_in_title: arguments.id_in_title,
        ris_type: text::clean_line(&arguments.ris_type).trim().to_uppercase(),
        with_parts: !arguments.short_abstract,
        bom: arguments.bom,
    }
}

/// The study with the id `text`; `None`, with a remark, when the dataset has none.
fn find(store: &Store, text: &str) -> Result<Option<StudyIdx>> {
    let id = text
        .parse()
        .map_err(|error| anyhow::anyhow!("{}: {error}", crate::text::clean_line(text)))?;
    let found = store.find(id);
    if found.is_none() {
        remark(&format!("{id}: the dataset has no such trial"));
    }
    Ok(found)
}
