//! Every menu there is: what stands in it, and what choosing from it does.

use super::entry::{Entry, Offered, Wanted};
use super::menu::{Menu, MenuItem};
use super::tasks::TASKS;
use super::{Command, Popup, WhichStudies};
use crate::export::{self, ComparisonFormat, StudiesFormat, Writing};
use crate::marks::{Decided, Decision, Mark};
use crate::search::{self, By, Direction, QueryLine, SavedSearches, Sort, Sorts};
use crate::session::{Session, Ticks};
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, NctId};
use crate::text;
use crate::ui::action::{ACTIONS, Action};
use crate::ui::keymap::Keymap;
use crate::ui::theme::{THEMES, Theme};

/// How wide a copied text is.
const COPIED_COLUMNS: usize = 80;

/// What people come for, then every command by its name, with its keys.
pub fn commands(keymap: &Keymap) -> Popup {
    let tasks = TASKS.iter().map(|task| task.item(keymap));
    let items = ACTIONS.iter().map(|entry| {
        let keys: Vec<String> = keymap.keys(entry.action).iter().map(ToString::to_string).collect();
        let label = format!("{}: {}", entry.name, entry.help);
        MenuItem { label, note: keys.join(" "), chosen: Command::Act(entry.action), also: "" }
    });
    let by_field = groupings().map(|by| {
        let name = by.map_or("none", Concept::name);
        MenuItem {
            label: format!("group {name}"),
            note: String::new(),
            chosen: Command::Group(by),
            also: "",
        }
    });
    let menu = Menu::typed("Commands", tasks.chain(items).chain(by_field).collect());
    let menu = menu.leading("open ", Command::Act(Action::Open));
    Popup::from(menu.leading("record ", Command::Act(Action::Record)))
}

/// What the list can be grouped by; nothing first.
fn groupings() -> impl Iterator<Item = Option<Concept>> {
    let concepts = Concept::all().filter(|&concept| search::is_groupable(concept));
    std::iter::once(None).chain(concepts.map(Some))
}

/// Every theme.
pub fn themes(present: &Theme) -> Popup {
    let items = THEMES.iter().map(|&(name, _)| MenuItem {
        label: name.to_owned(),
        note: if name == present.name { "now" } else { "" }.to_owned(),
        chosen: Command::Theme(name),
        also: "",
    });
    let now = THEMES.iter().position(|&(name, _)| name == present.name).unwrap_or(0);
    Popup::from(Menu::new("Colours", items.collect()).at(now))
}

/// Everything by which the list can be grouped.
pub fn groups(session: &Session) -> Popup {
    let present = session.grouping().map(|groups| groups.groups().concept());
    let items = groupings().map(|by| MenuItem {
        label: by.map_or("in no groups", Concept::label).to_owned(),
        note: if by == present { "now" } else { "" }.to_owned(),
        chosen: Command::Group(by),
        also: "",
    });
    let items: Vec<MenuItem> = items.collect();
    let now = items.iter().position(|item| item.note == "now").unwrap_or(0);
    Popup::from(Menu::new("Group the list by", items).at(now))
}

/// Which file is joined.
pub fn join() -> Popup {
    Entry::new(Wanted::File, "", Vec::new()).into()
}

/// Under which name the query is saved.
pub fn name_of_search(session: &Session) -> Popup {
    let offered = session.saved.iter().flat_map(SavedSearches::iter).map(|(name, query)| Offered {
        text: name.to_owned(),
        note: text::cut(&text::clean_line(query), 40).into_owned(),
    });
    Entry::new(Wanted::Search, "", offered.collect()).into()
}

/// In which file the search is written down.
pub fn record(session: &Session) -> Popup {
    let day = session.today.map(|date| format!("-{date}")).unwrap_or_default();
    Entry::new(Wanted::Record, &format!("trialdex-search{day}.md"), Vec::new()).into()
}

/// The saved searches, below what saves this one.
pub fn searches(session: &Session) -> Popup {
    let save = MenuItem {
        label: "save this query under a name, or forget one …".to_owned(),
        note: String::new(),
        chosen: Command::NameSearch,
        also: "",
    };
    let saved = session.saved.iter().flat_map(SavedSearches::iter).map(|(name, query)| MenuItem {
        label: name.to_owned(),
        note: text::cut(&text::clean_line(query), 40).into_owned(),
        chosen: Command::Ask(format!("saved:{name}")),
        also: "",
    });
    Popup::from(Menu::new("Saved searches", std::iter::once(save).chain(saved).collect()))
}

