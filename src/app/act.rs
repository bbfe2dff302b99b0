//! What actions do: on top, in the focused pane, else in the application.

use super::{App, body};
use crate::marks::Decision;
use crate::session::{Effect, SEARCHES_OFF};
use crate::store::StudyIdx;
use crate::ui::action::Action;
use crate::ui::pane::PaneId;
use crate::ui::popup::{Command, Popup, Response, menus};
use crate::ui::theme::Theme;

impl App {
    /// Does what an action means here: on top, in the focused pane, else in the application.
    pub(super) fn act(&mut self, action: Action) {
        if !self.load.is_usable() && action != Action::Suspend {
            let is_above = self.layers.popup().is_some();
            match action {
                Action::Quit if !is_above => return self.quit(),
                Action::QuitNow => return self.quit(),
                // Where none could be opened, another one can be.
                Action::OpenPage if self.has_failed() && !is_above => {
                    return self.choose_dataset("");
                }
                _ if self.has_failed() && (is_above || needs_no_dataset(action)) => (),
                _ => return,
            }
        }
        match action {
            Action::QuitNow => return self.quit(),
            Action::Suspend => return self.session.request(Effect::Suspend),
            Action::Cancel => return self.session.cancel_job(),
            _ => (),
        }
        if let Some(popup) = self.layers.popup_mut() {
            match action {
                Action::Help if popup.scope().is_some() => return self.help(),
                Action::Palette if popup.scope().is_some() => return self.palette(),
                _ => (),
            }
            let outcome = popup.act(action, body(self.screen));
            return self.settle(outcome);
        }
        if self.pick(action) {
            return;
        }
        let area = self.areas().of(self.focus());
        if !self.panes.get(self.focus()).act(action, area, &mut self.session) {
            self.act_here(action);
        }
    }

    /// Does what came of a key or a click on the popup.
    pub(super) fn settle(&mut self, outcome: Response) {
        match outcome {
            Response::Stay => (),
            Response::Close => self.close(),
            Response::Choose(chosen) => {
                self.close();
                self.choose(chosen);
            }
            Response::Do(chosen) => self.choose(chosen),
            Response::Open(popup) => self.layers.open(popup),
            Response::Visit(trail) => self.visit(trail),
            Response::Compare(versions) => self.compare_versions(versions),
            Response::With(study, action) => self.act_with(study, action),
            Response::Here(action) => self.act_here(action),
        }
    }

    /// Does what no pane wanted to do.
    pub(super) fn act_here(&mut self, action: Action) {
        match action {
            Action::NextPane => self.step_focus(1),
            Action::PreviousPane => self.step_focus(-1),
            Action::FiltersPane | Action::Filters => self.toggle_filters(),
            Action::ListPane => self.go_to(PaneId::List),
            Action::DetailPane => self.go_to(PaneId::Detail),
            Action::Read => self.read(),
            Action::Back => self.back(),
            Action::Compare | Action::ComparisonPane => self.compare(),
            Action::Zoom => self.zoom(),
            Action::WiderPane => self.widen(1),
            Action::NarrowerPane => self.widen(-1),
            Action::UsualPanes => self.size_as_usual(),
            Action::Search => self.search(),
            Action::Complete | Action::Readings | Action::EarlierQuery | Action::LaterQuery => {
                self.act_in_search_line(action);
            }
            Action::NextStudy => self.step(1),
            Action::PreviousStudy => self.step(-1),
            Action::Pin => self.with_study(|app, study| app.session.toggle_pin(study)),
            Action::Unpin => self.session.unpin_all(),
            Action::ClearFilters => self.session.clear_choices(),
            Action::Undo => self.session.undo(),
            Action::Redo => self.session.redo(),
            Action::Exact => self.session.toggle_reading(),
            Action::Dashboard => self.layers.open(Popup::dashboard(&self.session)),
            Action::Saved if self.session.saved.is_none() => self.session.say(SEARCHES_OFF),
            Action::Saved => self.layers.open(menus::searches(&self.session)),
            Action::History | Action::FindQuery => self.find_query(),
            Action::Record => self.layers.open(menus::record(&self.session)),
            Action::Sort => self.layers.open(menus::orders(&self.session)),
            Action::Reverse => self.reverse(),
            Action::Group => self.layers.open(menus::groups(&self.session)),
            Action::Columns => self.layers.open(Popup::columns(&self.session)),
            Action::Related => self.with_study(Self::show_related),
            Action::Copy => self.with_study(|app, study| app.act_with(study, action)),
            Action::Export => self.choose_form(),
            Action::Overlap => self.open(Popup::overlap),
            Action::Matrix if self.focus() == PaneId::Comparison => self.open(Popup::facts),
            Action::OpenPage => self.with_study(|app, study| app.session.open_page(study)),
            Action::Why => self.open(Popup::why),
            Action::Map => self.open(Popup::map),
            Action::Tables => self.open(Popup::tables),
            Action::Raw => self.open(Popup::raw),
            Action::Links => self.open(Popup::links),
            Action::Versions => self.open(Popup::versions),
            Action::Timeline => self.open(Popup::timeline),
            Action::Person => self.layers.open(Popup::person(&self.session)),
            Action::Outline => self.layers.open(menus::sections(self.panes.sections())),
            Action::Help => self.help(),
            Action::Palette => self.palette(),
            Action::Problems => self.problems(),
            Action::Open => self.choose_dataset(""),
            Action::Reload => self.session.reload(),
            Action::Theme => self.layers.open(menus::themes(&self.theme)),
            Action::Mouse => self.toggle_mouse(),
            Action::Quit => self.quit_level(),
            // A mark; or what is done before a pane is asked, and what only panes and pages know.
            other => self.mark(other),
        }
    }

