//! Ascending numbers as bytes: blocks of 128 packed by bits, what is left in as few bytes as it needs.

use bitpacking::{BitPacker as _, BitPacker4x};

const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// Appends a number in one byte for each seven bits.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number and moves `bytes` behind it; `None` where there is none.
pub(super) fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

/// Appends numbers that ascend, each once.
pub(super) fn put(out: &mut Vec<u8>, numbers: &[u32]) {
    put_number(out, numbers.len() as u64);
    let packer = BitPacker4x::new();
    let mut before = None;
    let blocks = numbers.chunks_exact(BLOCK);
    let tail = blocks.remainder();
    for block in blocks {
        let bits = packer.num_bits_strictly_sorted(before, block);
        out.push(bits);
        let start = out.len();
        out.resize(start + BitPacker4x::compressed_block_size(bits), 0);
        packer.compress_strictly_sorted(before, block, &mut out[start..], bits);
        before = block.last().copied();
    }
    for &number in tail {
        put_number(out, u64::from(number - before.map_or(0, |before| before + 1)));
        before = Some(number);
    }
}

/// Gives the numbers of a list block by block, as far as there are any.
pub(super) fn each(mut bytes: &[u8], mut give: impl FnMut(&[u32])) {
    let Some(mut left) = number(&mut bytes) else { return };
    let packer = BitPacker4x::new();
    let mut block = [0; BLOCK];
    let mut before = None;
    while left >= BLOCK as u64 {
        let Some((&bits, rest)) = bytes.split_first() else { return };
        let size = BitPacker4x::compressed_block_size(bits);
        if bits > 32 || rest.len() < size {
            return;
        }
        packer.decompress_strictly_sorted(before, &rest[..size], &mut block, bits);
        give(&block);
        before = block.last().copied();
        bytes = &rest[size..];
        left -= BLOCK as u64;
    }
    let mut length = 0;
    while length < left as usize {
        let Some(gap) = number(&mut bytes) else { break };
        // Too great a gap leads to some number, which is tested where it is used.
        let next = before.map_or(0, |before| u64::from(before) + 1).wrapping_add(gap);
        block[length] = next as u32;
        before = Some(next as u32);
        length += 1;
    }
    give(&block[..length]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_are_read_as_they_were_put(gaps in proptest::collection::vec(0_u32..90_000, 0..700)) {
            let mut next = 0_u32;
            let numbers: Vec<u32> = gaps.iter().map(|gap| {
                let number = next + gap;
                next = number + 1;
                number
            }).collect();
            let mut bytes = vec![7];
            put(&mut bytes, &numbers);
            let mut read = Vec::new();
            each(&bytes[1..], |block| read.extend_from_slice(block));
            prop_assert_eq!(read, numbers);
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            each(&bytes, |_| ());
        }
    }
}