/// The queries that were asked, the latest first; `None` if there are none.
pub fn history(session: &Session) -> Option<Popup> {
    let asked = session.history.asked().iter().rev();
    let items = asked.map(|QueryLine { number, text, studies }| MenuItem {
        label: format!("#{number} {}", text::clean_line(text)),
        note: studies.map(text::grouped).unwrap_or_default(),
        chosen: Command::Ask(text.clone()),
        also: "",
    });
    let items: Vec<MenuItem> = items.collect();
    let title = "Queries asked before; #1 AND #2 combines them";
    (!items.is_empty()).then(|| Popup::from(Menu::typed(title, items)))
}

/// Every order of the list, in both directions.
pub fn orders(session: &Session) -> Popup {
    let present = session.query().sort;
    let item = |label: String, sort: Option<Sort>| {
        let note = if Sorts::from(sort) == present { "now" } else { "" };
        MenuItem { label, note: note.to_owned(), chosen: Command::Sort(sort), also: "" }
    };
    let mut items = vec![item("best match, then last update".to_owned(), None)];
    let is_near = !session.results.near.nearby.is_empty();
    let is_marked = !session.marks.is_empty();
    let is_offered = |by: &By| match by {
        By::Concept(_) => true,
        By::Nearest => is_near,
        By::Marked(_) => is_marked,
    };
    for by in By::all().filter(is_offered) {
        for direction in [Direction::Natural, Direction::Reversed] {
            let sort = Sort { by, direction };
            items.push(item(format!("{}, {}", by.label(), sort.first()), Some(sort)));
        }
    }
    let now = items.iter().position(|item| item.note == "now").unwrap_or(0);
    Popup::from(Menu::new("Order", items).at(now))
}

/// What can be ticked at once.
pub fn ticks(session: &Session) -> Popup {
    let found = text::grouped(session.results.rows.len() as u64);
    let choices = [
        (format!("all {found} that were found"), Ticks::All),
        ("none".to_owned(), Ticks::None),
        ("those that were found and are not ticked".to_owned(), Ticks::Inverted),
    ];
    let items = choices.into_iter().map(|(label, which)| MenuItem {
        label,
        note: String::new(),
        chosen: Command::Tick(which),
        also: "",
    });
    Popup::from(Menu::new("Tick", items.collect()))
}

/// How a disagreement can end: what each person decided, any other decision, or not now.
pub fn settlement(id: NctId, title: Option<&str>, mark: &Mark) -> Popup {
    let mut items: Vec<MenuItem> = Vec::new();
    for Decided { by, decision, reason, .. } in &mark.decisions {
        let chosen = Command::Settle(id, *decision, reason.clone());
        if let Some(item) = items.iter_mut().find(|item| item.chosen == chosen) {
            item.note = format!("{}, {by}", item.note);
            continue;
        }
        let reason = reason.as_ref().map_or_else(String::new, |reason| format!(", {reason}"));
        items.push(MenuItem {
            label: format!("{decision}{reason}"),
            note: by.clone(),
            chosen,
            also: "",
        });
    }
    let is_missing =
        |decision: &Decision| mark.decisions.iter().all(|decided| decided.decision != *decision);
    items.extend(Decision::ALL.into_iter().filter(is_missing).map(|decision| MenuItem {
        label: decision.to_string(),
        note: "nobody".to_owned(),
        chosen: Command::Settle(id, decision, None),
        also: "",
    }));
    items.push(MenuItem {
        label: "leave it, and go on to the next".to_owned(),
        note: String::new(),
        chosen: Command::NextConflict(id),
        also: "",
    });
    let title = text::cut(title.unwrap_or("not in this dataset"), 60).into_owned();
    Popup::from(Menu::new(format!("Settle {id} · {title}"), items))
}

