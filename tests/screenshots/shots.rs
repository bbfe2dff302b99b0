//! The pictures that the README shows, and how any other picture is taken.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;

use crate::pseudo_terminal::Launch;
use crate::studies::Registry;
use crate::studies::output::{self, Format};
use crate::svg::{self, Palette};

struct Shot {
    name: &'static str,
    /// `MADE_UP` stands for the made-up registry.
    arguments: &'static [&'static str],
    keys: &'static str,
}

/// A registry made up for the pictures that the sample has nothing to show in: it states no results and no sites.
const MADE_UP: &str = "made-up.ndjson";

/// All of them show the sample or what is made up, so that they look the same wherever they are taken.
const SHOTS: &[Shot] = &[
    Shot { name: "browser", arguments: &[], keys: "/ mesenchymal <enter>" },
    Shot { name: "filter", arguments: &[], keys: "f j j j j j j j j j <space>" },
    Shot { name: "detail", arguments: &[], keys: "/ sun<space>yat <enter> <enter> } }" },
    Shot {
        name: "comparison",
        arguments: &[],
        keys: "/ mesenchymal<space>phase:1<space>-phase:2 <enter> <space> j c / inclusion <enter> <esc>",
    },
    Shot { name: "related", arguments: &[], keys: "/ exosome <enter> r" },
    Shot {
        name: "results",
        arguments: &[MADE_UP],
        keys: "/ results:posted<space>country:japan<space>country:france <enter> t j <tab>",
    },
    Shot {
        name: "map",
        arguments: &[MADE_UP],
        keys: "/ results:posted<space>country:japan<space>country:france <enter> m",
    },
    Shot {
        name: "timeline",
        arguments: &[MADE_UP],
        keys: "/ results:posted<space>country:japan<space>country:france <enter> T",
    },
    Shot { name: "help", arguments: &[], keys: "?" },
    Shot { name: "light", arguments: &["--theme", "light"], keys: "/ mesenchymal <enter>" },
];

/// How large the README's pictures are.
const SIZE: (u16, u16) = (120, 40);

