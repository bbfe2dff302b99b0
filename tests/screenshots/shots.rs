//! The pictures that the README shows, and how any other picture is taken.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;

use crate::film;
use crate::keys::typed;
use crate::pseudo_terminal::Launch;
use crate::svg::{self, Palette};

struct Shot {
    name: &'static str,
    theme: &'static str,
    keys: &'static str,
}

/// All of them show the sample, so that they look the same wherever they are taken.
const SHOTS: &[Shot] = &[
    Shot { name: "browser", theme: "dark", keys: "/ cluster<space>headache <enter> j" },
    Shot { name: "detail", theme: "dark", keys: "/ NCT04688775 <enter> <enter>" },
    Shot {
        name: "comparison",
        theme: "dark",
        keys: "/ cluster<space>phase:3 <enter> <space> j j c",
    },
    Shot { name: "results", theme: "dark", keys: "/ NCT02438826 <enter> t j j j j <tab>" },
    Shot { name: "map", theme: "dark", keys: "/ NCT04688775 <enter> m" },
    Shot {
        name: "timeline",
        theme: "dark",
        keys: "/ cluster <enter> <space> j <space> j <space> j <space> j j <space> c T",
    },
    Shot { name: "light", theme: "light", keys: "/ diabetes <enter> f" },
];

/// How large the README's pictures are.
const SIZE: (u16, u16) = (120, 40);

/// Takes pictures of trialdex.
#[derive(Parser)]
struct Wishes {
    /// Take only this one of the README's pictures.
    #[arg(long)]
    only: Option<String>,
    /// Record the first minute, as `first-minute.cast` and `first-minute.svg`.
    #[arg(long)]
    film: bool,
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
    if wishes.film {
        return film::record(launch, &folder);
    }
    let wanted = |shot: &&Shot| wishes.only.as_deref().is_none_or(|only| only == shot.name);
    for shot in SHOTS.iter().filter(wanted) {
        (launch.columns, launch.rows) = SIZE;
        launch.arguments = ["--theme", shot.theme].map(OsString::from).to_vec();
        let out = folder.join(shot.name).with_extension("png");
        take(&launch, (None, shot.keys), wishes.palette.as_deref(), &out)?;
    }
    Ok(())
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
        Command::new("rsvg-convert").args(["-z", "1.25"]).arg(svg).arg("-o").arg(png).status();
    match status {
        Ok(status) if status.success() => writeln!(std::io::stdout().lock(), "{}", png.display())?,
        Ok(status) => bail!("rsvg-convert: {status}"),
        Err(error) => writeln!(std::io::stdout().lock(), "no PNG: rsvg-convert: {error}")?,
    }
    Ok(())
}
