//! The argument that names the columns of a list, and the columns that only lists of one command have.

use crate::search::{OwnColumn, column_names};

/// What `match` says of a trial beside its columns.
pub const OF_MATCH: [OwnColumn; 5] = [
    OwnColumn { name: "fit", width: 12 },
    OwnColumn { name: "does-not-fit", width: 18 },
    OwnColumn { name: "depends", width: 7 },
    OwnColumn { name: "not-stated", width: 18 },
    OwnColumn { name: "nearest-open-site", width: 34 },
];

/// What `related` says of a trial beside its columns.
pub const OF_RELATED: [OwnColumn; 1] = [OwnColumn { name: "reasons", width: 60 }];

/// The help of the argument: every name.
pub(super) fn help(own: &[OwnColumn]) -> String {
    let names: Vec<&str> = column_names(own).collect();
    format!(
        "The columns of a table, CSV, TSV or JSON, in this order, with commas between them: {}; what queries or CSV call them \
         otherwise counts too",
        names.join(" ")
    )
}
