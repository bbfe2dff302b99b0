//! `trialdex marks flow`: the numbers of a PRISMA 2020 flow diagram, as far as they are known.

use std::io::Write;

use anyhow::Result;
use serde_json::{Map, Value};

use crate::cli::{FlowFormat, FlowNumbers, Keeping};
use crate::command::{self, Ending, asked};
use crate::marks::Flow;
use crate::study::NctId;
use crate::text::grouped;

pub(super) fn run(numbers: &FlowNumbers, out: &mut dyn Write) -> Result<Ending> {
    let collection = super::open(&numbers.collection)?;
    let identified = identified(numbers)?;
    let flow = Flow::of(collection.marks(), identified.as_deref());
    match numbers.format {
        FlowFormat::Text => text(&flow, out)?,
        FlowFormat::Csv => {
            writeln!(out, "data,n")?;
            for (name, count) in flow.boxes() {
                writeln!(out, "{name},{count}")?;
            }
        }
        FlowFormat::Json => {
            let mut object: Map<String, Value> = flow
                .boxes()
                .into_iter()
                .map(|(name, count)| (name.to_owned(), count.into()))
                .collect();
            let reasons =
                flow.reasons.iter().map(|(reason, count)| (reason.clone(), (*count).into()));
            object.insert("reasons".to_owned(), Value::Object(reasons.collect()));
            object.insert("maybe".to_owned(), flow.maybe.into());
            object.insert("disputed".to_owned(), flow.disputed.into());
            writeln!(out, "{}", Value::Object(object))?;
        }
    }
    let is_empty = flow.screened == 0 && flow.duplicates == 0;
    Ok(if is_empty { Ending::Nothing } else { Ending::Found })
}

/// What the query finds in the data, by id; `None` without data.
fn identified(numbers: &FlowNumbers) -> Result<Option<Vec<NctId>>> {
    if numbers.data.is_empty() {
        return Ok(None);
    }
    let query = asked::read(numbers.query.as_deref().unwrap_or_default(), None, None)?;
    let keeping = Keeping::default();
    let store = command::open_quietly(&numbers.data, keeping)?.store;
    asked::prepare(&store, &query, &numbers.data, keeping)?;
    let found = asked::found(&store, &query, &numbers.collection)?;
    asked::tell(&store, &found);
    let mut ids: Vec<NctId> = found.rows.iter().map(|study| store.id(study)).collect();
    ids.sort_unstable();
    Ok(Some(ids))
}

fn text(flow: &Flow, out: &mut dyn Write) -> Result<()> {
    let mut lines = Vec::new();
    let mut line = |label: &str, count: Option<u64>| {
        lines.extend(count.map(|count| format!("{:>9}  {label}", grouped(count))));
    };
    line("records identified from the register", flow.identified);
    line("removed before screening as duplicates", Some(flow.duplicates));
    line("records screened", Some(flow.screened));
    line("records excluded", Some(flow.excluded));
    for (reason, count) in &flow.reasons {
        line(&format!("  {reason}"), Some(*count));
    }
    let given: u64 = flow.reasons.iter().map(|(_, count)| count).sum();
    line("  without a reason", Some(flow.excluded - given).filter(|&count| count > 0));
    line("maybe", Some(flow.maybe));
    line("people disagree, not settled", Some(flow.disputed).filter(|&count| count > 0));
    line("included", Some(flow.included));
    line("identified and not screened yet", flow.unscreened.filter(|&count| count > 0));
    for line in lines {
        writeln!(out, "{line}")?;
    }
    if flow.identified.is_none() {
        command::remark(
            "how many records were identified is not known; -d PATH --query QUERY says it",
        );
    }
    Ok(())
}
