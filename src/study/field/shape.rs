//! What the objects in a record's lists are called and which details they have.

use super::read::Read::{Date, Each, Join, Line, List, Prose, Term};
use super::read::{Part, Shape};
use crate::study::terms::{
    AGENCY_CLASS, ARM_TYPE, ID_TYPE, INTERVENTION_TYPE, REFERENCE_TYPE, RELEVANCE, RESTRICTION,
    ROLE, STATUS, UNPOSTED_EVENT, VIOLATION_EVENT,
};
use crate::study::value::Role;

/// Declares shapes: the name of an object, behind `of` its kind; then the labels and values of its details,
/// behind `as` the role of a detail, behind `left` keys that are shown elsewhere.
macro_rules! shapes {
    ($($shape:ident $name:expr $(, of $kind:expr)? => {
        $($label:literal $(as $role:ident)?: $read:expr;)*
        $(left $($left:literal)*;)?
    })*) => {
        $(pub(super) const $shape: &Shape = &Shape {
            kind: [$(Some($kind),)? None][0],
            name: $name,
            details: &[$(Part {
                label: $label,
                role: [$(Role::$role,)? Role::Other][0],
                read: $read,
            }),*],
            left: &[$($($left),*)?],
        };)*
    };
}

shapes! {
    SPONSOR Line("name") => {
        "class": Term(AGENCY_CLASS, "class");
    }
    ORGANIZATION Line("fullName") => {
        "class": Term(AGENCY_CLASS, "class");
    }
    RESPONSIBLE_PARTY Term(ROLE, "type") => {
        "": Line("investigatorFullName");
        "": Line("investigatorTitle");
        "": Line("investigatorAffiliation");
        "": Line("oldNameTitle");
        "": Line("oldOrganization");
    }
    IDENTIFIER Line("id") => {
        "": Term(ID_TYPE, "type");
        "": Line("domain");
        "": Line("link");
    }
    EXPANDED_ACCESS Line("hasExpandedAccess") => {
        "": Line("nctId");
        "": Term(STATUS, "statusForNctId");
    }
    EXPANDED_ACCESS_TYPES Join("", &[]) => {
        "Individual patients": Line("individual");
        "Intermediate-size population": Line("intermediate");
        "Treatment protocol": Line("treatment");
    }
    ARM Line("label") => {
        "Type" as Type: Term(ARM_TYPE, "type");
        "": Prose("description");
        "Interventions" as Interventions: List("interventionNames");
    }
    INTERVENTION Line("name"), of Term(INTERVENTION_TYPE, "type") => {
        "": Prose("description");
        "Other names": List("otherNames");
        "Arms": List("armGroupLabels");
    }
    OUTCOME Line("measure") => {
        "Time frame" as TimeFrame: Line("timeFrame");
        "": Prose("description");
    }
    CONTACT Line("name") => {
        "": Term(ROLE, "role");
        "": Line("phone");
        "extension": Line("phoneExt");
        "": Line("email");
    }
    OFFICIAL Line("name") => {
        "": Term(ROLE, "role");
        "": Line("affiliation");
    }
    LOCATION Join(", ", &[Line("facility"), Line("city"), Line("state"), Line("zip"), Line("country")]) => {
        "Status": Term(STATUS, "status");
        "Contacts": Each("contacts", CONTACT);
        left "geoPoint";
    }
    REFERENCE Line("citation") => {
        "": Term(REFERENCE_TYPE, "type");
        "PMID": Line("pmid");
        "Retracted": Each("retractions", RETRACTION);
    }
    RETRACTION Line("source") => {
        "PMID": Line("pmid");
    }
    LINK Prose("label") => {
        "": Line("url");
    }
    AVAILABLE_DATA Line("type") => {
        "Identifier": Line("id");
        "Address": Line("url");
        "": Prose("comment");
    }
    UPLOAD Line("label") => {
        "Date": Date("date");
        "Uploaded": Date("uploadDate");
        "File": Line("filename");
        "Bytes": Line("size");
        "Kind": Line("typeAbbrev");
        "Study protocol": Line("hasProtocol");
        "Statistical analysis plan": Line("hasSap");
        "Informed consent form": Line("hasIcf");
    }
    MESH Line("term") => {
        "": Line("id");
    }
    BROWSE_LEAF Line("name") => {
        "": Line("id");
        "as found": Line("asFound");
        "": Term(RELEVANCE, "relevance");
    }
    BROWSE_BRANCH Line("name") => {
        "": Line("abbrev");
    }
    SUBMISSION Date("releaseDate") => {
        "returned": Date("resetDate");
        "cancelled": Date("unreleaseDate");
        "cancelled on an unknown date": Line("unreleaseDateUnknown");
        "quality review": Line("mcpReleaseN");
    }
    UNPOSTED Term(UNPOSTED_EVENT, "type") => {
        "": Date("date");
        "date unknown": Line("dateUnknown");
    }
    VIOLATION Term(VIOLATION_EVENT, "type") => {
        "": Prose("description");
        "Created": Date("creationDate");
        "Issued": Date("issuedDate");
        "Released": Date("releaseDate");
        "Posted": Date("postedDate");
    }
    AGREEMENT Line("otherDetails") => {
        "All principal investigators are employed by the sponsor": Line("piSponsorEmployee");
        "An agreement restricts what they may discuss or publish": Line("restrictiveAgreement");
        "Kind of restriction": Term(RESTRICTION, "restrictionType");
    }
    RESULTS_CONTACT Line("title") => {
        "": Line("organization");
        "Phone": Join(" ext. ", &[Line("phone"), Line("phoneExt")]);
        "": Line("email");
    }
}
