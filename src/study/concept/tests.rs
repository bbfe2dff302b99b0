//! The table of concepts against itself.

use std::collections::HashSet;

use super::*;

#[test]
fn the_table_is_in_order_and_no_name_is_used_twice() {
    let (mut prefixes, mut keys) = (HashSet::new(), HashSet::new());
    for (index, definition) in CONCEPTS.iter().enumerate() {
        assert_eq!(definition.concept as usize, index);
        for prefix in definition.prefixes {
            assert!(prefixes.insert(*prefix), "{prefix}");
        }
        if let Some(column) = definition.column {
            assert!(keys.insert(column.key), "{}", column.key);
        }
    }
}

#[test]
fn what_a_row_claims_fits_its_kind() {
    for definition in CONCEPTS {
        let Definition { kind, facet, order, difference, reach, .. } = definition;
        let name = definition.concept.name();
        assert!(!definition.paths.is_empty(), "{name} stands nowhere");
        match facet {
            Some(Facet::FewTogether | Facet::ManyTogether) => assert!(
                matches!(kind, Kind::Codes(..) | Kind::Names(_)),
                "{name} cannot be counted always"
            ),
            Some(Facet::WhenShown) => assert!(
                !matches!(kind, Kind::Words(_) | Kind::AgeLimits | Kind::Passages(_) | Kind::Prose),
                "{name} cannot be counted"
            ),
            None => (),
        }
        assert!(definition.recent.is_empty() || matches!(kind, Kind::Date(_)), "{name}");
        let is_apart = matches!(kind, Kind::AgeLimits | Kind::Passages(_));
        let is_asked = *reach != Reach::NotAsked && !is_apart;
        if order.is_some() || is_asked {
            assert_ne!(kind.form(), Form::Record, "{name} is not in the store");
        }
        let is_count = matches!(kind, Kind::Count(_));
        let bands = definition.bands;
        assert!(bands.is_sorted() && (bands.first() == Some(&0)) == is_count, "{name}");
        match difference {
            Some(Difference::Later(_)) => assert!(matches!(kind, Kind::Date(_)), "{name}"),
            Some(Difference::Higher(_)) => assert!(matches!(kind, Kind::Age(_)), "{name}"),
            Some(Difference::More(_)) | None => (),
        }
    }
}

#[test]
fn places_count_within_a_form() {
    for form in [Form::Vocabulary, Form::Number, Form::Record] {
        let places: Vec<usize> = Concept::kept_as(form).map(Concept::place).collect();
        assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
    }
}