    pub(super) fn choose(&mut self, chosen: Command) {
        match chosen {
            Command::Act(action) => self.act(action),
            Command::Sort(sort) => self.session.sort(sort),
            Command::Copy(what, text) => self.session.copy(&what, text),
            Command::SaveComparison(format) => self.save_comparison(format),
            Command::SaveStudies(which, format) => self.save_studies(which, format),
            Command::Section(row) => {
                self.go_to(PaneId::Detail);
                self.panes.show_row(row);
            }
            Command::Suit(profile) => {
                self.session.suit(profile);
                self.go_to(PaneId::List);
            }
            Command::Ask(text) => {
                self.session.type_query(&text);
                self.session.keep_query();
                self.go_to(PaneId::List);
            }
            Command::NameSearch => self.layers.open(menus::name_of_search(&self.session)),
            Command::Record(path) => self.session.record_search(&path),
            Command::SaveSearch(name) => self.session.save_search(&name),
            Command::Narrow(term) => self.session.narrow(term),
            Command::Follow(link) => self.follow(&link),
            Command::Exclude(reason) => self.session.decide(Decision::Exclude, reason),
            Command::Tag(typed) => self.session.tag(&typed),
            Command::Note(typed) => self.session.note(&typed),
            Command::NoteOn(passage, typed) => {
                self.session.note_on(&passage, &typed);
                self.panes.leave_passage();
            }
            Command::Collection(name) => self.session.use_collection(&name),
            Command::Join(path) => self.session.join(&path),
            Command::Settle(id, decision, reason) => {
                self.session.settle(id, decision, reason);
                self.ask_settlement(Some(id));
            }
            Command::NextConflict(id) => self.ask_settlement(Some(id)),
            Command::Tick(which) => self.session.tick(which),
            Command::CompareTwo(pair) => {
                self.session.compare_two(pair);
                self.go_to(PaneId::Comparison);
            }
            Command::Group(by) => self.session.group_by(by),
            Command::Columns(columns) => self.session.columns = columns,
            Command::KeepColumns => self.session.keep_columns(),
            Command::Open(path) => self.session.open_path(&path),
            Command::OpenSample => self.session.open_sample(),
            Command::AddPath(path) => self.session.add_path(&path),
            Command::ListPaths(typed) => self.session.complete_path(&typed),
            Command::Theme(name) => self.use_theme(name),
            Command::Say(why) => self.session.say(why),
            Command::Nothing => (),
        }
    }

    /// Goes to the search line and does there what only it can do.
    fn act_in_search_line(&mut self, action: Action) {
        self.go_to(PaneId::Search);
        let area = self.areas().of(PaneId::Search);
        self.panes.get(PaneId::Search).act(action, area, &mut self.session);
    }

    /// Opens the queries that were asked, if there are any.
    fn find_query(&mut self) {
        match menus::history(&self.session) {
            Some(menu) => self.layers.open(menu),
            None => self.session.say("no query was asked before"),
        }
    }

    pub(super) fn quit(&mut self) {
        self.session.request(Effect::Quit);
    }

    pub(super) fn zoom(&mut self) {
        let arrangement = self.layers.arrangement_mut();
        arrangement.zoomed = !arrangement.zoomed;
    }

    /// Does something with the study that is shown, if there is one.
    pub(super) fn with_study(&mut self, act: impl FnOnce(&mut Self, StudyIdx)) {
        if let Some(study) = self.session.study() {
            act(self, study);
        }
    }

    /// Opens the help for where the user is.
    pub(super) fn help(&mut self) {
        self.layers.open(Popup::help(self.scope(), &self.keymap, &self.theme));
    }

    pub(super) fn palette(&mut self) {
        self.layers.open(menus::commands(&self.keymap));
    }

    /// Asks which dataset is to be opened; `typed` stands in the line.
    pub(super) fn choose_dataset(&mut self, typed: &str) {
        let mut popup = Popup::open(&self.session, typed);
        let asked = popup.typed();
        self.layers.open(popup);
        self.settle(asked);
    }

    fn use_theme(&mut self, name: &str) {
        let Some(theme) = Theme::named(name) else { return };
        self.theme = if self.theme.is_ascii() { theme.in_ascii() } else { theme };
        self.session.look.theme = Some(name.to_owned());
        self.session.say("the next start has these colours too");
    }

    pub(super) fn reverse(&mut self) {
        self.session.sort(self.session.query().sort.reversed());
    }

    pub(super) fn problems(&mut self) {
        if self.session.skipped == 0 {
            self.session.say("every record was read");
        } else {
            self.layers.open(menus::problems(&self.session));
        }
    }
}

/// Whether an action means something without a dataset.
fn needs_no_dataset(action: Action) -> bool {
    use Action::{Cancel, Help, Mouse, Open, Palette, Theme};
    matches!(action, Cancel | Help | Mouse | Open | Palette | Theme)
}
