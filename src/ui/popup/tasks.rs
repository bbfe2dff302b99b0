//! What people come for, in their words. The palette begins with these; each does what an action does.

use super::Command;
use super::menu::MenuItem;
use crate::ui::action::Action;
use crate::ui::keymap::Keymap;

/// Something that somebody wants to do.
pub(super) struct Task {
    words: &'static str,
    /// What else people call it.
    also: &'static str,
    action: Action,
}

/// In the order of the palette: what is needed most first.
pub(super) const TASKS: &[Task] = &[
    task("Search for trials", "find query look", Action::Search),
    task("Filter by status, phase, country and more", "narrow facet only", Action::Filters),
    task(
        "Open another file, folder or archive",
        "o e edit load data dataset add recent",
        Action::Open,
    ),
    task("Find trials for a person", "patient age match eligible near me", Action::Person),
    task("Compare pinned trials", "versus vs difference diff side by side", Action::Compare),
    task("Save: CSV, RIS, BibTeX, HTML, JSON …", EXPORT, Action::Export),
    task("Write the search down for a review", "record strategy prisma report log", Action::Record),
    task("Copy the id, a citation, the criteria, the text", "clipboard yank cite", Action::Copy),
    task("Sort the list", "order rank newest", Action::Sort),
    task("Choose the columns of the list", "fields table width", Action::Columns),
    task("Group the list by a field", "section by", Action::Group),
    task("Count what was found", "dashboard statistics stats chart numbers", Action::Dashboard),
    task("Include the trial", "accept yes decide screening", Action::Include),
    task("Exclude the trial, with a reason", "reject no decide screening", Action::LeaveOut),
    task("Screen one trial after the other", "review decide rayyan", Action::Screen),
    task("Write a note on the trial", "notes comment annotate remark", Action::Note),
    task("Tag the trial", "label keyword category", Action::Tag),
    task("Map of the sites", "places where locations geography", Action::Map),
    task("Dates on a line of time", "timeline start completion gantt", Action::Timeline),
    task("Tables of posted results", "outcomes adverse events numbers", Action::Tables),
    task("Trials related to this one", "similar like", Action::Related),
    task("Why the trial was found", "explain matched reason", Action::Why),
    task("Open the trial's page in the web browser", "registry website url link", Action::OpenPage),
    task("Change the colours", "theme dark light mono color contrast blind", Action::Theme),
    task("Turn the mouse off or on", "select text click", Action::Mouse),
    task("Keys and signs", "help manual shortcuts legend bindings", Action::Help),
    task("Quit the program", "q qa wq x exit leave close bye", Action::QuitNow),
];

const EXPORT: &str = "export download write w file spreadsheet excel csv tsv ris bibtex endnote zotero html json markdown print";

const fn task(words: &'static str, also: &'static str, action: Action) -> Task {
    Task { words, also, action }
}

impl Task {
    pub(super) fn item(&self, keymap: &Keymap) -> MenuItem {
        MenuItem {
            label: self.words.to_owned(),
            note: keymap.key(self.action),
            chosen: Command::Act(self.action),
            also: self.also,
        }
    }
}
