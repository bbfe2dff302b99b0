//! The arguments of the commands that write something for the shell and for `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::Data;

/// Write the completions of a shell, with the ids of a dataset of at most 500 trials
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex completions bash > ~/.local/share/bash-completion/completions/trialdex
  trialdex completions zsh > ~/.zfunc/_trialdex
  trialdex completions fish > ~/.config/fish/completions/trialdex.fish
  trialdex completions bash -d review.json > ~/.local/share/bash-completion/completions/trialdex

Exit code: 0 written, 2 an error.")]
pub struct Completions {
    #[arg(value_enum)]
    pub shell: Shell,
    #[command(flatten)]
    pub data: Data,
}

/// Write the manual page of the program or of one command
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex man | man -l -
  trialdex man marks set > trialdex-marks-set.1
  trialdex man --out ~/.local/share/man/man1

Exit code: 0 written, 1 there is no such command, 2 an error.")]
pub struct Man {
    /// The command, with the one below it; the program when left out
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write the pages of the program and of every command into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}
