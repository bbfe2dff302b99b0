//! Snapshots of datasets in the user's cache directory, so that a large dataset is read once.
//!
//! A snapshot is called after the paths of its dataset and holds what the files were like, so that a
//! changed dataset is read anew and its old snapshot replaced. Everything here can be deleted at any
//! time; nothing that goes wrong here keeps a dataset from being opened.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::load::{self, FileState};
use crate::store::Store;
use crate::store::snapshot::{self, About, Cores, DRAFT_PREFIX, Draft, Opened, SnapshotError};

/// Datasets below this size are read as quickly as a snapshot of them could be found.
pub(super) const SMALLEST: u64 = 16 << 20;
/// Of the names of snapshots.
const EXTENSION: &str = "snapshot";
/// Of the names of indexes of prose.
pub(super) const PROSE_EXTENSION: &str = "prose";

/// Where snapshots are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cache {
    Folder(PathBuf),
    /// Nowhere: every dataset is read anew, and nothing is written.
    #[default]
    Off,
}

/// The place of a dataset in the cache.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    /// What its files were like.
    identity: Vec<u8>,
}

/// A file as it was when its dataset was read: path, bytes, when it was last written.
type Seen = (PathBuf, u64, u64);

/// One snapshot in the cache.
#[derive(Debug)]
pub struct Kept {
    pub path: PathBuf,
    pub bytes: u64,
    /// The files that it is of; `None` when another version of the program made it, or none.
    pub files: Option<Vec<PathBuf>>,
}

impl Cache {
    /// The user's own; off on a system without a home for it.
    pub fn of_user() -> Self {
        let folder = ProjectDirs::from("", "", "trialdex").map(|dirs| dirs.cache_dir().to_owned());
        folder.filter(|folder| folder.is_absolute()).map_or(Self::Off, Self::Folder)
    }

    /// Where a snapshot of `paths` belongs; `None` when they need none or can have none.
    pub(super) fn place(&self, paths: &[PathBuf]) -> Option<Place> {
        let Self::Folder(folder) = self else { return None };
        let files = load::files(paths)?;
        let bytes: u64 = files.iter().map(|file| file.bytes).sum();
        let identity = identity(files).filter(|_| bytes >= SMALLEST)?;
        Some(Place { path: folder.join(name(paths)), identity })
    }

    /// Every snapshot, and drafts that nobody completed; the largest first. Files that carry our names but do not begin
    /// as ours do are somebody else's.
    pub fn list(&self) -> io::Result<Vec<Kept>> {
        let Self::Folder(folder) = self else { return Ok(Vec::new()) };
        check_owner(folder)?;
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut kept = Vec::new();
        for entry in entries {
            let entry = entry?;
            let (path, metadata) = (entry.path(), entry.metadata()?);
            if metadata.is_file() && has_our_name(&path) && snapshot::is_marked(&path) {
                let files = files_of(&path);
                kept.push(Kept { bytes: metadata.len(), path, files });
            }
        }
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.bytes));
        Ok(kept)
    }

    /// Removes what is of no use to anybody any more: drafts of programs that were killed, snapshots of datasets that
    /// are gone, and snapshots under names that are not looked for.
    fn sweep(&self) {
        let orphaned = |kept: &Kept| {
            kept.files.as_ref().is_some_and(|files| !files.iter().any(|file| file.exists()))
        };
        let given_up = |kept: &Kept| is_draft(&kept.path) && snapshot::is_given_up(&kept.path);
        let of_no_use =
            |kept: &Kept| given_up(kept) || orphaned(kept) || has_former_name(&kept.path);
        for kept in self.list().unwrap_or_default().into_iter().filter(of_no_use) {
            // Another copy of the program may have been quicker.
            _ = fs::remove_file(kept.path);
        }
    }
}

impl Place {
    /// The snapshot of the dataset, when there is one.
    pub(super) fn open(&self) -> Result<Option<Opened>, SnapshotError> {
        check_owner(self.folder())?;
        match snapshot::open(&self.path, &self.identity) {
            Err(SnapshotError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        }
    }

    /// The path of a file that is kept beside the snapshot.
    pub(super) fn beside(&self, extension: &str) -> PathBuf {
        self.path.with_extension(extension)
    }

    /// What tells `store` from one that holds the same files in another order.
    pub(super) fn identity_of(&self, store: &Store) -> Vec<u8> {
        let mut identity = self.identity.clone();
        let mut order = crc32fast::Hasher::new();
        store.studies().for_each(|it| order.update(&store.id(it).number().to_le_bytes()));
        identity.extend_from_slice(format!("\n{:08x}", order.finalize()).as_bytes());
        identity
    }

    pub(super) fn check_owner(&self) -> io::Result<()> {
        check_owner(self.folder())
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Begins a snapshot.
    pub(super) fn draft(&self) -> io::Result<Draft> {
        let folder = self.folder();
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder)?;
        check_owner(folder)?;
        // Another copy could take a draft that is not locked yet for one that was given up. Where folders cannot be
        // locked, that copy may have to read its dataset once more.
        let turn = fs::File::open(folder);
        _ = turn.as_ref().map(fs::File::lock);
        Cache::Folder(folder.to_owned()).sweep();
        Draft::begin(folder)
    }

    /// Completes a snapshot of `store` and opens it, so that what it was built from can be let go;
    /// `paths` are those that this is the place of.
    pub(super) fn finish(
        &self,
        draft: Draft,
        (store, remarks): (&Store, Vec<u8>),
        paths: &[PathBuf],
    ) -> Result<Store, SnapshotError> {
        let now = load::files(paths).and_then(identity);
        if now.as_ref() != Some(&self.identity) {
            return Err(SnapshotError::OtherDataset);
        }
        let about = About { identity: self.identity.clone(), remarks };
        draft.finish(store, &about, &self.path)?;
        let Opened { store, rest, .. } = snapshot::open(&self.path, &self.identity)?;
        rest.check(Cores::All)?;
        Ok(store)
    }
}

/// Refuses a folder in which somebody else can put files under our names: an index says what is shown of a trial.
#[cfg(unix)]
fn check_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    let reason = if metadata.is_symlink() {
        "is a symbolic link"
    } else if metadata.uid() != rustix::process::geteuid().as_raw() {
        "belongs to another user"
    } else if metadata.mode() & 0o022 != 0 {
        "can be written by other users"
    } else {
        return Ok(());
    };
    let words = format!("the cache directory {} {reason}", folder.display());
    Err(io::Error::new(io::ErrorKind::PermissionDenied, words))
}

