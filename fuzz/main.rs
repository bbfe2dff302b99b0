//! Feeds one of the targets of `tests/attack/targets.rs` with inputs that libFuzzer makes, led by what they reach. `run`, beside
//! this, builds it so that it can be led, and starts it. It does not know what the targets do.

#![no_main]

#[expect(dead_code, reason = "the other driver, and tests, use more of it")]
#[path = "../tests/attack/targets.rs"]
mod targets;

use std::sync::LazyLock;
use std::{env, fs};

use libfuzzer_sys::fuzz_target;
use targets::{Room, TARGETS, Target};

/// The name of the target.
const TARGET: &str = "TRIALDEX_FUZZ";
/// The folder that gets the inputs to begin with.
const BEGINNING: &str = "TRIALDEX_FUZZ_BEGINNING";

static CHOSEN: LazyLock<(&Target, Room)> = LazyLock::new(|| {
    let name = env::var(TARGET).unwrap_or_default();
    let target = TARGETS.iter().find(|target| target.name == name);
    let Some(target) = target else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        panic!("{TARGET}: there is no target “{name}”, only {}", names.join(", "));
    };
    (target, Room::default())
});

fuzz_target!(
    init: {
        let (target, _) = &*CHOSEN;
        if let Some(folder) = env::var_os(BEGINNING) {
            for (number, input) in target.known().into_iter().enumerate() {
                let path = std::path::Path::new(&folder).join(format!("known-{number}"));
                fs::write(path, input).expect("the folder is there");
            }
        }
    },
    |bytes: &[u8]| {
        let (target, room) = &*CHOSEN;
        (target.feed)(bytes, room);
    }
);
