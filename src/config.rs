//! The configuration file: theme, mouse, data and keys. A flag of the command line overrides it; what neither states has a
//! default.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};
use serde::de::{Deserialize, Deserializer, Error as _};

use crate::marks::REASONS;
use crate::text;
use crate::ui::keymap::{BindError, Keymap};
use crate::ui::theme::{THEMES, Theme};

/// What the file may say.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// `dark`, `light`, `mono`, `high-contrast` or `colour-blind`; one chosen with `Ctrl-t` comes before it.
    #[serde(deserialize_with = "known_theme")]
    pub theme: Option<String>,
    /// Whether the mouse clicks and scrolls in the program; true when not said.
    pub mouse: bool,
    /// Whether to draw with ASCII signs only; when not said, where the locale is not one of UTF-8.
    pub ascii: Option<bool>,
    /// Whether the words of queries are read to the letter; false when not said.
    pub exact: bool,
    /// Whether the browser keeps which trials were read, for `seen:` and a dot before their row; true when not said.
    pub seen: bool,
    /// Whether the browser keeps which datasets were open, to offer them again; true when not said.
    pub recent: bool,
    /// Whether the browser begins where the dataset was left: query, order, place in the list, panes, pins, folds; true when not
    /// said.
    pub session: bool,
    /// Whether the browser keeps the queries that were asked, for other runs; true when not said.
    pub history: bool,
    /// Whether searches can be saved under a name and asked by it; true when not said.
    pub searches: bool,
    /// What the browser and the commands look into where no path is given: files, folders or archives. A path that is
    /// not absolute begins at the folder of the configuration file; `~` is the home folder.
    #[serde(deserialize_with = "known_data")]
    pub data: Vec<PathBuf>,
    /// The reasons that `x` offers for excluding a trial, the first ten with a digit; the usual ones of reviews when not
    /// said.
    #[serde(deserialize_with = "known_reasons")]
    pub reasons: Vec<String>,
    /// Command → its key or keys, in place of the defaults.
    #[serde(deserialize_with = "known_keys")]
    pub keys: BTreeMap<String, Keys>,
    /// The file that was read.
    #[serde(skip)]
    file: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: None,
            mouse: true,
            ascii: None,
            exact: false,
            seen: true,
            recent: true,
            session: true,
            history: true,
            searches: true,
            data: Vec::new(),
            reasons: REASONS.map(str::to_owned).to_vec(),
            keys: BTreeMap::new(),
            file: PathBuf::new(),
        }
    }
}

/// One key, or several.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Keys {
    One(String),
    Several(Vec<String>),
}

/// Says what is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: line {line}: {reason}", path.display())]
    Wrong { path: PathBuf, line: usize, reason: String },
    #[error("there is no theme “{name}”; themes are {}", theme_names())]
    NoSuchTheme { name: String },
    #[error(
        "{}: data: {}: there is no such file or folder; correct the setting, or say what to look into",
        file.display(), path.display()
    )]
    NoSuchData { file: PathBuf, path: PathBuf },
    #[error("[keys]: {0}")]
    Keys(#[from] BindError),
}

/// Reads the name of a theme; refused here, a wrong one is told with its line.
fn known_theme<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let theme = Some(String::deserialize(deserializer)?);
    named(theme.as_deref()).map_err(D::Error::custom)?;
    Ok(theme)
}

fn named(theme: Option<&str>) -> Result<Theme, ConfigError> {
    let Some(name) = theme else { return Ok(Theme::default()) };
    Theme::named(name).ok_or_else(|| ConfigError::NoSuchTheme { name: name.to_owned() })
}

/// Reads paths. Standard input is none of them, since it can be read only once.
fn known_data<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    let paths = Vec::<PathBuf>::deserialize(deserializer)?;
    match paths.iter().find(|path| path.as_os_str().is_empty() || path.as_os_str() == "-") {
        Some(path) => {
            let path = path.display();
            Err(D::Error::custom(format!("data: “{path}” names no file or folder")))
        }
        None => Ok(paths),
    }
}

/// Where a path leads that stands in a file of `folder`.
fn leads(path: &Path, folder: &Path) -> PathBuf {
    let in_home = path.strip_prefix("~").ok();
    match (in_home, BaseDirs::new()) {
        (Some(below), Some(dirs)) => dirs.home_dir().join(below),
        _ => folder.join(path),
    }
}

/// Reads the reasons. Each is one line with words in it.
fn known_reasons<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let reasons = Vec::<String>::deserialize(deserializer)?;
    let reasons = reasons.iter().map(|reason| text::clean_line(reason).trim().to_owned());
    let reasons: Vec<String> = reasons.collect();
    if reasons.iter().any(String::is_empty) {
        return Err(D::Error::custom("[reasons]: a reason has no words in it; leave it out"));
    }
    Ok(reasons)
}

