//! How many studies saved searches find, and which of them are new.

use std::sync::Arc;

use crate::marks::Marks;
use crate::search::{Cancel, Query, find_marked};
use crate::session::{Looked, SearchCount};
use crate::store::Store;
use crate::study::NctId;

/// Counts what each search finds; `looked` says what one found when somebody looked at it last. `None` when it was cancelled.
pub fn count(
    searches: &[(Arc<str>, Query)],
    (store, marks): (&Store, &Marks),
    looked: &mut dyn FnMut(&str) -> Option<Looked>,
    cancel: &Cancel,
) -> Option<Vec<SearchCount>> {
    let mut count = |(name, query): &(Arc<str>, Query)| {
        let found = found(query, (store, marks), cancel);
        let is_same = |looked: &Looked| looked.query == query.to_string();
        let looked = looked(name).filter(is_same).filter(|_| found.is_some());
        let studies = found.as_ref().map(|found| found.len() as u64);
        let since = looked.as_ref().map(|looked| looked.day);
        let is_new = |id: &NctId| {
            looked.as_ref().is_some_and(|looked| looked.studies.binary_search(id).is_err())
        };
        let new = found.into_iter().flatten().filter(is_new).collect();
        SearchCount { name: Arc::clone(name), studies, new, since }
    };
    let counts: Vec<SearchCount> = searches.iter().map(&mut count).collect();
    // What was given up half-way is not all of it.
    (!cancel.is_cancelled()).then_some(counts)
}

/// The studies that a query finds, in ascending order; `None` if that cannot be said yet, or was cancelled.
pub fn found(
    query: &Query,
    (store, marks): (&Store, &Marks),
    cancel: &Cancel,
) -> Option<Vec<NctId>> {
    if query.asks_prose() && store.prose().is_none() {
        return None;
    }
    let found = find_marked(store, marks, query, cancel)?;
    let mut ids: Vec<NctId> = found.rows.iter().map(|study| store.id(study)).collect();
    ids.sort_unstable();
    found.near().unknown.is_none().then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;
    use crate::study::made::made;

    #[test]
    fn what_was_not_found_at_the_last_look_is_new() {
        let store =
            Store::of([made(1).title("Gout"), made(2).title("Gout"), made(3).title("Pain")]);
        let marks = Marks::default();
        let searches: Vec<(Arc<str>, Query)> =
            [("gout", "gout"), ("other", "pain"), ("never", "pain"), ("prose", "excl:x")]
                .map(|(name, text)| (Arc::from(name), parse(text).unwrap()))
                .to_vec();
        let looked = |name: &str| {
            let query = match name {
                "gout" => "gout",
                // It asked something else then.
                "other" => "painful",
                _ => return None,
            };
            let studies = vec!["NCT00000001".parse().unwrap(), "NCT00000009".parse().unwrap()];
            let day = "2026-02-01".parse().unwrap();
            Some(Looked { day, query: query.to_owned(), studies })
        };
        let counts =
            count(&searches, (&store, &marks), &mut { looked }, &Cancel::default()).unwrap();
        let told = counts.iter().map(|count| {
            let new: Vec<String> = count.new.iter().map(NctId::to_string).collect();
            (&*count.name, count.studies, new, count.since.is_some())
        });
        let none = Vec::new;
        let expected = [
            ("gout", Some(2), vec!["NCT00000002".to_owned()], true),
            ("other", Some(1), none(), false),
            ("never", Some(1), none(), false),
            ("prose", None, none(), false),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        let cancel = Cancel::default();
        cancel.cancel();
        assert_eq!(count(&searches, (&store, &marks), &mut |_| None, &cancel), None);
    }
}
