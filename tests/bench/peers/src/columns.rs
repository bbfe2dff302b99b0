//! What the index of trialdex takes from a record, as plain serde types: the least work that gives the same columns.

use std::borrow::{Borrow, Cow};
use std::ops::Deref;

use serde::Deserialize;

/// Borrowed where the JSON has it as it is; serde borrows a `Cow` only where it stands alone.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

impl Borrow<str> for Borrowed<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Deref for Borrowed<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

type Text<'a> = Option<Borrowed<'a>>;
type Texts<'a> = Vec<Borrowed<'a>>;

macro_rules! objects {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => { $(
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        pub(crate) struct $name<'a> {
            $(#[serde(borrow)] $field: $type,)*
        }
    )* };
}

objects! {
    Study { protocol_section: Protocol<'a>, derived_section: Derived<'a>, }
    Protocol {
        identification_module: Identification<'a>, status_module: Status<'a>, sponsor_collaborators_module: Sponsors<'a>,
        conditions_module: Conditions<'a>, design_module: Design<'a>, arms_interventions_module: Arms<'a>,
        eligibility_module: Eligibility<'a>, contacts_locations_module: Contacts<'a>,
    }
    Identification {
        nct_id: Text<'a>, nct_id_aliases: Texts<'a>, org_study_id_info: Id<'a>, secondary_id_infos: Vec<Id<'a>>,
        brief_title: Text<'a>, official_title: Text<'a>, acronym: Text<'a>,
    }
    Id { id: Text<'a>, }
    Status { overall_status: Text<'a>, start_date_struct: Date<'a>, last_update_post_date_struct: Date<'a>, }
    Date { date: Text<'a>, }
    Sponsors { lead_sponsor: Agency<'a>, collaborators: Vec<Agency<'a>>, }
    Agency { name: Text<'a>, class: Text<'a>, }
    Conditions { conditions: Texts<'a>, keywords: Texts<'a>, }
    Design { study_type: Text<'a>, phases: Texts<'a>, enrollment_info: Enrollment<'a>, }
    Arms { interventions: Vec<Intervention<'a>>, }
    Intervention { r#type: Text<'a>, name: Text<'a>, other_names: Texts<'a>, }
    Eligibility { sex: Text<'a>, }
    Contacts { locations: Vec<Location<'a>>, }
    Location { city: Text<'a>, country: Text<'a>, }
    Derived { condition_browse_module: Browse<'a>, intervention_browse_module: Browse<'a>, }
    Browse { meshes: Vec<Mesh<'a>>, ancestors: Vec<Mesh<'a>>, }
    Mesh { term: Text<'a>, }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Enrollment<'a> {
    count: Option<u32>,
    #[serde(skip)]
    borrowed: std::marker::PhantomData<&'a str>,
}

/// What [`Study::searched`] gives, in its order.
pub(crate) const SEARCHED: [&str; 7] =
    ["id", "acronym", "title", "condition", "keyword", "intervention", "sponsor"];

impl Study<'_> {
    /// What trialdex looks for a bare word in, field by field.
    pub(crate) fn searched(&self) -> [String; SEARCHED.len()] {
        let protocol = &self.protocol_section;
        let identification = &protocol.identification_module;
        let all = |texts: &mut dyn Iterator<Item = &Text>| {
            texts.filter_map(Option::as_deref).collect::<Vec<_>>().join("\n")
        };
        let aliases = identification.nct_id_aliases.join("\n");
        let secondary = identification.secondary_id_infos.iter().map(|info| &info.id);
        let ids = [&identification.nct_id, &identification.org_study_id_info.id];
        let titles = [&identification.brief_title, &identification.official_title];
        let interventions = protocol.arms_interventions_module.interventions.iter();
        let interventions: Vec<String> = interventions
            .map(|it| [all(&mut [&it.name].into_iter()), it.other_names.join("\n")].join("\n"))
            .collect();
        [
            [all(&mut ids.into_iter().chain(secondary)), aliases].join("\n"),
            all(&mut [&identification.acronym].into_iter()),
            all(&mut titles.into_iter()),
            protocol.conditions_module.conditions.join("\n"),
            protocol.conditions_module.keywords.join("\n"),
            interventions.join("\n"),
            all(&mut [&protocol.sponsor_collaborators_module.lead_sponsor.name].into_iter()),
        ]
    }

    /// The study as one line of text.
    pub(crate) fn row(&self) -> String {
        let protocol = &self.protocol_section;
        let one = |text: &Text| text.as_deref().unwrap_or_default().to_owned();
        let identification = &protocol.identification_module;
        [
            one(&identification.nct_id),
            one(&identification.brief_title),
            protocol.conditions_module.conditions.join(" "),
            one(&protocol.sponsor_collaborators_module.lead_sponsor.name),
        ]
        .join(" ")
    }
}
