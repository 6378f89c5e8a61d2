//! The binary from outside, and folders as files.
#![allow(dead_code, unused_imports, reason = "each test file uses its part")]

mod tree;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
pub(crate) use tree::tree;

/// The binary.
pub(crate) const TEMOIN: &str = env!("CARGO_BIN_EXE_temoin");

/// The folder of example articles.
pub(crate) fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/articles")
}

pub(crate) fn temoin<S: AsRef<OsStr>>(args: &[S]) -> Output {
    Command::new(TEMOIN).args(args).stdin(Stdio::null()).output().expect("the binary starts")
}

/// What a command that succeeds prints.
pub(crate) fn ok<S: AsRef<OsStr>>(args: &[S]) -> String {
    let o = temoin(args);
    let err = String::from_utf8_lossy(&o.stderr);
    assert!(o.status.success(), "{}: {err}", o.status);
    String::from_utf8(o.stdout).expect("output is UTF-8")
}

/// What a command that fails says on standard error.
pub(crate) fn fails(args: &[&str], code: i32) -> String {
    let o = temoin(args);
    let err = String::from_utf8_lossy(&o.stderr).into_owned();
    assert_eq!(o.status.code(), Some(code), "{args:?}: {err}");
    err
}

pub(crate) fn path(p: &Path) -> String {
    p.to_str().expect("a UTF-8 path").to_owned()
}

/// A graph of the example articles.
pub(crate) fn example_graph(dir: &Path) -> String {
    let graph = path(&dir.join("graph"));
    ok(&["build", &path(&articles()), "--out", &graph, "--quiet"]);
    graph
}
