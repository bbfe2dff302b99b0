//! The menu of what a record points to: other trials, publications, pages.

use std::collections::HashSet;

use super::menu::{Menu, MenuItem};
use super::{Command, Popup};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::{Link, pointers};

/// What `study` points to, each once: trials first, then publications, then pages.
pub(super) fn menu(session: &Session, study: StudyIdx) -> Result<Popup, String> {
    let record = super::record(session, study)?;
    let own = Link::Study(session.store.id(study));
    let mut found: HashSet<Link> = HashSet::from([own.clone()]);
    let mut items: Vec<(u8, MenuItem)> = Vec::new();
    for (link, text) in pointers(&record) {
        if found.insert(link.clone()) {
            items.push((rank(&link), item(link, &text, session)));
        }
    }
    items.sort_by_key(|&(rank, _)| rank);
    let items: Vec<MenuItem> = items.into_iter().map(|(_, item)| item).collect();
    if items.is_empty() {
        return Err("it points to no other trial, publication or page".to_owned());
    }
    Ok(Popup::from(Menu::new("Links", items)))
}

fn rank(link: &Link) -> u8 {
    match link {
        Link::Study(_) => 0,
        Link::PubMed(_) | Link::Doi(_) => 1,
        Link::Web(_) => 2,
    }
}

fn item(link: Link, text: &str, session: &Session) -> MenuItem {
    let (label, note) = match &link {
        Link::Study(id) => match session.store.find(*id) {
            Some(study) => (format!("{id} {}", session.store.title(study)), "here"),
            None => (id.to_string(), "its page; not in this dataset"),
        },
        Link::Web(url) if !url.starts_with("https://") => (url.clone(), "copied, not opened"),
        Link::PubMed(_) | Link::Doi(_) => (format!("{} · {text}", link.name()), ""),
        Link::Web(_) => (link.name(), ""),
    };
    MenuItem { label, note: note.to_owned(), chosen: Command::Follow(link), also: "" }
}
