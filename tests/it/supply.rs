//! The bill of materials lists what the program is built from, no more and no less, and all of it may be used.

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

fn is_optional(how: &toml::Value) -> bool {
    how.get("optional").is_some_and(|it| it.as_bool() == Some(true))
}

#[test]
fn the_bill_of_materials_lists_what_is_built_in() {
    let bill = sbom::bill(&Build::default()).unwrap();
    let listed = texts(&bill["components"], "name");
    // Every library that the manifest names, but the optional one and those of tests and other systems.
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let named = manifest["dependencies"].as_table().unwrap();
    for (name, how) in named {
        assert_eq!(listed.contains(name.as_str()), !is_optional(how), "{name}");
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

#[test]
fn the_fuzzer_is_built_of_the_same_libraries() {
    let packages = |path: &str| -> BTreeSet<(String, String)> {
        let lock: toml::Table = read(path).parse().unwrap();
        let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
        let packages = lock["package"].as_array().unwrap();
        packages.iter().map(|it| (text(it, "name"), text(it, "version"))).collect()
    };
    let (program, fuzzer) = (packages("Cargo.lock"), packages("fuzz/Cargo.lock"));
    let own = ["trialdex-fuzz", "libfuzzer-sys", "arbitrary"];
    let others: Vec<_> =
        fuzzer.difference(&program).filter(|(name, _)| !own.contains(&name.as_str())).collect();
    assert!(
        others.is_empty(),
        "copy Cargo.lock into fuzz/ and run cargo update -w there: {others:?}"
    );
    let names: BTreeSet<&str> = fuzzer.iter().map(|(name, _)| name.as_str()).collect();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    for (name, how) in manifest["dependencies"].as_table().unwrap() {
        assert!(
            is_optional(how) || names.contains(name.as_str()),
            "copy Cargo.lock into fuzz/ and run cargo update -w there: {name}"
        );
    }
}

/// Whether one of the alternatives of a licence is allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    either(&mut &words[..], allowed)
}

/// Reads `a AND b OR (c OR d)` up to a bracket that closes.
fn either(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let (mut any, mut all) = (false, true);
    while let Some((&word, rest)) = words.split_first() {
        *words = rest;
        match word {
            ")" => break,
            "AND" => (),
            "OR" => (any, all) = (any || all, true),
            "(" => all &= either(words, allowed),
            licence => {
                let whole = match rest {
                    ["WITH", exception, rest @ ..] => {
                        *words = rest;
                        format!("{licence} WITH {exception}")
                    }
                    _ => licence.to_owned(),
                };
                all &= allowed.contains(whole.as_str());
            }
        }
    }
    any || all
}

#[test]
fn alternatives_of_licences_are_read() {
    let allowed = BTreeSet::from(["MIT", "Zlib", "A WITH B"]);
    for yes in
        ["MIT", "GPL OR MIT", "MIT AND Zlib", "(GPL OR MIT) AND A WITH B", "GPL AND X OR Zlib"]
    {
        assert!(is_allowed(yes, &allowed), "{yes}");
    }
    for no in ["GPL", "A", "MIT AND GPL", "(MIT OR GPL) AND X", "A WITH C"] {
        assert!(!is_allowed(no, &allowed), "{no}");
    }
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let rules: toml::Table = read("deny.toml").parse().unwrap();
    let texts = |list: &'_ toml::Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    let general = texts(&rules["licenses"]["allow"]);
    let exceptions = rules["licenses"]["exceptions"].as_array().unwrap();
    let bill = sbom::bill(&Build::default()).unwrap();
    for component in bill["components"].as_array().unwrap() {
        let own = exceptions.iter().filter(|it| it["crate"].as_str() == component["name"].as_str());
        let own: Vec<String> = own.flat_map(|it| texts(&it["allow"])).collect();
        let allowed = general.iter().chain(&own).map(String::as_str).collect();
        let licence = component["licenses"][0]["expression"].as_str().unwrap();
        assert!(is_allowed(licence, &allowed), "{}: {licence}", component["name"]);
    }
}