/// Takes pictures of trialdex.
#[derive(Parser)]
struct Wishes {
    /// Take only this one of the README's pictures.
    #[arg(long)]
    only: Option<String>,
    /// Take a picture of this size, as `120x40`.
    #[arg(long, default_value = "120x40")]
    size: String,
    /// The keys to press, separated by blanks.
    #[arg(long, default_value = "")]
    keys: String,
    /// Wait for this text before the first key.
    #[arg(long)]
    wait: Option<String>,
    /// Where to write the picture: a .svg, or a .png with the .svg beside it. Without it, the README's are taken.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Colours of the terminal: dark, light, or the one that a `--theme` after `--` asks for.
    #[arg(long)]
    palette: Option<String>,
    /// An environment variable for the program, as `NAME=VALUE`.
    #[arg(long)]
    env: Vec<String>,
    /// The program; the one built beside this example when not given.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Arguments for the program, in a picture taken with --out.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

pub(crate) fn main() -> Result<()> {
    let wishes = Wishes::parse();
    let program = wishes.program.clone().map_or_else(built_program, Ok)?;
    ensure!(program.is_file(), "{}: not there; run `cargo build --release`", program.display());
    let mut launch = Launch::new(program);
    for variable in &wishes.env {
        let (name, value) = variable.split_once('=').context("--env takes NAME=VALUE")?;
        launch.environment.push((name.to_owned().leak(), value.to_owned()));
    }
    if let Some(out) = &wishes.out {
        (launch.columns, launch.rows) = size(&wishes.size)?;
        launch.arguments.clone_from(&wishes.arguments);
        let wait = wishes.wait.as_deref();
        return take(&launch, (wait, &wishes.keys), wishes.palette.as_deref(), out);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    std::fs::create_dir_all(&folder)?;
    let made_up = tempfile::tempdir()?;
    let made_up = made_up_registry(made_up.path())?;
    let argument = |argument: &&str| match *argument {
        MADE_UP => made_up.clone().into_os_string(),
        other => OsString::from(other),
    };
    let wanted = |shot: &&Shot| wishes.only.as_deref().is_none_or(|only| only == shot.name);
    for shot in SHOTS.iter().filter(wanted) {
        (launch.columns, launch.rows) = SIZE;
        launch.arguments = shot.arguments.iter().map(argument).collect();
        let out = folder.join(shot.name).with_extension("png");
        take(&launch, (None, shot.keys), wishes.palette.as_deref(), &out)?;
    }
    Ok(())
}

/// A registry large enough to have studies of every kind, in `folder`.
fn made_up_registry(folder: &Path) -> Result<PathBuf> {
    let path = folder.join(MADE_UP);
    let mut out = BufWriter::new(File::create(&path)?);
    output::write(&Registry::new(1500, 1), Format::Ndjson, &mut out)?;
    out.flush()?;
    Ok(path)
}

/// The program that Cargo built into the folder above the one with the examples.
fn built_program() -> Result<PathBuf> {
    let example = std::env::current_exe()?;
    let folder = example.ancestors().nth(2).context("an example lies two folders deep")?;
    Ok(folder.join("trialdex"))
}

fn size(text: &str) -> Result<(u16, u16)> {
    let (columns, rows) = text.split_once('x').context("--size takes COLUMNSxROWS")?;
    Ok((columns.parse()?, rows.parse()?))
}

fn take(
    launch: &Launch,
    (wait, keys): (Option<&str>, &str),
    palette: Option<&str>,
    out: &Path,
) -> Result<()> {
    let light = launch.arguments.iter().any(|argument| argument == "light");
    let palette = match palette {
        None if light => &Palette::LIGHT,
        None | Some("dark") => &Palette::DARK,
        Some("light") => &Palette::LIGHT,
        Some(other) => bail!("--palette {other}: there are dark and light"),
    };
    let calm = Duration::from_millis(250);
    let terminal = launch.start();
    terminal.wait("text", |screen| !screen.contents().trim().is_empty());
    if let Some(text) = wait {
        terminal.wait_text(text);
    }
    terminal.wait_still(calm);
    for key in keys.split_whitespace() {
        terminal.send(&typed(key)?);
        terminal.wait_still(calm);
    }
    let picture = terminal.screen(|screen| svg::draw(screen, palette));
    let path = out.with_extension("svg");
    std::fs::write(&path, picture).with_context(|| path.display().to_string())?;
    writeln!(std::io::stdout().lock(), "{}", path.display())?;
    if out.extension().is_some_and(|extension| extension == "png") {
        convert(&path, out)?;
    }
    Ok(())
}

fn convert(svg: &Path, png: &Path) -> Result<()> {
    let status =
        Command::new("rsvg-convert").args(["-z", "1.5"]).arg(svg).arg("-o").arg(png).status();
    match status {
        Ok(status) if status.success() => writeln!(std::io::stdout().lock(), "{}", png.display())?,
        Ok(status) => bail!("rsvg-convert: {status}"),
        Err(error) => writeln!(std::io::stdout().lock(), "no PNG: rsvg-convert: {error}")?,
    }
    Ok(())
}

const NAMED_KEYS: &[(&str, &str)] = &[
    ("enter", "\r"),
    ("esc", "\x1b"),
    ("tab", "\t"),
    ("backtab", "\x1b[Z"),
    ("space", " "),
    ("bs", "\x7f"),
    ("del", "\x1b[3~"),
    ("up", "\x1b[A"),
    ("down", "\x1b[B"),
    ("right", "\x1b[C"),
    ("left", "\x1b[D"),
    ("home", "\x1b[H"),
    ("end", "\x1b[F"),
    ("pgup", "\x1b[5~"),
    ("pgdn", "\x1b[6~"),
    ("f1", "\x1bOP"),
    ("lt", "<"),
];

/// What a terminal sends for a word of a script: `li<space>ver<enter>`.
fn typed(word: &str) -> Result<String> {
    let mut sent = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('<') {
        sent.push_str(before);
        let Some((name, after)) = after.split_once('>') else {
            sent.push('<');
            rest = after;
            continue;
        };
        if let Some((_, bytes)) = NAMED_KEYS.iter().find(|(other, _)| *other == name) {
            sent.push_str(bytes);
        } else if let [b'c', b'-', letter @ b'a'..=b'z'] = name.as_bytes() {
            sent.push(char::from(letter & 0x1f));
        } else {
            bail!("<{name}>: no such key");
        }
        rest = after;
    }
    sent.push_str(rest);
    Ok(sent)
}
