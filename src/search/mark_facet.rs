//! Facets of what is marked: decisions, reasons and tags, with the number of studies found that have each value.

use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::by_mark::{MarkField, MarkTerm, Wanted};
use super::query::{Choice, Expr, Query, alternatives};
use crate::marks::Marks;
use crate::store::Store;

/// How the studies of an answer spread over what is marked on them in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkCounts {
    pub field: MarkField,
    /// The values that any of the studies has, in the order of the screen.
    pub values: Vec<(Arc<str>, u32)>,
    /// The studies on which nothing is marked here.
    pub without: u32,
    /// What the query chooses and refuses; `None` is that nothing is marked.
    pub chosen: Vec<(Option<Arc<str>>, Choice)>,
    /// The studies that are counted.
    studies: Arc<RoaringBitmap>,
}

impl MarkCounts {
    /// Counts what is marked on `studies`, which `query` finds without its own choices in this field.
    pub(super) fn new(
        field: MarkField,
        query: &Query,
        studies: Arc<RoaringBitmap>,
        (store, marks): (&Store, &Marks),
    ) -> Self {
        let mut counts =
            Self { field, values: Vec::new(), without: 0, chosen: Vec::new(), studies };
        counts.count(store, marks);
        let value = |wanted: &Wanted| match wanted {
            Wanted::Nothing => None,
            Wanted::Words(text) | Wanted::Exactly(text) => {
                let known = counts.values.iter().find(|(value, _)| wanted.is_value(value));
                Some(known.map_or_else(|| text.as_str().into(), |(value, _)| Arc::clone(value)))
            }
        };
        let chosen = query.mark_choices(field).into_iter();
        counts.chosen = chosen.map(|(wanted, choice)| (value(wanted), choice)).collect();
        counts
    }

    /// Counts the same studies again, where something else is marked now.
    pub(super) fn count(&mut self, store: &Store, marks: &Marks) {
        let (mut counts, mut having): (HashMap<&str, u32>, u32) = (HashMap::new(), 0);
        for (id, mark) in marks.iter() {
            let is_counted = |study| self.studies.contains(study);
            let values = self.field.values_of(mark);
            if !values.is_empty() && store.find(id).is_some_and(|study| is_counted(study.0)) {
                having += 1;
                for value in values {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
        let mut values: Vec<(Arc<str>, u32)> =
            counts.into_iter().map(|(value, count)| (value.into(), count)).collect();
        values.sort_by_cached_key(|(value, _)| self.field.rank(value));
        self.values = values;
        self.without = (self.studies.len() as u32).saturating_sub(having);
    }
}

impl Query {
    /// What the query chooses or refuses of what is marked in a field, for the whole query.
    pub fn mark_choices(&self, field: MarkField) -> Vec<(&Wanted, Choice)> {
        let mut choices = Vec::new();
        for part in self.conjuncts() {
            let (wanted, choice) = of_part(part, field);
            choices.extend(wanted.into_iter().flatten().map(|wanted| (wanted, choice)));
        }
        choices
    }

    /// The query without what [`mark_choices`](Self::mark_choices) finds.
    #[must_use]
    pub fn without_marks_in(&self, field: MarkField) -> Self {
        let parts = self.conjuncts().iter().filter(|part| of_part(part, field).0.is_none());
        Self { expr: Expr::and(parts.cloned().collect()), ..self.clone() }
    }

    /// The query with exactly these choices in a field, at its end.
    #[must_use]
    pub fn with_mark_choices(&self, field: MarkField, choices: &[(Wanted, Choice)]) -> Self {
        let rest = self.without_marks_in(field);
        let any = |choice| {
            let wanted = choices.iter().filter(|(_, it)| *it == choice);
            let term = |wanted: &Wanted| MarkTerm { field, wanted: wanted.clone() };
            Expr::or(wanted.map(|(wanted, _)| Expr::Marked(term(wanted))).collect())
        };
        let mut parts = rest.conjuncts().to_vec();
        parts.extend([any(Choice::Include), any(Choice::Exclude).left_out()]);
        Self { expr: Expr::and(parts), ..rest }
    }
}

/// What one part of a query chooses in a field, when it is nothing else.
fn of_part(part: &Expr, field: MarkField) -> (Option<Vec<&Wanted>>, Choice) {
    let wanted = |expr| chosen_by(expr, field);
    match part {
        Expr::Not(inner) => (alternatives(inner, wanted), Choice::Exclude),
        other => (alternatives(other, wanted), Choice::Include),
    }
}

/// The value that is chosen, if `expr` is that alone. The beginning of a reason chooses none: it is typed, and stays.
fn chosen_by(expr: &Expr, field: MarkField) -> Option<&Wanted> {
    let Expr::Marked(term) = expr else { return None };
    let is_choice = match &term.wanted {
        Wanted::Words(word) => field != MarkField::Reason && word != "any",
        Wanted::Exactly(_) | Wanted::Nothing => true,
    };
    (term.field == field && is_choice).then_some(&term.wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    #[test]
    fn choices_are_read_and_written() {
        let query = parse("gout decision:include|maybe -decision:none tag:liver tag:any").unwrap();
        let choices = |field| {
            let choices = query.mark_choices(field);
            let text = |wanted: &Wanted| MarkTerm { field, wanted: wanted.clone() }.to_string();
            choices.into_iter().map(|(wanted, it)| (text(wanted), it)).collect::<Vec<_>>()
        };
        let (yes, no) = (Choice::Include, Choice::Exclude);
        assert_eq!(
            choices(MarkField::Decision),
            [("include", yes), ("maybe", yes), ("none", no)]
                .map(|(value, choice)| (format!("decision:{value}"), choice))
        );
        assert_eq!(choices(MarkField::Tag), [("tag:liver".to_owned(), yes)]);
        let rest = query.without_marks_in(MarkField::Decision);
        assert_eq!(rest.to_string(), "gout tag:liver tag:any");
        let wanted = [(MarkField::Tag.wanted("two words"), yes), (Wanted::Nothing, no)];
        let query = rest.with_mark_choices(MarkField::Tag, &wanted);
        assert_eq!(query.to_string(), "gout tag:any tag:\"two words\" -tag:none");
        assert_eq!(query.with_mark_choices(MarkField::Tag, &[]).to_string(), "gout tag:any");
        let typed = parse("reason:wrong | reason:\"other\"").unwrap();
        assert!(typed.mark_choices(MarkField::Reason).is_empty());
    }
}
