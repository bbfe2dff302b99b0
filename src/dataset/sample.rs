//! The trials that are part of the program: what is opened where no path is given. They are files of `data/`, in the
//! registry's own form. The facts are the registry's; the prose is written anew and shorter.

/// What the sample is called on the screen.
pub(super) const NAME: &str = "the sample";

/// The texts of the sample: trials about liver failure, and trials of many kinds, some with posted results.
pub(super) const TEXTS: [&[u8]; 2] =
    [include_bytes!("../../data/liver-failure.json"), include_bytes!("../../data/sample.ndjson")];

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The records of the second text, one a line.
    fn records() -> impl Iterator<Item = Value> {
        TEXTS[1]
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
    }

    /// Calls `see` with every key and every text below `value`.
    fn walk(value: &Value, see: &mut impl FnMut(&str)) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| {
                see(key);
                walk(value, see);
            }),
            Value::Array(values) => values.iter().for_each(|value| walk(value, see)),
            Value::String(text) => see(text),
            _ => {}
        }
    }

    #[test]
    fn it_names_nobody() {
        let persons = ["contacts", "centralContacts", "overallOfficials", "pointOfContact"];
        let others = ["investigatorFullName", "phone", "email", "citation"];
        for record in records() {
            walk(&record, &mut |text| {
                assert!(!persons.contains(&text) && !others.contains(&text), "{text}");
                let is_address = text.contains('@') && !text.contains(' ');
                assert!(!is_address, "{text}");
            });
        }
    }

    #[test]
    fn each_record_says_where_the_full_one_is() {
        for record in records() {
            let section = &record["protocolSection"];
            let id = section["identificationModule"]["nctId"].as_str().unwrap();
            let told = section["descriptionModule"]["detailedDescription"].as_str().unwrap();
            assert!(told.ends_with(&format!("https://clinicaltrials.gov/study/{id}")), "{id}");
        }
    }
}
