//! Opens a collection of marks, and tells what of it does not count.

use anyhow::{Context as _, Result};

use crate::marks::{Collection, Damage, Folder};
use crate::text;

/// Opens a collection, and says on standard error which of its lines do not count.
pub(super) fn open(name: &str) -> Result<Collection> {
    let folder =
        Folder::of_user().context("there is no data directory: HOME is no absolute path")?;
    let collection = Collection::open(&folder, name)?;
    report(&collection.path().display().to_string(), collection.damage());
    Ok(collection)
}

/// So many damaged lines are named; the others are counted.
const MOST_DAMAGE: usize = 5;

pub(super) fn report(path: &str, damage: &[Damage]) {
    for Damage { line, reason } in damage.iter().take(MOST_DAMAGE) {
        super::remark(&format!("{path}: line {line} stays but does not count: {reason}"));
    }
    if damage.len() > MOST_DAMAGE {
        let more = text::grouped((damage.len() - MOST_DAMAGE) as u64);
        super::remark(&format!("{path}: {more} more lines do not count"));
    }
}