/// Reads the keys; refused here, wrong ones are told with their line.
fn known_keys<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Keys>, D::Error> {
    let keys = BTreeMap::deserialize(deserializer)?;
    bound(&keys).map_err(D::Error::custom)?;
    Ok(keys)
}

fn bound(keys: &BTreeMap<String, Keys>) -> Result<Keymap, ConfigError> {
    let keys = keys.iter().map(|(name, keys)| {
        let keys = match keys {
            Keys::One(key) => vec![key.clone()],
            Keys::Several(keys) => keys.clone(),
        };
        (name.clone(), keys)
    });
    Ok(Keymap::with(&keys.collect::<Vec<_>>())?)
}

fn theme_names() -> String {
    themes().collect::<Vec<_>>().join(", ")
}

/// The names of the themes.
pub fn themes() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|(name, _)| *name)
}

impl Config {
    /// Reads the file at `path`, else the one in the user's configuration directory if there is one.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) =
            path.map(Path::to_owned).or_else(|| default_path().filter(|path| path.exists()))
        else {
            return Ok(Self::default());
        };
        match read(&path) {
            Ok(text) => Self::parse(&text, &path),
            Err(error) => Err(ConfigError::Unreadable { path, error }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text[..start.min(text.len())].matches('\n').count() + 1;
            let reason = error.message().lines().collect::<Vec<_>>().join(" ");
            ConfigError::Wrong { path: path.to_owned(), line, reason }
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let data = config.data.iter().map(|path| leads(path, folder)).collect();
        Ok(Self { data, file: path.to_owned(), ..config })
    }

    /// What is looked into where no path is given; an error if there is nothing at one of its paths.
    pub fn existing_data(&self) -> Result<&[PathBuf], ConfigError> {
        match self.data.iter().find(|path| !path.exists()) {
            Some(path) => {
                Err(ConfigError::NoSuchData { file: self.file.clone(), path: path.clone() })
            }
            None => Ok(&self.data),
        }
    }

    /// The theme, with its signs.
    pub fn theme(&self) -> Result<Theme, ConfigError> {
        let theme = named(self.theme.as_deref())?;
        Ok(if self.ascii == Some(true) { theme.in_ascii() } else { theme })
    }

    pub fn keymap(&self) -> Result<Keymap, ConfigError> {
        bound(&self.keys)
    }
}

/// The largest file that is read, in bytes. A binding for every command takes a hundredth of it.
const LONGEST: u64 = 1 << 20;

/// The text of the file. What is no file is not opened, because a pipe can wait for ever and a device never ends.
fn read(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    if metadata.len() > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
    }
    fs::read_to_string(path)
}

/// Where the file is looked for; `None` on a system without a home for it.
pub fn default_path() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "trialdex")?;
    let path = dirs.config_dir().join("config.toml");
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("config.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_is_read() {
        let config = parse(
            "theme = \"light\"\nmouse = false\n[keys]\nzoom = \"Z\"\nquit = [\"q\", \"ctrl-q\"]\n",
        )
        .unwrap();
        assert_eq!(config.theme().unwrap().name, "light");
        assert!(!config.mouse);
        assert_eq!(config.reasons, REASONS);
        let config = parse("reasons = [\"no consent\", \"wrong dose\"]").unwrap();
        assert_eq!(config.reasons, ["no consent", "wrong dose"]);
        assert!(config.keymap().is_ok());
        let empty = Config { file: "config.toml".into(), ..Config::default() };
        assert_eq!(parse("").unwrap(), empty);
    }

    #[test]
    fn paths_begin_at_the_folder_of_the_file_or_at_home() {
        let text = "data = [\"a.json\", \"../b\", \"/c\", \"~/d\", \"~e\"]";
        let config = Config::parse(text, Path::new("/etc/trialdex/config.toml")).unwrap();
        let home = BaseDirs::new().unwrap().home_dir().join("d");
        let expected = ["/etc/trialdex/a.json", "/etc/trialdex/../b", "/c", "", "/etc/trialdex/~e"];
        for (path, expected) in config.data.iter().zip(expected) {
            let expected = if expected.is_empty() { home.as_path() } else { Path::new(expected) };
            assert_eq!(path, expected);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, words) in [
            ("\ncolour = 1", "config.toml: line 2: unknown field `colour`"),
            ("theme = ", "config.toml: line 1: "),
            ("mouse = \"no\"", "config.toml: line 1: invalid type"),
            (
                "\n\ntheme = \"neon\"",
                "config.toml: line 3: there is no theme “neon”; themes are dark, light, mono, high-contrast, colour-blind",
            ),
            ("reasons = [\"a\", \" \"]", "config.toml: line 1: [reasons]: a reason has no words"),
            ("data = [\"-\"]", "config.toml: line 1: data: “-” names no file or folder"),
            ("data = \"a\"", "config.toml: line 1: invalid type"),
            ("\n[keys]\nzom = \"z\"", "config.toml: line 2: [keys]: no command is called “zom”"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.starts_with(words) && !error.contains('\n'), "{error}");
        }
    }
}
