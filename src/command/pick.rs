//! `trialdex pick`: the browser as a chooser. Its screen is on the terminal; what is chosen goes to standard output.

use std::io::{self, IsTerminal as _, Read as _, Write};

use anyhow::{Context as _, Result, bail};

use super::browse::{self, Changes, Sessions, Window};
use super::search::Written;
use super::{Ending, asked};
use crate::app::Picking;
use crate::cli::{Pick, Whose};
use crate::dataset;
use crate::marks::Folder;
use crate::search::Reading;
use crate::store::StudyIdx;
use crate::study::NctId;
use crate::worker::keeper::Place;
use crate::worker::terminal::{self, StandardInput};

/// Of more ids that are piped in no list is made.
const MOST_IDS: usize = 1000;

pub(super) fn run(pick: &Pick, out: &mut dyn Write) -> Result<Ending> {
    pick.data.paths.iter().try_for_each(|path| browse::exists(path))?;
    let text = query(pick)?;
    asked::read(&text, None, pick.data.config.as_deref())?;
    super::search::check(pick.format, &pick.tables)?;
    let columns = super::search::columns(pick.columns.as_deref(), pick.format)?;
    terminal::leave_standard_output()?;
    let config = super::configured(pick.data.config.as_deref(), pick.theme.as_deref())?;
    let (mut app, mouse) = browse::app(&config, &pick.data.paths)?;
    app.picking = Some(if pick.multi { Picking::Several } else { Picking::One });
    app.session.today = pick.asked.today.or(app.session.today);
    if pick.asked.exact {
        app.session.read_as(Reading::AsTyped);
    }
    app.session.begin_with(&text);
    let keeping = pick.data.keeping;
    let (paths, cache) = (pick.data.paths.clone(), super::cache(keeping));
    let place = place(pick);
    app.session.collection.clone_from(&place.collection);
    app.session.by.clone_from(&place.by);
    let window = Window {
        title: format!("trialdex pick: {}", app.session.dataset),
        mouse,
        input: if io::stdin().is_terminal() { StandardInput::Keys } else { StandardInput::Dataset },
        place,
        paths: paths.clone(),
        cache: cache.clone(),
        changes: Changes::default(),
        sessions: Sessions::default(),
    };
    let ending = browse::browse(&mut app, &window, move |progress, show| {
        super::limit(progress, keeping);
        let dataset = dataset::open_showing_parts(&cache, &paths, progress, show);
        dataset.map_err(|error| error.to_string())
    })?;
    if let Some(reason) = app.failure() {
        bail!("{reason}");
    }
    match (ending, app.picked.take()) {
        (browse::Ending::Quit, None) => Ok(Ending::Left),
        (browse::Ending::Quit, Some(chosen)) if chosen.is_empty() => Ok(Ending::Nothing),
        (browse::Ending::Quit, Some(chosen)) => {
            let session = &app.session;
            let studies: Vec<StudyIdx> =
                chosen.into_iter().filter_map(|id| session.store.find(id)).collect();
            let written = Written {
                store: &session.store,
                near: &session.results.near,
                marks: &session.marks,
                query: session.query(),
                paths: &session.paths,
                format: pick.format,
                columns,
                style: &pick.style,
                output: pick.tables.output.as_deref(),
            };
            let count = studies.len();
            written.write(studies.into_iter(), count, out)?;
            Ok(Ending::Found)
        }
        (ending, _) => Ok(Ending::Browsed(ending)),
    }
}

/// What is asked for: the query, among the ids that are piped in.
fn query(pick: &Pick) -> Result<String> {
    let text = pick.asked.text();
    let brings_records = pick.data.paths.iter().any(|path| path.as_os_str() == "-");
    if brings_records || !terminal::is_piped() {
        return Ok(text);
    }
    let mut piped = String::new();
    io::stdin().read_to_string(&mut piped).context("standard input")?;
    let mut ids: Vec<NctId> = Vec::new();
    let words = piped.split(|c: char| !c.is_ascii_alphanumeric());
    for id in words.filter_map(|word| word.parse::<NctId>().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() > MOST_IDS {
            bail!(
                "more than {MOST_IDS} ids are piped in; ask for fewer, or pipe records into -d -"
            );
        }
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    match ids.len() {
        0 if piped.trim().is_empty() => {
            bail!("nothing is piped in; ids can be, and records with -d -")
        }
        0 => bail!("no id of a trial is piped in; records are read with -d -"),
        _ if text.is_empty() => Ok(ids.join(" ")),
        _ => Ok(format!("({}) {text}", ids.join(" "))),
    }
}

/// Whose marks are kept where.
fn place(pick: &Pick) -> Place {
    let by = std::env::var("TRIALDEX_BY").ok();
    let whose = Whose { collection: pick.asked.collection.clone(), by };
    Place { folder: Folder::of_user(), by: super::marks::by(&whose), collection: whose.collection }
}
