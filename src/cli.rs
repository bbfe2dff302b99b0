//! The arguments of the command line. It does not know what a command does.

mod asked;
mod check;
mod columns;
mod compare;
mod data;
mod marks;
mod person;
mod pick;
mod record;
mod shell;
mod stats;

use std::path::PathBuf;

pub use asked::Asked;
pub use check::{Cache, Check, CheckFormat};
pub use columns::{OF_MATCH, OF_RELATED};
pub use compare::{Compare, CompareFormat};
pub use data::{Data, Keeping};
pub use person::{Match, MatchFormat};
pub use pick::Pick;
pub use record::RecordArguments;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::search::{Sorts, fuzzy};

pub use marks::{
    Agreement, DecisionName, ExportFormat, ExportMarks, FlowFormat, FlowNumbers, ImportMarks,
    ListFormat, ListMarks, Marks, MarksCommand, MergeMarks, SetMarks, StyleArguments,
    TablesArguments, TitleName, Whose,
};
pub use shell::{Completions, Man};
pub use stats::{Stats, StatsFormat};

/// Find, read and compare clinical trials in a terminal.
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "trialdex",
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    after_help = "\
Examples:
  trialdex                          browse the sample, 83 trials that are part of the program
  trialdex ctg-studies.json         browse a download of ClinicalTrials.gov
  trialdex search -d ctg-studies.json 'cond:\"Liver Failure\" phase:1'
  trialdex compare NCT06825572 NCT06904755"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub browse: Browse,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Search(Search),
    Stats(Stats),
    Show(Show),
    Related(Related),
    Match(Match),
    Compare(Compare),
    Pick(Pick),
    Marks(Marks),
    Check(Check),
    Cache(Cache),
    Completions(Completions),
    Man(Man),
}

impl Command {
    /// What the command looks into; `None` if it says that in another way.
    pub fn data_mut(&mut self) -> Option<&mut Data> {
        match self {
            Self::Search(search) => Some(&mut search.data),
            Self::Stats(stats) => Some(&mut stats.data),
            Self::Show(show) => Some(&mut show.data),
            Self::Related(related) => Some(&mut related.data),
            Self::Match(matching) => Some(&mut matching.data),
            Self::Compare(compare) => Some(&mut compare.data),
            Self::Pick(pick) => Some(&mut pick.data),
            Self::Marks(marks) => match &mut marks.command {
                MarksCommand::Export(export) => Some(&mut export.data),
                _ => None,
            },
            Self::Completions(completions) => Some(&mut completions.data),
            Self::Check(_) | Self::Cache(_) | Self::Man(_) => None,
        }
    }
}

/// Without a command: the browser.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option without a value")]
pub struct Browse {
    /// Files, folders or archives of trial records; - is standard input; none: data of the configuration, else the sample
    pub paths: Vec<PathBuf>,
    /// Browse the sample, whatever the configuration says: real trials, their prose shortened; the full records are at clinicaltrials.gov
    #[arg(long, conflicts_with = "paths")]
    pub sample: bool,
    /// Begin with this query
    #[arg(
        long,
        short,
        value_name = "QUERY",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub query: String,
    /// Begin anew, not where this dataset was left the last time
    #[arg(long)]
    pub fresh: bool,
    /// How it looks: dark, light, mono, high-contrast or colour-blind
    #[arg(long, value_name = "NAME", env = "TRIALDEX_THEME")]
    pub theme: Option<String>,
    /// Read the words of queries to the letter: without other spellings, other names, or mending
    #[arg(long)]
    pub exact: bool,
    /// Read the dataset once more when it changes
    #[arg(long)]
    pub watch: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Hold a dialogue in lines, for screen readers; so it is too where TERM is dumb
    #[arg(long)]
    pub plain: bool,
    /// Draw with ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// The configuration file to read in place of the usual one
    #[arg(long, value_name = "FILE", env = "TRIALDEX_CONFIG")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub whose: Whose,
    #[command(flatten)]
    pub keeping: Keeping,
}

/// The command that a mistyped word was meant to be.
pub fn nearest_command(word: &str) -> Option<String> {
    let commands = Arguments::command();
    let mut names = commands.get_subcommands().map(clap::Command::get_name);
    names.find(|name| fuzzy::is_slip(word, name)).map(str::to_owned)
}

/// List the trials that a query finds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex search -d ctg-studies.json 'liver failure phase:1 -status:withdrawn'
  trialdex search -d ctg-studies.json 'sponsor:\"Sun Yat-sen University\"' --format ids
  trialdex search -d ctg-studies.json 'cond:asthma' --sort enrollment --limit 10
  trialdex search -d ctg-studies.json 'cond:asthma' --format csv > asthma.csv
  trialdex search -d ctg-studies.json 'near:Lyon' --columns id,title,start,countries,nearest
  trialdex search -d ctg-studies.json 'cond:asthma' --format aact --output asthma/
  trialdex search -d ctg-studies.json 'cond:asthma' --count --record asthma.md
  trialdex search -d newer.json --from-record asthma.md

Places: near:Lyon (within 50 km), near:\"New York\"~30mi, near:48.85,2.35~100km; site:(city:Lyon status:recruiting) is one site.
A query is words, \"phrases\", field:value, field:\"exact value\", field:none, -not, a | b, and brackets.
Fields: id acronym title cond kw drug sponsor lead collab status phase type class sex healthy results kind country state city facility zip mesh
  mesh-condition mesh-intervention mentions
  purpose allocation model masking age-group results-outcome documents why-stopped fda-drug fda-device.
