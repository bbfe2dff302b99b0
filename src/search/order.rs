//! The order in which what was found stands: the one that is asked for, else the best match first.

use roaring::RoaringBitmap;

use super::hits::Hits;
use super::profile::Profile;
use super::query::{Expr, Query};
use super::rank;
use super::rows::Rows;
use super::sort::Beside;
use super::suit;
use crate::marks::Marks;
use crate::store::{Store, StudyIdx};

/// The studies found in their order.
pub(super) fn rows(
    (store, marks): (&Store, &Marks),
    query: &Query,
    studies: &RoaringBitmap,
    hits: &mut Hits,
) -> Rows {
    if let Some(Profile { person, .. }) = &query.profile {
        let all = studies.iter().map(StudyIdx);
        let (rows, suited) = suit::rows(store, all, person, &hits.near);
        hits.suited = Some(suited);
        if query.sort.is_empty() {
            return rows;
        }
    }
    match (query.sort.first(), &query.expr, &hits.ranks[..]) {
        (Some(_), ..) => query.sort.rows(store, studies, Beside { near: &hits.near, marks }),
        (None, ..) if !hits.is_ranked() => Rows::in_classes([studies.clone()]),
        // The tiers of a lone term are the classes.
        (None, Expr::Term(_), [hit]) => {
            let tiers = hit.tiers.iter().map(|tier| tier.studies.clone());
            Rows::in_classes(rank::open_first(store, tiers))
        }
        (None, ..) => {
            let tiers = hits.ranks.iter().map(|hit| &hit.tiers[..]);
            let classes = rank::classes(studies, tiers);
            Rows::in_classes(rank::open_first(store, classes.into_iter()))
        }
    }
}
