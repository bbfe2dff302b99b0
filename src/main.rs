//! The program `trialdex`.

fn main() {}
