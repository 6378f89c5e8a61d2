//! The dependency arrows of ARCHITECTURE.md, held against what cargo says.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn metadata() -> Metadata {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata runs")
}

/// Names of the direct dependencies of every workspace crate, without those of its tests.
fn dependencies(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    metadata
        .workspace_packages()
        .iter()
        .map(|p| {
            let deps = p.dependencies.iter().filter(|d| d.kind != DependencyKind::Development);
            (p.name.to_string(), deps.map(|d| d.name.clone()).collect())
        })
        .collect()
}

#[test]
fn workspace_crates_depend_only_along_the_arrows() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("temoin-model", &[][..]),
        ("temoin-language", &["temoin-model"]),
        ("temoin-extract", &["temoin-model", "temoin-language"]),
        ("temoin-graph", &["temoin-model"]),
        ("temoin", &["temoin-model", "temoin-language", "temoin-extract", "temoin-graph"]),
        ("temoin-cli", &["temoin"]),
        ("temoin-python", &["temoin"]),
        ("temoin-train", &["temoin-model", "temoin-language", "temoin-extract", "temoin-graph"]),
    ]);
    let found = dependencies(&metadata);
    assert_eq!(
        found.keys().map(String::as_str).collect::<Vec<_>>(),
        allowed.keys().copied().collect::<Vec<_>>(),
        "a crate came or went: say in ARCHITECTURE.md what it must not know, and here what it may use"
    );
    for (name, deps) in &found {
        let inside: Vec<&str> = deps.iter().map(String::as_str).filter(|d| found.contains_key(*d)).collect();
        for d in inside {
            assert!(allowed[name.as_str()].contains(&d), "{name} must not depend on {d}");
        }
    }
}

#[test]
fn outside_libraries_stay_in_their_crate() {
    let found = dependencies(&metadata());
    for (library, owners) in [
        ("oxigraph", &["temoin-graph"][..]),
        ("petgraph", &["temoin-graph"]),
        ("clap", &["temoin-cli", "temoin-train"]),
        ("indicatif", &["temoin-cli"]),
        ("pyo3", &["temoin-python"]),
        ("arrow-array", &["temoin-python"]),
        ("encoding_rs", &["temoin"]),
    ] {
        let users: Vec<&str> =
            found.iter().filter(|(_, deps)| deps.contains(library)).map(|(name, _)| name.as_str()).collect();
        assert!(!users.is_empty(), "nothing uses {library}: take it out of this list");
        for user in users {
            assert!(owners.contains(&user), "{user} must not use {library}");
        }
    }
}

#[test]
fn the_default_build_compiles_no_cpp() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let all = MetadataCommand::new().manifest_path(manifest).exec().expect("cargo metadata runs");
    let resolve = all.resolve.as_ref().expect("a resolved graph");
    let names: BTreeSet<String> = resolve.nodes.iter().map(|n| all[&n.id].name.to_string()).collect();
    for heavy in ["oxrocksdb-sys", "bindgen"] {
        assert!(!names.contains(heavy), "{heavy} is compiled by default");
    }
}
