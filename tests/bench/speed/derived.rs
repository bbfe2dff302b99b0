//! What the index needs of a record, read by derived `serde` code: quick, but it refuses everything odd.

use std::borrow::Cow;

use serde::Deserialize;

/// Borrowed unless it holds escapes; within an `Option` a bare `Cow` never is.
#[derive(Deserialize)]
pub(crate) struct Words<'a>(
    #[expect(dead_code, reason = "it is read and thrown away")]
    #[serde(borrow)]
    Cow<'a, str>,
);

type Text<'a> = Option<Words<'a>>;
type Texts<'a> = Vec<Words<'a>>;

/// Declares objects by their keys, none of which must be there.
macro_rules! objects {
    ($($name:ident { $($key:literal $field:ident: $type:ty,)* })*) => { $(
        #[derive(Default, Deserialize)]
        #[serde(default)]
        pub(crate) struct $name<'a> {
            $(#[serde(borrow, rename = $key)] $field: $type,)*
        }
    )* };
}

objects! {
    Study {
        "protocolSection" protocol: Protocol<'a>,
        "derivedSection" derived: Derived<'a>,
    }
    Protocol {
        "identificationModule" identification: Identification<'a>,
        "statusModule" status: Status<'a>,
        "sponsorCollaboratorsModule" sponsors: Sponsors<'a>,
        "conditionsModule" conditions: Conditions<'a>,
        "designModule" design: Design<'a>,
        "armsInterventionsModule" arms: Arms<'a>,
        "eligibilityModule" eligibility: Eligibility<'a>,
        "contactsLocationsModule" contacts: Contacts<'a>,
    }
    Identification {
        "nctId" nct_id: Text<'a>,
        "nctIdAliases" aliases: Texts<'a>,
        "orgStudyIdInfo" org_study_id: Number<'a>,
        "secondaryIdInfos" secondary_ids: Vec<Number<'a>>,
        "briefTitle" brief_title: Text<'a>,
        "officialTitle" official_title: Text<'a>,
        "acronym" acronym: Text<'a>,
    }
    Number {
        "id" id: Text<'a>,
    }
    Status {
        "overallStatus" overall: Text<'a>,
        "startDateStruct" start: Day<'a>,
        "lastUpdateSubmitDate" update_submitted: Text<'a>,
        "lastUpdatePostDateStruct" update_posted: Day<'a>,
    }
    Day {
        "date" date: Text<'a>,
    }
    Sponsors {
        "leadSponsor" lead: Agency<'a>,
        "collaborators" collaborators: Vec<Agency<'a>>,
    }
    Agency {
        "name" name: Text<'a>,
        "class" class: Text<'a>,
    }
    Conditions {
        "conditions" conditions: Texts<'a>,
        "keywords" keywords: Texts<'a>,
    }
    Design {
        "studyType" study_type: Text<'a>,
        "phases" phases: Texts<'a>,
    }
    Arms {
        "interventions" interventions: Vec<Intervention<'a>>,
    }
    Intervention {
        "type" kind: Text<'a>,
        "name" name: Text<'a>,
        "otherNames" other_names: Texts<'a>,
    }
    Eligibility {
        "sex" sex: Text<'a>,
    }
    Contacts {
        "locations" locations: Vec<Location<'a>>,
    }
    Location {
        "city" city: Text<'a>,
        "country" country: Text<'a>,
    }
    Derived {
        "miscInfoModule" misc: Misc<'a>,
    }
    Misc {
        "versionHolder" version_holder: Text<'a>,
    }
}
