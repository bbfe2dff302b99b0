//! The bill of materials lists what the program is built from, no more and no less.

#[expect(dead_code, reason = "it is a program of its own, too")]
#[path = "../sbom.rs"]
mod sbom;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::tidy::read;
use sbom::Build;

fn texts<'v>(list: &'v Value, key: &str) -> BTreeSet<&'v str> {
    list.as_array().unwrap().iter().map(|entry| entry[key].as_str().unwrap()).collect()
}

#[test]
fn the_bill_of_materials_lists_what_is_built_in() {
    let bill = sbom::bill(&Build::default()).unwrap();
    let listed = texts(&bill["components"], "name");
    // Every library that the manifest names, but the optional one and those of tests and other systems.
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let named = manifest["dependencies"].as_table().unwrap();
    for (name, how) in named {
        let optional = how.get("optional").is_some_and(|it| it.as_bool() == Some(true));
        assert_eq!(listed.contains(name.as_str()), !optional, "{name}");
    }
    assert!(listed.contains("zstd-sys") && listed.contains("cc"), "what they use in turn");
    // Tools of tests, and terminals that a feature of a library would bring.
    for unused in ["insta", "proptest", "zip", "termwiz", "palette", "windows-sys"] {
        assert!(!listed.contains(unused), "{unused}");
    }
    for component in bill["components"].as_array().unwrap() {
        assert_eq!(component["hashes"][0]["content"].as_str().unwrap().len(), 64, "{component}");
        assert_ne!(component["licenses"][0]["expression"], "", "{component}");
    }
    // Whatever is named anywhere is a component, or the program.
    let mut known = texts(&bill["components"], "bom-ref");
    known.insert(bill["metadata"]["component"]["bom-ref"].as_str().unwrap());
    assert_eq!(texts(&bill["dependencies"], "ref"), known);
    for entry in bill["dependencies"].as_array().unwrap() {
        let used = entry["dependsOn"].as_array().unwrap();
        assert!(used.iter().all(|it| known.contains(it.as_str().unwrap())), "{entry}");
    }
}
