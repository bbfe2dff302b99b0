//! Writes a registry in the shapes of the real downloads, on several threads, a few studies at a time.

use std::io::{self, Cursor, Seek, Write};
use std::ops::Range;
use std::str::FromStr;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Registry, paper};

/// How many studies a thread makes before it hands them on.
const BATCH: u32 = 64;
/// How many batches a thread may be ahead.
const AHEAD: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One study a line.
    Ndjson,
    /// As the website's download: an array with one study a line.
    Array,
    /// As the bulk download: one member a study, in folders named after the last two digits of the id.
    Zip,
}

/// Says that there is no such format.
#[derive(Debug, thiserror::Error)]
#[error("there is no format “{0}”; formats are ndjson, array and zip")]
pub(crate) struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        match text {
            "ndjson" => Ok(Self::Ndjson),
            "array" => Ok(Self::Array),
            "zip" => Ok(Self::Zip),
            other => Err(UnknownFormat(other.to_owned())),
        }
    }
}

/// Writes every study of `registry` to something that need not be seekable.
pub(crate) fn write(registry: &Registry, format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Ndjson => in_order(registry, lines, |batch| out.write_all(&batch)),
        Format::Array => {
            out.write_all(b"[\n")?;
            let mut separator: &[u8] = b"";
            in_order(registry, elements, |batch| {
                out.write_all(separator)?;
                separator = b",\n";
                out.write_all(&batch)
            })?;
            out.write_all(b"\n]\n")
        }
        Format::Zip => {
            let mut archive = ZipWriter::new_stream(out);
            merge(registry, &mut archive)?;
            archive.finish().map(drop).map_err(io::Error::from)
        }
    }
}

/// Adds every study as a member that has been packed elsewhere.
fn merge<W: Write + Seek>(registry: &Registry, archive: &mut ZipWriter<W>) -> io::Result<()> {
    in_order(registry, members, |batch| {
        Ok(archive.merge_archive(ZipArchive::new(Cursor::new(batch?))?)?)
    })
}

/// Makes batches on all cores and gives them to `take` in the order of the studies.
fn in_order<B: Send>(
    registry: &Registry,
    make: fn(&Registry, Range<u32>) -> B,
    mut take: impl FnMut(B) -> io::Result<()>,
) -> io::Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u32;
    thread::scope(|scope| {
        let threaded: Vec<Receiver<_>> = (0..threads)
            .map(|thread| {
                let (sender, receiver) = sync_channel(AHEAD);
                scope.spawn(move || {
                    let starts =
                        (thread * BATCH..registry.len()).step_by((threads * BATCH) as usize);
                    for start in starts {
                        let batch = make(registry, start..(start + BATCH).min(registry.len()));
                        // Nobody takes it when writing has failed.
                        if sender.send(batch).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        // Batch after batch comes from thread after thread; the first one without any more was the last.
        threaded.iter().cycle().map_while(|receiver| receiver.recv().ok()).try_for_each(&mut take)
    })
}

fn lines(registry: &Registry, studies: Range<u32>) -> Vec<u8> {
    let mut json = paper();
    let lines = studies.flat_map(|study| [registry.study(study, &mut json), "\n".to_owned()]);
    lines.collect::<String>().into_bytes()
}

fn elements(registry: &Registry, studies: Range<u32>) -> Vec<u8> {
    let mut json = paper();
    let elements: Vec<String> = studies.map(|study| registry.study(study, &mut json)).collect();
    elements.join(",\n").into_bytes()
}

/// An archive of these studies alone.
fn members(registry: &Registry, studies: Range<u32>) -> io::Result<Vec<u8>> {
    let mut json = paper();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for study in studies {
        let id = registry.id(study);
        let folder = &id[id.len() - 2..];
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(format!("{folder}/{id}.json"), options)?;
        archive.write_all(registry.study(study, &mut json).as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
