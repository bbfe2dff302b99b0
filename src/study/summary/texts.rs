//! The longer texts of a record, borrowed from its JSON. They are read apart from the rest, since the index needs them
//! only for its prose.

use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess};

use super::lenient::{List, Object, ObjectVisitor, Text};
use super::objects;

objects! {
    /// The root of a record.
    Texts {
        "protocolSection" protocol: Protocol<'a>,
    }
    Protocol {
        "descriptionModule" description: Description<'a>,
        "outcomesModule" outcomes: Outcomes<'a>,
        "eligibilityModule" eligibility: Eligibility<'a>,
    }
    Description called summary {
        "briefSummary" summary: Text<'a>,
        "detailedDescription" detailed: Text<'a>,
    }
    Outcomes {
        "primaryOutcomes" primary: List<Outcome<'a>>,
        "secondaryOutcomes" secondary: List<Outcome<'a>>,
        "otherOutcomes" other: List<Outcome<'a>>,
    }
    Outcome called measure {
        "measure" measure: Text<'a>,
        "description" description: Text<'a>,
        "timeFrame" time_frame: Text<'a>,
    }
    Eligibility called criteria {
        "eligibilityCriteria" criteria: Text<'a>,
    }
}
