//! Other names of values, where people use another name than the registry does.

use crate::study::Concept::{self, Country, Phase, Sex, State};

/// Names that mean one thing, all folded.
struct Alias {
    concept: Concept,
    /// What people type.
    names: &'static [&'static str],
    /// The values that are meant: of a country that was renamed, or that the registry spelled in several ways, all. What
    /// people type may be one of several as well.
    values: &'static [&'static str],
}

const fn alias(
    concept: Concept,
    names: &'static [&'static str],
    values: &'static [&'static str],
) -> Alias {
    Alias { concept, names, values }
}

#[rustfmt::skip]
const ALIASES: &[Alias] = &[
    alias(Country, &["us", "u.s.", "u.s.a.", "usa", "america", "united states of america"], &["united states"]),
    alias(Country, &["uk", "u.k.", "britain", "great britain", "england"], &["united kingdom"]),
    alias(Country, &["uae"], &["united arab emirates"]),
    alias(Country, &["holland", "the netherlands"], &["netherlands"]),
    alias(Country, &["turkiye"], &["turkey", "turkey (turkiye)"]),
    alias(Country, &[], &["czechia", "czech republic"]),
    alias(Country, &["slovak republic"], &["slovakia"]),
    alias(Country, &["korea", "republic of korea"], &["south korea", "korea, republic of"]),
    alias(Country, &[], &["north korea", "korea, democratic people's republic of"]),
    alias(Country, &[], &["russia", "russian federation"]),
    alias(Country, &["macedonia"], &["north macedonia", "macedonia, the former yugoslav republic of"]),
    alias(Country, &[], &["eswatini", "swaziland"]),
    alias(Country, &[], &["myanmar", "burma"]),
    alias(Country, &[], &["cabo verde", "cape verde"]),
    alias(Country, &["ivory coast"], &["cote d'ivoire"]),
    alias(Country, &[], &["vietnam", "viet nam"]),
    alias(Country, &["persia"], &["iran", "iran, islamic republic of"]),
    alias(Country, &[], &["moldova", "moldova, republic of", "republic of moldova"]),
    alias(Country, &[], &["syria", "syrian arab republic"]),
    alias(Country, &[], &["laos", "lao people's democratic republic"]),
    alias(Country, &[], &["tanzania", "tanzania, united republic of"]),
    alias(Country, &[], &["libya", "libyan arab jamahiriya"]),
    alias(Country, &["east timor"], &["timor-leste"]),
    alias(Country, &["drc", "zaire"], &["democratic republic of the congo", "congo, the democratic republic of the"]),
    alias(Country, &[], &["palestine", "palestinian territories, occupied", "palestinian territory, occupied"]),
    alias(Country, &["the gambia"], &["gambia"]),
    alias(Country, &["the bahamas"], &["bahamas"]),
    alias(Country, &["brunei"], &["brunei darussalam"]),
    alias(Country, &["kyrgyz republic"], &["kyrgyzstan"]),
    alias(State, &["al"], &["alabama"]),
    alias(State, &["ak"], &["alaska"]),
    alias(State, &["az"], &["arizona"]),
    alias(State, &["ar"], &["arkansas"]),
    alias(State, &["ca"], &["california"]),
    alias(State, &["co"], &["colorado"]),
    alias(State, &["ct"], &["connecticut"]),
    alias(State, &["de"], &["delaware"]),
    alias(State, &["fl"], &["florida"]),
    alias(State, &["ga"], &["georgia"]),
    alias(State, &["hi"], &["hawaii"]),
    alias(State, &["id"], &["idaho"]),
    alias(State, &["il"], &["illinois"]),
    alias(State, &["in"], &["indiana"]),
    alias(State, &["ia"], &["iowa"]),
    alias(State, &["ks"], &["kansas"]),
    alias(State, &["ky"], &["kentucky"]),
    alias(State, &["la"], &["louisiana"]),
    alias(State, &["me"], &["maine"]),
    alias(State, &["md"], &["maryland"]),
    alias(State, &["ma"], &["massachusetts"]),
    alias(State, &["mi"], &["michigan"]),
    alias(State, &["mn"], &["minnesota"]),
    alias(State, &["ms"], &["mississippi"]),
    alias(State, &["mo"], &["missouri"]),
    alias(State, &["mt"], &["montana"]),
    alias(State, &["ne"], &["nebraska"]),
    alias(State, &["nv"], &["nevada"]),
    alias(State, &["nh"], &["new hampshire"]),
    alias(State, &["nj"], &["new jersey"]),
    alias(State, &["nm"], &["new mexico"]),
    alias(State, &["ny"], &["new york"]),
    alias(State, &["nc"], &["north carolina"]),
    alias(State, &["nd"], &["north dakota"]),
    alias(State, &["oh"], &["ohio"]),
    alias(State, &["ok"], &["oklahoma"]),
    alias(State, &["or"], &["oregon"]),
    alias(State, &["pa"], &["pennsylvania"]),
    alias(State, &["ri"], &["rhode island"]),
    alias(State, &["sc"], &["south carolina"]),
    alias(State, &["sd"], &["south dakota"]),
    alias(State, &["tn"], &["tennessee"]),
    alias(State, &["tx"], &["texas"]),
    alias(State, &["ut"], &["utah"]),
    alias(State, &["vt"], &["vermont"]),
    alias(State, &["va"], &["virginia"]),
    alias(State, &["wa"], &["washington"]),
    alias(State, &["wv"], &["west virginia"]),
    alias(State, &["wi"], &["wisconsin"]),
    alias(State, &["wy"], &["wyoming"]),
    alias(State, &["dc", "d.c."], &["district of columbia"]),
    alias(State, &["ab"], &["alberta"]),
    alias(State, &["bc"], &["british columbia"]),
    alias(State, &["mb"], &["manitoba"]),
    alias(State, &["nb"], &["new brunswick"]),
    alias(State, &["nl"], &["newfoundland and labrador"]),
    alias(State, &["ns"], &["nova scotia"]),
    alias(State, &["on"], &["ontario"]),
    alias(State, &["pe"], &["prince edward island"]),
    alias(State, &["qc"], &["quebec"]),
    alias(State, &["sk"], &["saskatchewan"]),
    alias(State, &["nsw"], &["new south wales"]),
    alias(State, &["qld"], &["queensland"]),
    alias(State, &["vic"], &["victoria"]),
    alias(State, &["tas"], &["tasmania"]),
    alias(State, &["act"], &["australian capital territory"]),
    alias(Phase, &["0"], &["early phase 1"]),
    alias(Phase, &["i"], &["phase 1"]),
    alias(Phase, &["ii"], &["phase 2"]),
    alias(Phase, &["iii"], &["phase 3"]),
    alias(Phase, &["iv"], &["phase 4"]),
    alias(Sex, &["woman", "women"], &["female"]),
    alias(Sex, &["man", "men"], &["male"]),
    alias(Sex, &["both", "any"], &["all"]),
];

