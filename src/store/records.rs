//! The records themselves, compressed, one readable at a time.

use std::io;

use super::pool::Lists;

/// How much JSON one compressed block holds at least. A larger block compresses better and takes
/// longer to open: 64 KiB decode in about a tenth of a millisecond.
const BLOCK_BYTES: usize = 64 * 1024;

/// Says that a block does not decode, which only damage to memory or disk can cause.
#[derive(Debug, thiserror::Error)]
#[error("the stored record is damaged: {0}")]
pub struct RecordError(#[from] io::Error);

/// Records in blocks of zstd. Costs about a fifth of the JSON and 12 bytes a record.
#[derive(Debug, Default)]
pub(super) struct Records {
    blocks: Vec<Box<[u8]>>,
    /// Record → its block, its start and its end in the block's text.
    places: Lists,
    /// Text that is not yet a block.
    open: String,
}

impl Records {
    pub(super) fn push(&mut self, json: &str) -> io::Result<()> {
        let start = self.open.len() as u32;
        self.open.push_str(json);
        self.places.push([self.blocks.len() as u32, start, self.open.len() as u32]);
        if self.open.len() >= BLOCK_BYTES { self.close() } else { Ok(()) }
    }

    /// Adds the records of another, which must be closed, behind its own, which are closed by this.
    pub(super) fn absorb(&mut self, other: Self) -> io::Result<()> {
        self.close()?;
        debug_assert!(other.open.is_empty(), "what is absorbed is closed");
        let before = self.blocks.len() as u32;
        for place in other.places.iter() {
            let &[block, start, end] = place else { unreachable!("a place is three numbers") };
            self.places.push([before + block, start, end]);
        }
        self.blocks.extend(other.blocks);
        Ok(())
    }

    /// Compresses what is still open; to be called once after the last record.
    pub(super) fn close(&mut self) -> io::Result<()> {
        if !self.open.is_empty() {
            let block =
                zstd::bulk::compress(self.open.as_bytes(), zstd::DEFAULT_COMPRESSION_LEVEL)?;
            self.blocks.push(block.into());
            self.open.clear();
        }
        Ok(())
    }

    /// The JSON of the record at `index`.
    pub(super) fn get(&self, index: usize) -> Result<String, RecordError> {
        let &[block, start, end] = self.places.get(index) else {
            unreachable!("a place is three numbers");
        };
        let text = zstd::stream::decode_all(&*self.blocks[block as usize])?;
        let json =
            text.get(start as usize..end as usize).and_then(|json| std::str::from_utf8(json).ok());
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "it is not where it was put");
        Ok(json.ok_or_else(damaged)?.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_comes_back() {
        let jsons: Vec<String> =
            (0..200).map(|n| format!("{{\"n\":\"{}\"}}", "é".repeat(n * 10))).collect();
        let mut records = Records::default();
        for json in &jsons {
            records.push(json).unwrap();
        }
        records.close().unwrap();
        assert!(records.blocks.len() > 1);
        for (index, json) in jsons.iter().enumerate() {
            assert_eq!(records.get(index).unwrap(), *json);
        }
    }
}
