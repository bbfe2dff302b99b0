//! Inputs that are kept for a target: a text file of one input a line, with escapes, so that it can be read and compared.

use std::path::Path;
use std::{fs, io};

/// The inputs of such a text.
pub(crate) fn inputs(text: &str) -> impl Iterator<Item = Vec<u8>> {
    text.lines().map(unescaped)
}

/// Writes such a text of the files of a folder: of all sizes as many as have no more than `most` bytes together. Gives how many
/// these are.
pub(crate) fn keep(folder: &Path, path: &Path, most: usize) -> io::Result<usize> {
    let files = fs::read_dir(folder)?.map(|entry| fs::read(entry?.path()));
    let mut inputs: Vec<Vec<u8>> = files.collect::<io::Result<_>>()?;
    inputs.retain(|input| !input.is_empty());
    inputs.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    inputs.dedup();
    let lines: Vec<String> =
        inputs.iter().map(|input| format!("{}\n", input.escape_ascii())).collect();
    let every = |step: usize| lines.iter().step_by(step);
    let fits = |step: &usize| every(*step).map(String::len).sum::<usize>() <= most;
    let step = (1..=lines.len()).find(fits).unwrap_or(lines.len() + 1);
    let kept: Vec<&str> = every(step).map(String::as_str).collect();
    fs::write(path, kept.concat())?;
    Ok(kept.len())
}

/// The bytes that `escape_ascii` wrote so.
fn unescaped(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let (byte, after) = match (first, after) {
            (b'\\', [b'n', after @ ..]) => (b'\n', after),
            (b'\\', [b'r', after @ ..]) => (b'\r', after),
            (b'\\', [b't', after @ ..]) => (b'\t', after),
            (b'\\', [b'x', high, low, after @ ..]) => (digit(*high) << 4 | digit(*low), after),
            (b'\\', [sign, after @ ..]) => (*sign, after),
            _ => (first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    bytes
}

fn digit(letter: u8) -> u8 {
    char::from(letter).to_digit(16).unwrap_or_default() as u8
}
