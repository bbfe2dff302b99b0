//! Parts of the world, each with its countries as the registry calls them.

/// By what people call them.
#[rustfmt::skip]
const REGIONS: &[(&[&str], &[&str])] = &[
    (&["europe"], &[
        "albania", "austria", "belarus", "belgium", "bosnia and herzegovina", "bulgaria", "croatia", "cyprus", "czechia",
        "denmark", "estonia", "finland", "france", "germany", "greece", "hungary", "iceland", "ireland", "italy", "kosovo",
        "latvia", "lithuania", "luxembourg", "malta", "moldova", "monaco", "montenegro", "netherlands", "north macedonia",
        "norway", "poland", "portugal", "romania", "russia", "serbia", "slovakia", "slovenia", "spain", "sweden",
        "switzerland", "ukraine", "united kingdom",
    ]),
    (&["european union"], &[
        "austria", "belgium", "bulgaria", "croatia", "cyprus", "czechia", "denmark", "estonia", "finland", "france",
        "germany", "greece", "hungary", "ireland", "italy", "latvia", "lithuania", "luxembourg", "malta", "netherlands",
        "poland", "portugal", "romania", "slovakia", "slovenia", "spain", "sweden",
    ]),
    (&["scandinavia", "nordic countries"], &["denmark", "finland", "iceland", "norway", "sweden"]),
    (&["asia"], &[
        "afghanistan", "armenia", "azerbaijan", "bahrain", "bangladesh", "brunei", "cambodia", "china", "georgia",
        "hong kong", "india", "indonesia", "iran", "iraq", "israel", "japan", "jordan", "kazakhstan", "kuwait",
        "kyrgyzstan", "laos", "lebanon", "macau", "malaysia", "mongolia", "myanmar", "nepal", "oman", "pakistan",
        "palestine", "philippines", "qatar", "saudi arabia", "singapore", "south korea", "sri lanka", "syria", "taiwan",
        "tajikistan", "thailand", "turkiye", "united arab emirates", "uzbekistan", "vietnam", "yemen",
    ]),
    (&["southeast asia", "south east asia"], &[
        "brunei", "cambodia", "indonesia", "laos", "malaysia", "myanmar", "philippines", "singapore", "thailand", "vietnam",
    ]),
    (&["middle east"], &[
        "bahrain", "egypt", "iran", "iraq", "israel", "jordan", "kuwait", "lebanon", "oman", "palestine", "qatar",
        "saudi arabia", "syria", "turkiye", "united arab emirates", "yemen",
    ]),
    (&["africa"], &[
        "algeria", "angola", "benin", "botswana", "burkina faso", "burundi", "cameroon", "cabo verde", "chad", "congo",
        "cote d'ivoire", "democratic republic of the congo", "egypt", "equatorial guinea", "eswatini", "ethiopia", "gabon",
        "gambia", "ghana", "guinea", "guinea-bissau", "kenya", "lesotho", "liberia", "libya", "madagascar", "malawi",
        "mali", "mauritania", "mauritius", "morocco", "mozambique", "namibia", "niger", "nigeria", "rwanda", "senegal",
        "sierra leone", "somalia", "south africa", "sudan", "tanzania", "togo", "tunisia", "uganda", "zambia", "zimbabwe",
    ]),
    (&["north america"], &["canada", "mexico", "united states"]),
    (&["latin america"], &[
        "argentina", "bolivia", "brazil", "chile", "colombia", "costa rica", "cuba", "dominican republic", "ecuador",
        "el salvador", "guatemala", "haiti", "honduras", "mexico", "nicaragua", "panama", "paraguay", "peru",
        "puerto rico", "uruguay", "venezuela",
    ]),
    (&["south america"], &[
        "argentina", "bolivia", "brazil", "chile", "colombia", "ecuador", "guyana", "paraguay", "peru", "suriname",
        "uruguay", "venezuela",
    ]),
    (&["oceania", "australasia"], &["australia", "fiji", "new zealand", "papua new guinea"]),
];

/// The countries of a part of the world.
pub(super) fn countries(folded: &str) -> Option<&'static [&'static str]> {
    let called = |(names, _): &&(&[&str], &[&str])| names.contains(&folded);
    REGIONS.iter().find(called).map(|(_, countries)| *countries)
}