/// The values of `concept` that `folded` is another name of; none when it is no name of several or of another.
pub(super) fn meant(concept: Concept, folded: &str) -> &'static [&'static str] {
    let is_meant = |alias: &&Alias| {
        let is_value = alias.values.len() > 1 && alias.values.contains(&folded);
        alias.concept == concept && (is_value || alias.names.contains(&folded))
    };
    ALIASES.iter().find(is_meant).map_or(&[], |alias| alias.values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn aliases_are_folded_and_mean_one_thing() {
        let mut seen = std::collections::HashSet::new();
        for Alias { concept, names, values } in ALIASES {
            for name in names.iter().chain(*values) {
                assert_eq!(text::fold(name), *name);
                assert!(seen.insert((concept, name)) || values.len() == 1, "{name}");
            }
            assert!(names.len() + values.len() > 1);
        }
    }

    #[test]
    fn every_name_of_a_country_means_all_its_spellings() {
        for names in [
            &["turkey", "turkiye", "turkey (turkiye)"][..],
            &["czechia", "czech republic"],
            &["south korea", "korea, republic of", "republic of korea"],
        ] {
            for name in names {
                let meant = meant(Concept::Country, name);
                assert!(meant.len() > 1 && names.iter().any(|name| meant.contains(name)), "{name}");
            }
        }
        assert_eq!(meant(Concept::Country, "france"), [""; 0]);
        assert_eq!(meant(Concept::City, "turkey"), [""; 0]);
    }

    #[test]
    fn aliases_of_closed_vocabularies_mean_values_that_exist() {
        for Alias { concept, values, .. } in ALIASES.iter().filter(|it| it.concept.has_codes()) {
            for value in *values {
                let terms = concept.terms();
                assert!(terms.iter().any(|term| text::fold(term.label) == *value), "{value}");
            }
        }
    }
}
