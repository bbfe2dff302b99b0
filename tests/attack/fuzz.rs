//! The targets fed with good inputs that were changed at random, on any toolchain, and with what was found before.

use std::iter;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::targets::{Room, Target};

/// What became of a target.
pub(crate) struct Fed {
    pub(crate) executions: u64,
    /// What a panic said, and the input that led to it.
    pub(crate) panic: Option<String>,
}

/// Feeds a target with what it is known to read, then for so long with that changed.
pub(crate) fn feed(target: &Target, lasting: Duration, seed: u64) -> Fed {
    let (known, mut rng, begun) = (target.known(), Rng::with_seed(seed), Instant::now());
    let mut inputs = known
        .iter()
        .cloned()
        .chain(iter::from_fn(|| (begun.elapsed() < lasting).then(|| changed(&known, &mut rng))));
    let room = Room::default();
    let said = Arc::new(Mutex::new(String::new()));
    let own = Arc::clone(&said);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        *own.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
    let mut fed = Fed { executions: 0, panic: None };
    while fed.panic.is_none()
        && let Some(input) = inputs.next()
    {
        let tried = panic::AssertUnwindSafe(|| (target.feed)(&input, &room));
        if panic::catch_unwind(tried).is_err() {
            let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
            fed.panic = Some(format!("{}: {said}\ninput: {}", target.name, input.escape_ascii()));
        }
        fed.executions += 1;
    }
    panic::set_hook(before);
    fed
}

/// One of the good inputs, changed in some places.
fn changed(good: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = good[rng.usize(..good.len())].clone();
    for _ in 0..rng.usize(1..8) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(..20)).min(bytes.len());
        match rng.u8(..7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            1 if at < bytes.len() => bytes[at] = rng.u8(..),
            2 => drop(bytes.drain(at..end)),
            // Twice, or very often.
            3 => {
                let piece = bytes[at..end].repeat(if rng.u8(..20) == 0 { 200 } else { 1 });
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = &good[rng.usize(..good.len())];
                let from = rng.usize(..=other.len());
                let to = (from + rng.usize(..60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ => bytes
                .insert(at, b"\0\x1b\"\\{}[]():;,-*<>&\n\r\t \xff\xc2\xe2\x9b09"[rng.usize(..28)]),
        }
    }
    bytes
}
