//! The arguments that say what a command looks into.

use std::path::PathBuf;

use clap::Args;

/// What a command looks into.
#[derive(Debug, Args)]
pub struct Data {
    /// A file, folder or archive of trial records, or - for standard input; may be repeated; none: data of the
    /// configuration, else the sample
    #[arg(long = "data", short = 'd', value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Look into the sample, whatever the configuration says: real trials, their prose shortened; the full records are at clinicaltrials.gov
    #[arg(long, conflicts_with = "paths")]
    pub sample: bool,
    /// The configuration file to read in place of the usual one
    #[arg(long, value_name = "FILE", env = "TRIALDEX_CONFIG")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub keeping: Keeping,
}

/// Whether the index of a large dataset is kept for the next start, and how much may be unpacked for it.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Keeping {
    /// Neither use nor keep an index of a large dataset; see trialdex cache
    #[arg(long)]
    pub no_cache: bool,
    /// Unpack so many MiB of archives and packed files at most, in all [default: 256 and a thousand times their size]
    #[arg(long, value_name = "MIB")]
    pub unpack_limit: Option<u64>,
}
