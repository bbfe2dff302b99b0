//! Made-up records for tests, written in one line: `made(1).title("Gout in adults").phases(["PHASE1"])`.
//!
//! The integration tests include this file too, so it names nothing of this crate.

use serde_json::{Value, json};

/// A record that is being made.
#[derive(Clone, Debug)]
#[must_use]
pub struct Made(Value);

/// A record with an id and nothing else: `made(7)` is NCT00000007.
pub fn made(number: u32) -> Made {
    Made(json!({})).at("identificationModule.nctId", format!("NCT{number:08}"))
}

impl Made {
    pub fn title(self, title: &str) -> Self {
        self.at("identificationModule.briefTitle", title)
    }

    /// States the overall status by its code.
    pub fn status(self, code: &str) -> Self {
        self.at("statusModule.overallStatus", code)
    }

    /// States on what day the last update was posted.
    pub fn updated(self, date: &str) -> Self {
        self.at("statusModule.lastUpdatePostDateStruct.date", date)
    }

    /// States the phases by their codes.
    pub fn phases<T: Into<String>>(self, codes: impl IntoIterator<Item = T>) -> Self {
        self.list("designModule.phases", codes)
    }

    pub fn conditions<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        self.list("conditionsModule.conditions", names)
    }

    pub fn sponsor(self, name: &str) -> Self {
        self.at("sponsorCollaboratorsModule.leadSponsor.name", name)
    }

    /// Puts a value at a path below `protocolSection`, such as `eligibilityModule.sex`.
    pub fn at(self, path: &str, value: impl Into<Value>) -> Self {
        self.set(&format!("protocolSection.{path}"), value)
    }

    /// Puts a value at a path of the whole record, such as `hasResults`.
    pub fn set(mut self, path: &str, value: impl Into<Value>) -> Self {
        let place = path.split('.').fold(&mut self.0, |value, key| &mut value[key]);
        *place = value.into();
        self
    }

    pub fn value(self) -> Value {
        self.0
    }

    /// The record as the registry would write it: on one line, without blanks.
    pub fn json(&self) -> String {
        self.0.to_string()
    }

    fn list<T: Into<String>>(self, path: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.at(path, values.into_iter().map(Into::into).collect::<Vec<String>>())
    }
}
