//! A dataset that changes while it is open: what was read stays, and a record that cannot be read any more says so.

use std::fs;
use std::sync::Arc;

use trialdex::app::App;
use trialdex::load::{Original, Packing};
use trialdex::store::{RecordOrigin, StoreBuilder};

use super::journey::Journey;
use crate::made::made;

#[test]
fn a_record_that_has_changed_is_not_shown_and_nothing_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("studies.ndjson");
    let records = [1, 2].map(|id| made(id).title(&format!("Title {id}")).json());
    fs::write(&path, records.concat()).unwrap();
    let file: Arc<str> = path.to_str().unwrap().into();
    let (mut builder, mut start) = (StoreBuilder::default(), 0);
    for record in &records {
        let (bytes, packing) = (record.len() as u32, Packing::Plain);
        let original = Original { file: file.clone(), start, bytes, packing, text: 0..bytes };
        builder.push_from(record, RecordOrigin::Place(&original)).unwrap();
        start += u64::from(bytes);
    }
    let store = Arc::new(builder.finish().unwrap());
    let open = || Journey::starting(App::default()).loaded(store.clone());
    open().press("<space> j <space> c").sees("2 differences").sees("NCT00000002");

    fs::write(&path, records.concat().replace("Title", "Other")).unwrap();
    let journey = open().sees("Title 1").sees("This record cannot be read");
    let journey = journey.press("<space> j <space> c").sees("NCT00000001 cannot be read");
    let journey = journey.misses("0 differences");
    // What to do about it is there on a small screen too.
    journey.sized((40, 10)).sees("again");
}
