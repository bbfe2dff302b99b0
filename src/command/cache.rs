//! `trialdex cache`: lists the stored indexes of large datasets with their place and size, and deletes them.

use std::fs;
use std::io::{ErrorKind, Write};

use anyhow::{Context as _, Result};

use super::Ending;
use crate::cli;
use crate::dataset::Cache;
use crate::dataset::cache::Kept;
use crate::text;

pub(super) fn run(arguments: &cli::Cache, out: &mut dyn Write) -> Result<Ending> {
    let cache = Cache::of_user();
    let folder = match &cache {
        Cache::Folder(folder) => text::clean_line(&folder.to_string_lossy()).into_owned(),
        Cache::Off => anyhow::bail!("there is no cache directory: HOME is not set"),
    };
    let kept = cache.list().with_context(|| folder.clone())?;
    if kept.is_empty() {
        writeln!(out, "{folder}: nothing is kept")?;
        return Ok(Ending::Nothing);
    }
    let bytes = kept.iter().map(|kept| kept.bytes).sum();
    if arguments.clear {
        for kept in &kept {
            match fs::remove_file(&kept.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| kept.path.display().to_string());
                }
                _ => (),
            }
        }
        writeln!(out, "{folder}: {} removed, {}", kept.len(), text::bytes(bytes))?;
    } else {
        writeln!(out, "{folder}: {} kept, {}", kept.len(), text::bytes(bytes))?;
        for kept in &kept {
            writeln!(out, "{:>9}  {}", text::bytes(kept.bytes), of(kept))?;
        }
    }
    Ok(Ending::Found)
}

/// What a snapshot is of.
fn of(kept: &Kept) -> String {
    let words = match kept.files.as_deref() {
        None => format!("{} (unfinished, or of another version)", kept.path.display()),
        Some([]) => kept.path.display().to_string(),
        Some([file]) => file.display().to_string(),
        Some([first, rest @ ..]) => format!("{} and {} more", first.display(), rest.len()),
    };
    text::clean_line(&words).into_owned()
}
