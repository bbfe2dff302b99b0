//! Loading from standard input.

use std::fs::File;
use std::io::{Read, Seek, Write};

use super::{gzipped, load, studies, zipped};

#[test]
fn standard_input_is_read_like_a_file() {
    // Read by another process, since the input of a test is not its own: this very test, told to read.
    if std::env::var_os("TRIALDEX_READS_INPUT").is_some() {
        let loaded = load(&["-".into()]);
        assert_eq!(loaded.jsons(), studies());
        return;
    }
    let lines = studies().join("\n");
    let [a, b, c] = studies();
    let archive = zipped(&[("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())]);
    // One whose first part is damaged, which is found out when its text was given out already.
    let mut damaged = gzipped(b"{\"protocolSection\":{\"a\":1}}\n");
    let length = damaged.len();
    damaged[length - 8] ^= 1;
    damaged.extend(gzipped(lines.as_bytes()));
    for bytes in [lines.as_bytes(), &gzipped(lines.as_bytes()), &archive, &damaged] {
        let mut input = tempfile::tempfile().unwrap();
        input.write_all(bytes).unwrap();
        input.rewind().unwrap();
        assert!(reads(input), "{} bytes", bytes.len());
    }
}

fn reads(input: File) -> bool {
    let mut reading = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "loading::input::standard_input_is_read_like_a_file"])
        .env("TRIALDEX_READS_INPUT", "1")
        .stdin(input)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    reading.stdout.take().unwrap().read_to_string(&mut told).unwrap();
    reading.wait().unwrap().success() && told.contains("1 passed")
}