/// Does nothing: a home is a user's own there.
#[cfg(not(unix))]
fn check_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What the files are like; `None` where a path is no text, and so cannot be written down.
fn identity(files: Vec<FileState>) -> Option<Vec<u8>> {
    let seen = files.into_iter().map(|file| (file.path, file.bytes, file.changed));
    serde_json::to_vec(&seen.collect::<Vec<Seen>>()).ok()
}

/// The name of the snapshot of `paths`: readable, and different for different paths. It is the same in every release,
/// so that a snapshot is found again after an update. Should two datasets have one name, they take turns.
fn name(paths: &[PathBuf]) -> String {
    let mut checksum = crc32fast::Hasher::new();
    for path in paths {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        checksum.update(path.to_string_lossy().as_bytes());
        // No path has it.
        checksum.update(&[0]);
    }
    let stem = paths.first().and_then(|path| path.file_stem()).unwrap_or(OsStr::new("dataset"));
    let stem: String =
        stem.to_string_lossy().chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    format!("{stem}-{:08x}.{EXTENSION}", checksum.finalize())
}

/// What tells a dataset of these paths from others where something of it is kept; `None` for what is piped in.
pub fn key(paths: &[PathBuf]) -> Option<String> {
    if paths.is_empty() {
        return Some("sample".to_owned());
    }
    let is_piped = paths.iter().any(|path| path.as_os_str() == "-");
    let name = name(paths);
    let key = name.strip_suffix(EXTENSION)?.trim_end_matches('.');
    (!is_piped).then(|| key.to_owned())
}

/// Whether the file has a name of the kind that was given before [`name`] was the same in every release: sixteen digits
/// of a hash that nobody computes any more.
fn has_former_name(path: &Path) -> bool {
    let digits = path.file_stem().and_then(OsStr::to_str).and_then(|stem| stem.rsplit_once('-'));
    let is_former = |(_, digits): (&str, &str)| {
        digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    path.extension() == Some(OsStr::new(EXTENSION)) && digits.is_some_and(is_former)
}

fn has_our_name(path: &Path) -> bool {
    let extensions = [EXTENSION, PROSE_EXTENSION];
    extensions.iter().any(|extension| path.extension() == Some(OsStr::new(extension)))
        || is_draft(path)
}

fn is_draft(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(DRAFT_PREFIX))
}

fn files_of(path: &Path) -> Option<Vec<PathBuf>> {
    let identity = snapshot::identity(path).ok()?;
    // Behind a line break stands what is said of the store.
    let files = identity.split(|&byte| byte == b'\n').next()?;
    let seen: Vec<Seen> = serde_json::from_slice(files).ok()?;
    Some(seen.into_iter().map(|(path, ..)| path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn names_are_the_same_in_every_release() {
        for (paths, expected) in [
            (&["/data/studies.ndjson"][..], "studies-e3f181d1.snapshot"),
            (&["/data/a", "/data/b"], "a-39102185.snapshot"),
            (&["/data/a\u{e9} b.json"], "ab-fda9ed0e.snapshot"),
        ] {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(name(&paths), expected);
            assert!(!has_former_name(Path::new(&name(&paths))));
        }
        let paths = |paths: [&str; 2]| name(&paths.map(PathBuf::from));
        assert_ne!(paths(["/a", "/b"]), paths(["/b", "/a"]));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_write_to_is_refused() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("folder");
        assert!(check_owner(&folder).is_ok(), "one that is not there yet");
        fs::create_dir(&folder).unwrap();
        for (mode, reason) in
            [(0o700, None), (0o755, None), (0o770, Some("written")), (0o777, Some("written"))]
        {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
            let error = check_owner(&folder).err().map(|error| error.to_string());
            assert_eq!(error.is_some(), reason.is_some(), "{mode:o}: {error:?}");
            assert!(reason.is_none_or(|reason| error.unwrap().contains(reason)));
        }
        let link = room.path().join("link");
        symlink(&folder, &link).unwrap();
        assert!(check_owner(&link).unwrap_err().to_string().contains("symbolic link"));
    }

    #[test]
    fn what_is_of_no_use_is_swept_if_it_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            ("studies-0123456789abcdef.snapshot", "trialdex", false),
            ("another-0123456789abcdef.snapshot", "somebody's", true),
            (".draft-abcdef", "trialdex", false),
            (".draft-letter", "Dear", true),
            ("studies-01234567.snapshot", "trialdex", true),
            ("studies-0123456789abcdef.txt", "trialdex", true),
            ("notes.snapshot", "trialdex", true),
        ];
        for (name, text, _) in names {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Cache::Folder(folder.path().to_owned()).sweep();
        for (name, _, stays) in names {
            assert_eq!(folder.path().join(name).exists(), stays, "{name}");
        }
    }
}
