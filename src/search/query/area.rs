//! Terms that ask something of an area of the registry.

use std::fmt;

use super::{Ask, Expr, Term, write_quoted};
use crate::search::area::Area;
use crate::study::Concept;
use crate::study::concept::Kind;

/// A word or a phrase that is asked of an area.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AreaTerm {
    pub area: Area,
    pub ask: Ask,
}

impl AreaTerm {
    /// The same, asked of each field. Any of them will do; but what is not stated is stated in none.
    pub(in crate::search) fn fields(&self) -> Vec<Term> {
        let fields = self.area.definition().fields.iter();
        fields.map(|&concept| of_field(concept, &self.ask)).collect()
    }

    /// The same as an expression that knows no areas.
    pub(in crate::search) fn expanded(&self) -> Expr {
        let fields = self.fields().into_iter().map(Expr::Term).collect();
        if self.ask == Ask::NotStated { Expr::and(fields) } else { Expr::or(fields) }
    }
}

/// What asks for a phrase in a field. Behind the prefix of names, quotes mean the whole value.
pub(in crate::search) fn of_field(concept: Concept, ask: &Ask) -> Term {
    let is_names = matches!(concept.definition().kind, Kind::Names(_));
    let ask = match ask {
        Ask::Quoted(text) if is_names => Ask::Phrase(text.clone()),
        ask => ask.clone(),
    };
    Term { concept: Some(concept), ask }
}

impl fmt::Display for AreaTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.area.name())?;
        match &self.ask {
            Ask::Word(word) => f.write_str(word),
            Ask::NotStated => f.write_str("none"),
            Ask::Quoted(text) | Ask::Phrase(text) | Ask::Apart(text, _) => write_quoted(f, text),
            Ask::Range(range) => write!(f, "{range}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    #[test]
    fn a_word_of_an_area_stands_in_any_of_its_fields() {
        let store = Store::of([
            made(1).title("Leaves of the Olive").conditions(["Gout"]).sponsor("Olive Oil Ltd"),
            made(2).title("Tumours").conditions(["Renal Cell Carcinoma"]),
            made(3).title("Gouty Arthritis in Lyon").conditions(["Pain"]),
        ]);
        for (query, found) in [
            ("titles:gout", &["NCT00000003"][..]),
            ("condition-search:gout", &["NCT00000001", "NCT00000003"]),
            ("condition-search:(gout olive)", &["NCT00000001"]),
            ("titles:\"of the olive\"", &["NCT00000001"]),
            ("condition-search:\"cell carcinoma\"", &["NCT00000002"]),
            ("cond:~\"cell carcinoma\"", &["NCT00000002"]),
            ("cond:~\"carcinoma cell\"", &[]),
            ("cond:\"cell carcinoma\"", &[]),
            ("titles:tumor", &["NCT00000002"]),
            ("titles:tumuors", &["NCT00000002"]),
            ("titles:olive|tumours", &["NCT00000001", "NCT00000002"]),
            ("titles:=tumor", &[]),
            ("-titles:tumor", &["NCT00000001", "NCT00000003"]),
            ("intr:none condition-search:pain", &[]),
            ("locn:none titles:gouty", &["NCT00000003"]),
            ("spons:olive", &["NCT00000001"]),
        ] {
            let parsed = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(parse(&parsed.to_string()), Ok(parsed.clone()), "{query}: {parsed}");
            let rows = answer(&store, &parsed, &Cancel::default()).unwrap().rows;
            let mut ids: Vec<String> =
                rows.iter().map(|study| store.id(study).to_string()).collect();
            ids.sort();
            assert_eq!(ids, found, "{query}");
        }
    }
}
