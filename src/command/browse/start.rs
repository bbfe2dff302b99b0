//! Where the browser begins: what the arguments and the configuration say of it, before the screen is taken.

use std::path::{Path, PathBuf};

use super::{Changes, Sessions, Window, browse, keep};
use crate::app::App;
use crate::cli::{self, Browse};
use crate::command::Ending;
use crate::config::Config;
use crate::dataset;
use crate::marks::Folder;
use crate::search::{Reading, SavedSearches};
use crate::session::{History, KeptSession, Mouse, Session};
use crate::state::{self, StateFolder};
use crate::study::{NctId, calendar};
use crate::worker::keeper::Place;
use crate::worker::terminal::{self, StandardInput};

/// Opens the browser as the arguments and the configuration say.
pub(in crate::command) fn start(arguments: &Browse, config: &Config) -> anyhow::Result<Ending> {
    for path in &arguments.paths {
        exists(path)?;
    }
    if arguments.paths.is_empty() && !arguments.sample && terminal::is_piped() {
        anyhow::bail!(
            "something is piped in, which `trialdex -` opens; browsing needs a terminal, without one use \
             `trialdex search` or `trialdex show`"
        );
    }
    let paths = if arguments.paths.is_empty() && !arguments.sample {
        config.existing_data()?.to_vec()
    } else {
        arguments.paths.clone()
    };
    let (mut app, mouse) = app(config, &paths)?;
    app.session.recent =
        StateFolder::of_user().filter(|_| config.recent).map(|folder| state::read_recent(&folder));
    if StateFolder::of_user().is_some_and(|folder| !state::is_greeted(&folder)) {
        app.greet();
    }
    app.session.keeps_queries = config.history && StateFolder::of_user().is_some();
    let goes_on = config.session && !arguments.fresh;
    take_up(&mut app, arguments, &paths, goes_on);
    let piped = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    let input = if piped { StandardInput::Dataset } else { StandardInput::Keys };
    let place = Place {
        folder: Folder::of_user(),
        collection: arguments.whose.collection.clone(),
        by: crate::command::marks::by(&arguments.whose),
    };
    app.session.collection.clone_from(&place.collection);
    app.session.by.clone_from(&place.by);
    let title = format!("trialdex: {}", app.session.dataset);
    let keeping = arguments.keeping;
    let cache = crate::command::cache(keeping);
    let changes = if arguments.watch { Changes::Watched } else { Changes::Ignored };
    let (of_window, kept) = (paths.clone(), cache.clone());
    let sessions = match (config.session, goes_on) {
        (false, _) => Sessions::Off,
        (true, false) => Sessions::Kept,
        (true, true) => Sessions::Resumed,
    };
    let (paths_of_window, cache_of_window) = (of_window, kept);
    let window = Window {
        title,
        mouse,
        input,
        place,
        paths: paths_of_window,
        cache: cache_of_window,
        changes,
        sessions,
    };
    // An answer needs the whole of the dataset; what is newest in it does not.
    let is_asked = !app.session.text().trim().is_empty() || app.session.is_left_elsewhere();
    let ending = browse(&mut app, &window, move |progress, show| {
        crate::command::limit(progress, keeping);
        let dataset = if is_asked {
            dataset::open_showing_parts(&cache, &paths, progress, show)
        } else {
            dataset::open_showing(&cache, &paths, progress, show)
        };
        dataset.map_err(|error| error.to_string())
    })?;
    if let Some(reason) = app.failure() {
        anyhow::bail!("{reason}");
    }
    if let Some(kept) = app.left().filter(|_| config.session)
        && let Some(said) = keep::session(&app.session.paths, &kept)
        && ending != super::Ending::HangUp
    {
        crate::command::remark(&said);
    }
    Ok(Ending::Browsed(ending))
}

/// Begins with the query of the arguments, or where the dataset was left the last time.
fn take_up(app: &mut App, arguments: &Browse, paths: &[PathBuf], goes_on: bool) {
    let kept = if goes_on { keep::read_session(paths) } else { Ok(None) };
    let query = arguments.query.trim();
    match kept {
        Ok(Some(kept)) if query.is_empty() => app.resume(kept),
        // Another query has another place in the list; the pins stay.
        Ok(Some(kept)) => {
            app.resume(KeptSession { query: arguments.query.clone(), at: None, ..kept });
        }
        Ok(None) => app.session.begin_with(&arguments.query),
        Err(error) => {
            app.session.begin_with(&arguments.query);
            app.session.fail(error);
        }
    }
}

/// The application as the configuration says, before its dataset is there, and who has the mouse.
pub(in crate::command) fn app(config: &Config, paths: &[PathBuf]) -> anyhow::Result<(App, Mouse)> {
    let mouse = if config.mouse { Mouse::Captured } else { Mouse::Free };
    let mut app = App::new(config.keymap()?, config.theme()?, mouse);
    app.reasons.clone_from(&config.reasons);
    app.keeps_read = config.seen;
    app.session.dataset = dataset::name(paths);
    app.session.paths = paths.to_vec();
    app.session.today = Some(calendar::today());
    if config.exact {
        app.session.read_as(Reading::AsTyped);
    }
    take_columns(&mut app.session);
    take_queries(&mut app.session, config);
    match keep::read_look() {
        Ok(look) => app.session.look = look,
        Err(error) => app.session.fail(error),
    }
    Ok((app, mouse))
}

/// Takes the columns that were kept; says so if there are some that cannot be read.
fn take_columns(session: &mut Session) {
    match StateFolder::of_user().map(|folder| state::read_columns(&folder)) {
        Some(Ok(Some(columns))) => session.columns = columns,
        Some(Err(error)) => session.fail(error.to_string()),
        Some(Ok(None)) | None => (),
    }
}

/// Takes the searches that have a name and the queries that were asked, as far as such is kept; says so if some cannot be read.
fn take_queries(session: &mut Session, config: &Config) {
    if config.searches {
        let saved = StateFolder::of_data().map(|folder| state::read_saved(&folder));
        let saved = saved.transpose().map(Option::unwrap_or_default);
        session.saved = Some(saved.unwrap_or_else(|error| {
            session.fail(error.to_string());
            SavedSearches::default()
        }));
    }
    if let Some(folder) = StateFolder::of_user().filter(|_| config.history) {
        match state::read_history(&folder) {
            Ok(queries) => session.history = History::of_other_runs(&queries),
            Err(error) => session.fail(error.to_string()),
        }
    }
}

/// Says before the screen is taken that a path is none, and what was meant instead.
pub(in crate::command) fn exists(path: &Path) -> anyhow::Result<()> {
    if path.as_os_str() == "-" || path.exists() {
        return Ok(());
    }
    let text = path.to_string_lossy();
    if let Ok(id) = text.parse::<NctId>() {
        anyhow::bail!("{id}: there is no such file or folder; `trialdex show {id}` shows a trial");
    }
    match cli::nearest_command(&text) {
        Some(name) => {
            anyhow::bail!("{text}: there is no such file or folder; the command is `{name}`")
        }
        None => anyhow::bail!("{text}: there is no such file or folder; check the spelling"),
    }
}
