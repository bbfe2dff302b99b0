//! Pools are what the vectors would be that they stand for.

use proptest::prelude::*;

use super::*;

#[test]
fn a_full_pool_says_what_the_limit_is() {
    let mut strings = Strings::default();
    assert_eq!(strings.room_for(MOST), Ok(()));
    strings.push("a");
    assert_eq!(strings.room_for(MOST - 1), Ok(()));
    let full = strings.room_for(MOST).unwrap_err().to_string();
    assert!(full.starts_with("hold more than 4 GiB of distinct text"), "{full}");
    let mut lists = Lists::default();
    lists.push([]);
    assert!(lists.room_for(MOST).is_err() && lists.room_for(MOST - 1).is_ok());
    assert!(lists.room_for(usize::MAX).is_err());
}

proptest! {
    #[test]
    fn prefixes_are_found_as_a_scan_finds_them(mut strings in prop::collection::vec("[ab]{0,4}", 0..30), prefix in "[ab]{0,3}") {
        strings.sort();
        let pool: Strings = strings.iter().collect();
        let found: Vec<_> = pool.with_prefix(&prefix).map(|index| pool.get(index).to_owned()).collect();
        let expected: Vec<_> = strings.into_iter().filter(|string| string.starts_with(&prefix)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn strings_are_put_in_the_order_of_a_sort(strings in prop::collection::vec("[ab\u{0}é]{0,20}|(b{16}){0,5}[ab\u{0}]{0,2}", 0..90)) {
        let pool: Strings = strings.iter().collect();
        let mut expected: Vec<u32> = (0..strings.len() as u32).collect();
        expected.sort_by(|&a, &b| strings[a as usize].cmp(&strings[b as usize]).then_with(|| b.cmp(&a)));
        prop_assert_eq!(pool.sorted_by(|a, b| b.cmp(&a)), expected);
    }

    #[test]
    fn pools_are_joined_as_one_by_one(first in prop::collection::vec("[ab]{0,3}", 0..9), second in prop::collection::vec("[ab]{0,3}", 0..9)) {
        let mut joined: Strings = first.iter().collect();
        joined.append(&mut second.iter().collect());
        prop_assert_eq!(joined, first.iter().chain(&second).collect::<Strings>());
        let lists = |strings: &[String]| {
            let mut lists = Lists::default();
            for string in strings {
                lists.push(string.bytes().map(u32::from));
            }
            lists
        };
        let mut joined = lists(&first);
        joined.append(&mut lists(&second), |element| element);
        prop_assert_eq!(&joined, &lists(&[first, second].concat()));
        let mut deduped = joined.clone();
        deduped.dedup();
        prop_assert_eq!(deduped.len(), joined.len());
        for (list, deduped) in joined.iter().zip(deduped.iter()) {
            let mut expected = list.to_vec();
            expected.dedup();
            prop_assert_eq!(deduped, expected);
        }
        let places: Vec<u32> = (0..joined.len() as u32).rev().chain(0..joined.len() as u32).collect();
        let picked = joined.picked(&places, |element| element + 1);
        prop_assert_eq!(picked.len(), places.len());
        for (picked, place) in picked.iter().zip(places) {
            let expected: Vec<u32> = joined.get(place as usize).iter().map(|element| element + 1).collect();
            prop_assert_eq!(picked, expected);
        }
    }

    #[test]
    fn turning_lists_around_twice_gives_them_back(sets in prop::collection::vec(prop::collection::btree_set(0..20_u32, 0..8), 0..20)) {
        let mut lists = Lists::default();
        for set in &sets {
            lists.push(set.iter().copied());
        }
        prop_assert_eq!(lists.inverted(20).inverted(sets.len()), lists);
    }
}
