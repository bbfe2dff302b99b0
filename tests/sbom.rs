//! Writes down what the program is built from, as a bill of materials in CycloneDX JSON: every library with its version,
//! licence and checksum, and what uses what. It is made from what cargo says and from Cargo.lock; the same sources give the
//! same bytes. It does not know what stands in the system's own libraries.
//!
//! ```text
//! cargo run --locked --example sbom > trialdex.cdx.json
//! cargo run --locked --example sbom -- --features parquet --target aarch64-apple-darwin
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs, str};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Parser;
use serde_json::{Value, json};

/// What is built.
#[derive(Debug, Default, Parser)]
#[command(about = "Writes a bill of materials as CycloneDX JSON")]
pub(crate) struct Build {
    /// With these features.
    #[arg(long)]
    features: Option<String>,
    /// For this target instead of this machine.
    #[arg(long)]
    target: Option<String>,
}

#[expect(clippy::print_stdout, reason = "the bill is what somebody who runs it waits for")]
fn main() -> Result<()> {
    println!("{:#}", bill(&Build::parse())?);
    Ok(())
}

/// A library, or the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
}

/// What is built, and what of it uses what.
#[derive(Debug, Default)]
struct Graph {
    uses: BTreeMap<Package, BTreeSet<Package>>,
    licences: BTreeMap<Package, String>,
}

/// The bill of materials.
pub(crate) fn bill(build: &Build) -> Result<Value> {
    let all = graph(build, "normal,build")?;
    let runs = graph(build, "normal")?;
    let checksums = checksums()?;
    let program = Package {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    ensure!(all.uses.contains_key(&program), "cargo names no program");
    let libraries = all.uses.keys().filter(|&package| *package != program);
    let components: Vec<Value> = libraries
        .map(|package| {
            let mut component = component(package, &all, "library");
            // What does not run builds what does.
            let scope = if runs.uses.contains_key(package) { "required" } else { "excluded" };
            component["scope"] = scope.into();
            if let Some(checksum) = checksums.get(package) {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
            }
            component
        })
        .collect();
    let dependencies = all.uses.iter().map(|(package, used)| {
        let used: Vec<String> = used.iter().map(Package::purl).collect();
        json!({ "ref": package.purl(), "dependsOn": used })
    });
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(&program, &all, "application") },
        "components": components,
        "dependencies": dependencies.collect::<Vec<_>>(),
    }))
}

/// Reads the tree that cargo shows. What `cargo metadata` tells counts optional libraries that are not built.
fn graph(build: &Build, edges: &str) -> Result<Graph> {
    let features = build.features.as_deref().unwrap_or_default();
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["tree", "--locked", "--prefix", "depth", "--format", "\t{p}\t{l}\t"]);
    cargo.args(["--edges", edges, "--features", features]);
    cargo.args(build.target.iter().flat_map(|target| ["--target", target]));
    let output = cargo.output().context("cargo cannot be run")?;
    ensure!(output.status.success(), "cargo: {}", String::from_utf8_lossy(&output.stderr));
    let mut graph = Graph::default();
    let mut path: Vec<Package> = Vec::new();
    for line in str::from_utf8(&output.stdout)?.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[depth, package, licence, ..] = &cells[..] else { bail!("cargo tree: {line}") };
        let (name, rest) = package.split_once(" v").with_context(|| format!("cargo: {line}"))?;
        let version = rest.split(' ').next().unwrap_or_default();
        let package = Package { name: name.to_owned(), version: version.to_owned() };
        path.truncate(depth.parse()?);
        if let Some(user) = path.last() {
            graph.uses.entry(user.clone()).or_default().insert(package.clone());
        }
        graph.uses.entry(package.clone()).or_default();
        graph.licences.insert(package.clone(), licence.to_owned());
        path.push(package);
    }
    Ok(graph)
}

/// The checksum of each package from the registry.
fn checksums() -> Result<BTreeMap<Package, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    let lock: toml::Table = fs::read_to_string(path)?.parse()?;
    let packages = lock["package"].as_array().context("Cargo.lock lists no packages")?;
    let said = |package: &toml::Value, key| Some(package.get(key)?.as_str()?.to_owned());
    let checksum = |package: &toml::Value| {
        let (name, version) = (said(package, "name")?, said(package, "version")?);
        Some((Package { name, version }, said(package, "checksum")?))
    };
    Ok(packages.iter().filter_map(checksum).collect())
}

fn component(package: &Package, graph: &Graph, kind: &str) -> Value {
    // A stroke is an old way to write it.
    let licence = graph.licences[package].replace('/', " OR ");
    json!({
        "type": kind,
        "bom-ref": package.purl(),
        "name": package.name,
        "version": package.version,
        "purl": package.purl(),
        "licenses": [{ "expression": licence }],
    })
}

impl Package {
    /// The address of a package that any registry of packages understands.
    fn purl(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B"))
    }
}
