//! The arguments of `trialdex match`: what is known of somebody.

use clap::{Args, ValueEnum};

use super::{Asked, Data};
use crate::search::{Near, age};
use crate::study::Age;
use crate::study::person::{Health, Person, Sex};

/// Say which trials somebody fits by age, sex, healthy volunteers and place
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex match --age 54 --sex f --near Lyon~100km -d ctg-studies.json 'cond:\"Breast Cancer\" status:recruiting'
  trialdex match --age 6mo --healthy no --format csv > trials.csv
  trialdex match --age 30 --sex m --healthy yes --near 48.85,2.35~30mi

Compared are the fields of a record; what it does not state is said to be not stated. Who fits stands first, then what
states least, then by how far the nearest open site is. Criteria in words are not compared: read them with trialdex show.
Nothing of a person is kept or sent. This is no advice: talk to a doctor about taking part.
Exit code: 0 a trial may fit, 1 none does, 2 an error.")]
pub struct Match {
    #[command(flatten)]
    pub asked: Asked,
    /// How old somebody is: 54 (years), 6mo, 3w, 10d
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub age: Option<Age>,
    /// The sex that the registry asks for
    #[arg(long, value_enum)]
    pub sex: Option<SexArgument>,
    /// Whether somebody would be a healthy volunteer
    #[arg(long, value_enum)]
    pub healthy: Option<HealthArgument>,
    /// Only trials with a site there: Lyon (within 50 km), \"New York~30mi\", 48.85,2.35~100km
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    pub near: Option<Near>,
    #[command(flatten)]
    pub data: Data,
    /// How to write them
    #[arg(long, value_enum, default_value_t = MatchFormat::Table)]
    pub format: MatchFormat,
    #[arg(long, value_name = "NAME,…", help = super::columns::help(&super::OF_MATCH))]
    pub columns: Option<String>,
    /// Write at most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

impl Match {
    pub fn person(&self) -> Person {
        let sex = self.sex.map(|sex| match sex {
            SexArgument::Female => Sex::Female,
            SexArgument::Male => Sex::Male,
        });
        let health = self.healthy.map(|healthy| match healthy {
            HealthArgument::Yes => Health::Healthy,
            HealthArgument::No => Health::Patient,
        });
        Person { age: self.age, sex, health }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SexArgument {
    #[value(alias = "f")]
    Female,
    #[value(alias = "m")]
    Male,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HealthArgument {
    #[value(alias = "y")]
    Yes,
    #[value(alias = "n")]
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MatchFormat {
    /// A line for each: fit, id, status, phase, nearest open site, title; and one that says what does not fit or is not stated
    Table,
    /// A JSON object for each, one a line, with the criteria as registered
    Json,
    /// A row for each, for a spreadsheet
    Csv,
    /// The same between tabs, for a tool
    Tsv,
}
