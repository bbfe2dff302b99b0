//! Runs into one dictionary with its lists, word after word, so that the memory does not grow with the runs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::ops::Range;

use super::dictionary::{Dictionary, DictionaryBuilder};
use super::segment::{add_lists, word_of};
use super::spill::{RunReader, Spill};
use super::{PARTS, list, spelling};

/// Where lists are written.
pub(super) trait Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
}

impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// What comes of merging, besides the lists.
pub(super) struct Merged {
    pub(super) dictionary: Dictionary,
    /// The words that are not their own key, in the order of the hashes of their keys.
    pub(super) spelled: Vec<u32>,
}

/// Merges runs, whose studies come in the order of the runs. `goes_on` is asked now and then.
pub(super) fn merge(
    mut spill: Spill,
    runs: &[Range<u64>],
    out: &mut dyn Sink,
    mut goes_on: impl FnMut() -> io::Result<()>,
) -> io::Result<Merged> {
    let mut readers: Vec<RunReader> = runs.iter().cloned().map(RunReader::new).collect();
    let mut heads = BinaryHeap::new();
    let word = |reader: &RunReader| word_of(reader.entry()).map(|(word, _)| word.to_vec());
    for (run, reader) in readers.iter_mut().enumerate() {
        if reader.advance(&mut spill)? {
            heads.push(Reverse((word(reader).ok_or(io::ErrorKind::InvalidData)?, run)));
        }
    }
    let mut dictionary = DictionaryBuilder::default();
    let mut spelled: Vec<(u32, u32)> = Vec::new();
    let mut lists: [Vec<u32>; PARTS] = std::array::from_fn(|_| Vec::new());
    let mut bytes = Vec::new();
    while let Some(Reverse((present, first))) = heads.pop() {
        let mut run = first;
        loop {
            let reader = &mut readers[run];
            let (_, rest) = word_of(reader.entry()).ok_or(io::ErrorKind::InvalidData)?;
            add_lists(rest, &mut lists).ok_or(io::ErrorKind::InvalidData)?;
            if reader.advance(&mut spill)? {
                heads.push(Reverse((word(reader).ok_or(io::ErrorKind::InvalidData)?, run)));
            }
            match heads.peek() {
                Some(Reverse((word, next))) if *word == present => run = *next,
                _ => break,
            }
            heads.pop();
        }
        bytes.clear();
        put_lists(&mut bytes, &mut lists);
        out.write(&bytes)?;
        let number = dictionary.push(&present, bytes.len() as u64);
        let hash = std::str::from_utf8(&present).ok().and_then(spelling::hash_of_other);
        spelled.extend(hash.map(|hash| (hash, number)));
        if number.is_multiple_of(1 << 12) {
            goes_on()?;
        }
    }
    spelled.sort_unstable();
    let spelled = spelled.into_iter().map(|(_, number)| number).collect();
    Ok(Merged { dictionary: dictionary.finish(), spelled })
}

/// Which parts have the word, then the lists of these; all but the last with the number of their bytes.
fn put_lists(out: &mut Vec<u8>, lists: &mut [Vec<u32>; PARTS]) {
    out.push(lists.iter().enumerate().map(|(part, list)| u8::from(!list.is_empty()) << part).sum());
    let mut bytes = Vec::new();
    for studies in lists.iter_mut().filter(|list| !list.is_empty()) {
        bytes.clear();
        list::put(&mut bytes, studies);
        list::put_number(out, bytes.len() as u64);
        out.extend_from_slice(&bytes);
        studies.clear();
    }
}