/// What can be copied of a study.
pub fn copies(session: &Session, study: StudyIdx) -> Popup {
    let (store, id) = (&session.store, session.store.id(study));
    let sponsor = store.labels(study, Concept::Lead).next().unwrap_or_default();
    let choices = [
        ("id", id.to_string()),
        ("address", id.url()),
        ("title", store.title(study).to_owned()),
        ("sponsor", sponsor.to_owned()),
        ("criteria", criteria(store, study).unwrap_or_default()),
        ("citation (NLM)", export::citation(store, study, session.today)),
        ("citation (BibTeX)", bibtex(store, study)),
        ("whole text", whole_text(store, study).unwrap_or_default()),
    ];
    let items = choices.into_iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| {
        let note = text::cut(text.lines().next().unwrap_or_default(), 50).into_owned();
        MenuItem {
            label: what.to_owned(),
            note,
            chosen: Command::Copy(format!("the {what} of {id}"), text),
            also: "",
        }
    });
    Popup::from(Menu::new("Copy", items.collect()))
}

/// The criteria as they were registered.
fn criteria(store: &Store, study: StudyIdx) -> Option<String> {
    let path = "protocolSection.eligibilityModule.eligibilityCriteria";
    let criteria = store.study(study).ok()?.text(path)?;
    Some(text::clean_text(criteria.trim()).into_owned())
}

/// The entry of a bibliography; nothing where the record cannot be read.
fn bibtex(store: &Store, study: StudyIdx) -> String {
    let mut entry = Vec::new();
    let writing = Writing::from(StudiesFormat::Bibtex);
    let written = export::write_studies(&mut entry, store, std::iter::once(study), &writing);
    written.map(|()| String::from_utf8_lossy(&entry).trim().to_owned()).unwrap_or_default()
}

fn whole_text(store: &Store, study: StudyIdx) -> Option<String> {
    Some(export::text(&store.study(study).ok()?, Some(COPIED_COLUMNS)))
}

/// In which forms the selected study and all that were found can be saved; `None` when none was.
pub fn saves(session: &Session) -> Option<Popup> {
    let id = session.id()?;
    let found = session.results.rows.len();
    let trials = if found == 1 { "trial" } else { "trials" };
    let found = format!("{} {trials} found", text::grouped(found as u64));
    let items = |which: WhichStudies, what: &str| {
        let item = |&format: &StudiesFormat| {
            saved(what, format.label(), format.extension(), Command::SaveStudies(which, format))
        };
        StudiesFormat::ALL.iter().map(item).collect::<Vec<_>>()
    };
    let all = [items(WhichStudies::Selected, &id.to_string()), items(WhichStudies::Found, &found)];
    Some(Popup::from(Menu::new("Save in the current folder", all.concat())))
}

/// In which forms the comparison on the screen can be saved.
pub fn comparison_saves() -> Popup {
    let item = |&format: &ComparisonFormat| {
        let chosen = Command::SaveComparison(format);
        saved("this comparison", format.label(), format.extension(), chosen)
    };
    let items = ComparisonFormat::ALL.iter().map(item).collect();
    Popup::from(Menu::new("Save in the current folder", items))
}

fn saved(what: &str, form: &str, extension: &str, chosen: Command) -> MenuItem {
    MenuItem { label: format!("{what} as {form}"), note: format!(".{extension}"), chosen, also: "" }
}

/// The sections of the study on the screen, each with the row where it begins; the cursor is on the
/// one that is being read.
pub fn sections((sections, current): (Vec<(String, usize)>, usize)) -> Popup {
    let items = sections.into_iter().map(|(label, row)| MenuItem {
        label,
        note: String::new(),
        chosen: Command::Section(row),
        also: "",
    });
    Popup::from(Menu::new("Sections", items.collect()).at(current))
}

/// The records that were skipped: in which file, where, and why. Choosing one copies it with its path. The last line
/// says how many more there are than are listed.
pub fn problems(session: &Session) -> Popup {
    let items = session.bad.iter().map(|bad| {
        let name = bad.place.file.rsplit('/').next().unwrap_or_default();
        let in_file = |file: &str| {
            let place = [file, &bad.place.within].join(" ");
            text::clean_line(&format!("{}: {}", place.trim(), bad.reason)).into_owned()
        };
        let chosen = Command::Copy("its place and the reason".to_owned(), in_file(&bad.place.file));
        MenuItem { label: in_file(name), note: String::new(), chosen, also: "" }
    });
    let more = session.skipped.saturating_sub(session.bad.len() as u64);
    let more = (more > 0).then(|| MenuItem {
        label: format!("and {} more, which are not listed", text::grouped(more)),
        note: String::new(),
        chosen: Command::Nothing,
        also: "",
    });
    Popup::from(Menu::new("Skipped records", items.chain(more).collect()))
}
