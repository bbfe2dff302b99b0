//! What the index of trialdex takes from a record, as plain serde types: the least work that gives the same columns.

use std::borrow::Cow;

use serde::Deserialize;

type Text<'a> = Option<Cow<'a, str>>;

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
        nct_id: Text<'a>, nct_id_aliases: Vec<Cow<'a, str>>, org_study_id_info: Id<'a>, secondary_id_infos: Vec<Id<'a>>,
        brief_title: Text<'a>, official_title: Text<'a>, acronym: Text<'a>,
    }
    Id { id: Text<'a>, }
    Status { overall_status: Text<'a>, start_date_struct: Date<'a>, last_update_post_date_struct: Date<'a>, }
    Date { date: Text<'a>, }
    Sponsors { lead_sponsor: Agency<'a>, collaborators: Vec<Agency<'a>>, }
    Agency { name: Text<'a>, class: Text<'a>, }
    Conditions { conditions: Vec<Cow<'a, str>>, keywords: Vec<Cow<'a, str>>, }
    Design { study_type: Text<'a>, phases: Vec<Cow<'a, str>>, enrollment_info: Enrollment<'a>, }
    Arms { interventions: Vec<Intervention<'a>>, }
    Intervention { r#type: Text<'a>, name: Text<'a>, other_names: Vec<Cow<'a, str>>, }
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

impl Study<'_> {
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
