//! The index of the prose of a dataset: found in the cache, or made and kept there beside the snapshot.

use std::io;
use std::path::{Path, PathBuf};

use super::cache::{Cache, PROSE_EXTENSION, Place};
use crate::store::Store;
use crate::store::prose::{self, Made, Making, ProseError};
use crate::store::snapshot::{Draft, SnapshotError};

/// Of fewer studies the index is made in memory where it is not kept.
const FEW: usize = 20_000;

/// Gives `store`, which is that of `paths`, the index of its prose. What somebody should know of that is said in a line.
pub fn index_prose(
    cache: &Cache,
    paths: &[PathBuf],
    store: &Store,
    making: &Making,
) -> Result<Option<String>, ProseError> {
    if store.prose().is_some() {
        return Ok(None);
    }
    let (made, remark) = match cache.place(paths) {
        Some(place) => kept(&place, store, making)?,
        None => (unkept(store, making)?, None),
    };
    // What is asked of prose can be that something does not stand there, so none may be missing.
    if made.unread > 0 {
        return Err(ProseError::Unread(made.unread));
    }
    store.take_prose(made.prose);
    Ok(remark)
}

/// The index that is kept, or a new one that is.
fn kept(
    place: &Place,
    store: &Store,
    making: &Making,
) -> Result<(Made, Option<String>), ProseError> {
    let (path, identity) = (place.beside(PROSE_EXTENSION), place.identity_of(store));
    let refused = match open(place, &path, &identity, store.len()) {
        Ok(Some(prose)) => return Ok((Made { prose, unread: 0 }, None)),
        Ok(None) => None,
        Err(error) => {
            Some(format!("the index of the prose was not used: {error}; it is made anew"))
        }
    };
    let draft = match place.draft() {
        Ok(draft) => draft,
        Err(error) => {
            let remark = format!("the index of the prose cannot be kept: {error}");
            return Ok((unkept(store, making)?, Some(remark)));
        }
    };
    match prose::make_in(store, draft, (Some(&path), &identity), making) {
        Err(ProseError::Io(error)) => {
            let remark = format!("the index of the prose cannot be kept: {error}");
            Ok((unkept(store, making)?, Some(remark)))
        }
        made => Ok((made?, refused)),
    }
}

fn open(
    place: &Place,
    path: &Path,
    identity: &[u8],
    studies: usize,
) -> Result<Option<prose::Prose>, SnapshotError> {
    place.check_owner()?;
    match prose::open(path, identity, studies) {
        Err(SnapshotError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Nothing is wrong with one of a dataset as it was before.
        Err(SnapshotError::OtherDataset) => Ok(None),
        opened => opened.map(Some),
    }
}

/// A new index that nobody keeps: in memory, or if that would be much, in a file without a name.
fn unkept(store: &Store, making: &Making) -> Result<Made, ProseError> {
    if store.len() >= FEW
        && let Ok(draft) = Draft::begin(&std::env::temp_dir())
    {
        return prose::make_in(store, draft, (None, b""), making);
    }
    prose::make(store, making)
}
