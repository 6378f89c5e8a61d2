//! Output to a file or to standard output: a file appears whole or not at all.

use crate::messages::Failure;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Runs `write` on the file `out`, or on standard output without one. A regular file is written
/// beside its final name and renamed at the end.
pub(crate) fn to(out: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>) -> Result<(), Failure> {
    let Some(path) = out.filter(|p| *p != Path::new("-")) else {
        let mut stdout = BufWriter::new(io::stdout().lock());
        write(&mut stdout)?;
        return stdout.flush().map_err(|e| Failure::output(&e));
    };
    let fail = |e: io::Error| Failure::Work(format!("cannot write {}: {e}", path.display()));
    // A device or a pipe cannot be renamed over.
    let special = fs::metadata(path).is_ok_and(|m| !m.is_file());
    let target = if special { path.to_owned() } else { beside(path) };
    if !special {
        remove_on_interrupt(&target);
    }
    let file = File::create(&target).map_err(fail)?;
    let mut buffer = BufWriter::new(file);
    let written = write(&mut buffer).and_then(|()| buffer.flush().map_err(fail));
    if special {
        return written;
    }
    match written {
        Ok(()) => fs::rename(&target, path).map_err(fail),
        Err(e) => {
            let _ = fs::remove_file(&target);
            Err(match e {
                Failure::Work(m) if !m.contains(&path.display().to_string()) => {
                    Failure::Work(format!("{}: {m}", path.display()))
                }
                e => e,
            })
        }
    }
}

/// Has Ctrl-C take an unfinished file along.
fn remove_on_interrupt(unfinished: &Path) {
    let unfinished = unfinished.to_owned();
    let _ = ctrlc::set_handler(move || {
        let _ = fs::remove_file(&unfinished);
        std::process::exit(130);
    });
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}
