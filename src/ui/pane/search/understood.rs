//! How a query was understood, in a line: what was not found and what would be, what was corrected, what was added.

use ratatui::style::Style;

use crate::search::{Added, By, How, Instead, Looked, ProseState, Taken};
use crate::session::Session;
use crate::text;
use crate::ui::action::Action;
use crate::ui::pane::View;
use crate::ui::theme::Theme;

/// What is wrong with the text; else what was not found, what was corrected and what was added. Nothing if the words
/// were found as they stand.
pub(super) fn understood(view: &View, theme: &Theme) -> (String, Style) {
    let (session, results) = (view.session, &view.session.results);
    let separator = format!(" {} ", theme.signs.separator);
    if let Some(error) = session.error() {
        let shown = format!("shown is what “{}” found", session.query());
        return ([error.to_string(), shown].join(&separator), theme.error);
    }
    let mut words: Vec<String> = results.taken.iter().filter_map(in_words).collect();
    words.extend(prose(session));
    let style = if words.is_empty() { theme.dim } else { theme.key };
    words.extend(results.instead().iter().map(|it| offered(it, view)));
    let blamed = results.clauses().iter().filter(|clause| clause.without > 0);
    words.extend(blamed.map(|it| format!("without {} {}", it.text, text::grouped(it.without))));
    let mended = results.added.iter().filter(|added| added.how == How::Near);
    words.extend(mended.map(|it| format!("{} ≈ {} {}", it.typed, it.name, counted(it))));
    words.extend(results.codes.iter().map(|code| format!("{} → {}", code.typed, code.term)));
    words.extend(results.unstated.iter().map(ToString::to_string));
    let passed_over = results.passed_over.join(" ");
    words.extend((!passed_over.is_empty()).then(|| format!("passed over: {passed_over}")));
    let others = results.added.iter().filter(|added| added.how != How::Near);
    words.extend(others.map(|it| format!("+ {} {}", it.name, counted(it))));
    words.extend(results.near.remarks());
    let is_by_nearest = session.query().sort.has(By::Nearest);
    if is_by_nearest && results.near.nearby.is_empty() {
        words.push("sort:nearest needs a place: near:Lyon".to_owned());
    }
    (words.join(&separator), style)
}

/// How far what was asked of prose is answered; nothing if it is.
fn prose(session: &Session) -> Option<String> {
    match session.results.prose {
        ProseState::Complete => None,
        ProseState::Partial(Looked { done, of }) => {
            let [done, of] = [done, of].map(text::grouped);
            Some(format!("so far {done} of {of} records that have these words were read"))
        }
        ProseState::Awaited if session.is_indexing() => {
            Some("the prose is being indexed, the answer comes after that".to_owned())
        }
        ProseState::Awaited => Some("the prose is not indexed, open the dataset again".to_owned()),
    }
}

fn counted(added: &Added) -> String {
    text::grouped(added.studies)
}

/// `livr ≈ Liver Failure (condition)`; `xyzzy → nothing`. Nothing to say of a term that was found as it stands.
fn in_words(taken: &Taken) -> Option<String> {
    let term = &taken.term;
    if let Some(meaning) = taken.in_capitals() {
        return Some(format!("{term} → the word; {meaning}"));
    }
    if taken.places.is_empty() {
        return Some(format!("{term} → nothing"));
    }
    near(taken)
}

/// The values that were taken for a term that nothing has.
pub(super) fn near(taken: &Taken) -> Option<String> {
    let near = taken.nearest();
    (!near.is_empty()).then(|| format!("{} ≈ {}", taken.term, near.join(", ")))
}

/// `boston is a city: Tab for city:boston, 7`.
fn offered(instead: &Instead, view: &View) -> String {
    let (what, term) = (instead.in_words(), &instead.term);
    let studies = text::grouped(instead.studies);
    if instead.concept.is_none() {
        let key = if view.focused { view.key(Action::Complete) } else { String::new() };
        return format!("did you mean {term} ({studies})? {key}").trim_end().to_owned();
    }
    if view.focused {
        format!("{what}: {} for {term}, {studies}", view.key(Action::Complete))
    } else {
        format!("{what}: {term} {studies}")
    }
}