Prose: incl:dialysis excl:hepat* crit:\"heart failure\" outcome:\"pain score\"~3 summary: brief-summary: text:any; phrases, words near each other.
As the registry asks: term:x titles:x intr:x condition-search:x locn:x patient:x, or its own form: AREA[Phase]PHASE3.
Marks: decision:include reason: tag: note: seen:yes is:new is:changed; none and any are values too.
Ranges, as start:>=2023-05, start:2023..2024, updated:last-30d, enrollment:>100|none, age:6mo:
  dates start primary-completion completion posted results-posted updated; numbers enrollment sites arms; age min-age max-age.
Exit code: 0 found, 1 nothing found, 2 an error; of --as-registry 1 something has no
counterpart; of --from-record 1 nothing is new, gone or changed.")]
pub struct Search {
    #[command(flatten)]
    pub asked: Asked,
    #[command(flatten)]
    pub data: Data,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = SearchFormat::Table)]
    pub format: SearchFormat,
    #[arg(long, value_name = "NAME,…", help = columns::help(&[]))]
    pub columns: Option<String>,
    /// Write at most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Order: updated, start, enrollment, title, sponsor, status, phase, id, nearest (with near:),
    /// decision, reason, tag, marked; each also as reverse-NAME;
    /// several with commas: phase,reverse-start
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub sort: Option<Sorts>,
    /// Write only how many there are
    #[arg(long)]
    pub count: bool,
    /// Search nothing; write the query as the registry's own search would be asked, and name what has no counterpart there
    #[arg(long)]
    pub as_registry: bool,
    #[command(flatten)]
    pub recording: RecordArguments,
    #[command(flatten)]
    pub style: StyleArguments,
    #[command(flatten)]
    pub tables: TablesArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// A line for each: id, status, phase, last update, title
    Table,
    /// A JSON object for each, one a line
    Json,
    /// A row for each, for a spreadsheet
    Csv,
    /// The same between tabs, for a tool
    Tsv,
    /// RIS, for reference managers and screening tools
    Ris,
    /// BibTeX
    Bibtex,
    /// CSL-JSON, for Zotero and pandoc
    Csl,
    /// One HTML page for somebody without the program: titles and key facts
    Html,
    /// The ids, one a line
    Ids,
    /// Tables with the names and columns of AACT, in the folder --output: a CSV file for each, and load.sql
    Aact,
    /// The same tables as Parquet files, if trialdex was built with the feature parquet
    Parquet,
}

/// Write trials in full
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex show NCT06825572
  trialdex show -d ctg-studies.json NCT03863002 --format markdown > trial.md
  trialdex show -d older.json -d newer.json NCT03863002 --all-versions

Exit code: 0 all found, 1 one was not found, 2 an error.")]
pub struct Show {
    /// Ids of trials
    #[arg(required = true, value_name = "NCT…")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub data: Data,
    /// How to write them; json is the record as the registry published it
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// Write every version of a trial that was read, the newest first
    #[arg(long)]
    pub all_versions: bool,
}

/// List the trials that share most with one, and what they share
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex related NCT06825572
  trialdex related -d ctg-studies.json NCT03863002 --limit 5 --format json

Exit code: 0 found, 1 no trial is related or there is no such trial, 2 an error.")]
pub struct Related {
    /// The id of the trial
    #[arg(value_name = "NCT…")]
    pub id: String,
    #[command(flatten)]
    pub data: Data,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RelatedFormat::Table)]
    pub format: RelatedFormat,
    #[arg(long, value_name = "NAME,…", help = columns::help(&OF_RELATED))]
    pub columns: Option<String>,
    /// The collection whose marks the columns decision, reason, tag, note and seen say
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
    /// Write at most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RelatedFormat {
    /// Two lines for each: id, status, phase, title; what both share
    #[value(alias = "text")]
    Table,
    /// A JSON object for each, one a line
    Json,
    /// A row for each, for a spreadsheet
    Csv,
    /// The same between tabs, for a tool
    Tsv,
    /// The ids, one a line
    Ids,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    Text,
    Json,
    Markdown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_query_may_begin_with_a_minus_and_stand_anywhere() {
        let search = |line: &str| {
            let words = ["trialdex", "search"].into_iter().chain(line.split(' '));
            match Arguments::try_parse_from(words).unwrap().command {
                Some(Command::Search(search)) => search,
                other => panic!("{other:?}"),
            }
        };
        for line in [
            "-phase:none --count",
            "--count -phase:none",
            "--count -d x -phase:none",
            "-phase:none -d x --count",
        ] {
            assert_eq!(
                (search(line).asked.text().as_str(), search(line).count),
                ("-phase:none", true),
                "{line}"
            );
        }
        assert_eq!(search("liver failure --count").asked.text(), "liver failure");
        let browse = Arguments::try_parse_from(["trialdex", "--query", "-phase:none", "x.json"]);
        assert_eq!(browse.unwrap().browse.query, "-phase:none");
    }

    #[test]
    fn the_help_of_search_names_every_field_and_order() {
        let help = Arguments::command()
            .find_subcommand_mut("search")
            .unwrap()
            .render_long_help()
            .to_string();
        let fields = crate::study::Concept::asked().map(crate::study::Concept::name);
        let orders = crate::search::By::all().map(crate::search::By::name);
        for name in fields.chain(orders) {
            let mut words = help.split(|c: char| !c.is_alphanumeric() && c != '-');
            assert!(words.any(|word| word == name), "{name}");
        }
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("  trialdex "), "{}", command.get_name());
        }
    }
}
