//! How many of a set of typed words find what they mean, and whether the first five do. A score, not a time.
//!
//! ```text
//! cargo bench --bench meant                 # the cases in ../shared/cases/meant, over ../shared/data
//! TRIALDEX_CASES=folder cargo bench --bench meant
//! ```
//!
//! The cases lie beside the repository, so that the program can know none of them. Without them nothing is measured.

use std::io;
use std::path::PathBuf;
use std::process::Command;

const CASES: &str = "../shared/cases/meant";
const DATASET: &str = "../shared/data/studies.ndjson";

#[expect(clippy::print_stderr, reason = "it says why nothing was measured")]
fn main() -> io::Result<()> {
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let cases = std::env::var_os("TRIALDEX_CASES").map_or_else(|| CASES.into(), PathBuf::from);
    let (score, cases) = (cases.join("score"), cases.join("cases.tsv"));
    if let Some(missing) = [&score, &cases, &PathBuf::from(DATASET)].iter().find(|it| !it.exists())
    {
        eprintln!("skipped: there is no {}", missing.display());
        return Ok(());
    }
    let mut command = Command::new("python3");
    command.arg(score).arg(env!("CARGO_BIN_EXE_trialdex")).arg(cases).arg(DATASET);
    command.env("QUIET", "1").status().map(|_| ())
}
