//! A folder as its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// All files below `dir`, by their names from there, with their bytes.
pub(crate) fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(d) = open.pop() {
        for entry in fs::read_dir(&d).unwrap() {
            let p = entry.unwrap().path();
            if p.is_dir() {
                open.push(p);
            } else {
                let name = p.strip_prefix(dir).unwrap().to_str().expect("a UTF-8 path").to_owned();
                files.insert(name, fs::read(&p).unwrap());
            }
        }
    }
    files
}
