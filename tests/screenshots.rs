//! Pictures of the program: it runs in a pseudo-terminal, gets keys, and its screen is written cell by cell as SVG.
//!
//! ```text
//! cargo build --release
//! cargo run --release --example screenshots                    # every picture, into screenshots/
//! cargo run --release --example screenshots -- --only detail   # one of them
//! cargo run --release --example screenshots -- --film          # the recording of the first minute
//! cargo run --release --example screenshots -- \
//!     --size 120x40 --keys '/ liver <enter> j j' --out /tmp/x.png -- data.ndjson
//! ```
//!
//! Keys are separated by blanks, and the screen may come to rest after each: a word is typed as it stands, and
//! `<enter> <esc> <tab> <backtab> <space> <bs> <up> <down> <left> <right> <home> <end> <pgup> <pgdn> <f1> <c-d> <lt>`
//! may stand in it. Where `rsvg-convert` is installed, a PNG is made beside the SVG.

#[cfg(unix)]
#[path = "screenshots/film.rs"]
mod film;
#[cfg(unix)]
#[path = "screenshots/keys.rs"]
mod keys;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "it/pseudo_terminal.rs"]
mod pseudo_terminal;
#[cfg(unix)]
#[path = "screenshots/shapes.rs"]
mod shapes;
#[cfg(unix)]
#[path = "screenshots/shots.rs"]
mod shots;
#[cfg(unix)]
#[path = "screenshots/svg.rs"]
mod svg;

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    shots::main()
}

#[cfg(not(unix))]
fn main() {}
