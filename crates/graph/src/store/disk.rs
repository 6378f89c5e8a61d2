//! Files that appear whole or not at all, and stay.

use crate::error::GraphError;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Start of the names of unfinished files.
pub(super) const TEMPORARY: &str = ".tmp-";

/// Writes a file that is either whole or absent, also when the machine stops in between: temporary
/// name, sync, rename, sync of the folder.
pub(super) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), GraphError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{TEMPORARY}{name}"));
    let written = create(&temporary)
        .and_then(|mut f| {
            write(&mut f, bytes)?;
            sync(&f)
        })
        .and_then(|()| rename(&temporary, path));
    if let Err(e) = written {
        let _ = delete(&temporary);
        return Err(GraphError::io("write", path, e));
    }
    sync_folder(folder)
}

/// Makes a folder and its parents below `root` last.
pub(super) fn create_folder(root: &Path, folder: &Path) -> Result<(), GraphError> {
    if folder.is_dir() {
        return Ok(());
    }
    fault::operation().and_then(|()| fs::create_dir_all(folder)).map_err(|e| GraphError::io("create", folder, e))?;
    for above in folder.ancestors().skip(1).take_while(|a| a.starts_with(root)) {
        sync_folder(above)?;
    }
    Ok(())
}

/// Makes a rename, a new file or a removal in `folder` last. Only Unix lets a folder be synced.
pub(super) fn sync_folder(folder: &Path) -> Result<(), GraphError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) {
        fault::operation()
            .and_then(|()| File::open(folder))
            .and_then(|f| f.sync_all())
            .map_err(|e| GraphError::io("sync", folder, e))?;
    }
    Ok(())
}

/// Removes a file; one that is gone already is no error. The folder is to be synced afterwards.
pub(super) fn remove(path: &Path) -> Result<(), GraphError> {
    match delete(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(GraphError::io("remove", path, e)),
        _ => Ok(()),
    }
}

/// Puts bytes behind the first `length` bytes of a file, which is made where it is missing, in place
/// of what follows them, and syncs it. Where that fails the file has just those first bytes.
pub(super) fn append(path: &Path, length: u64, bytes: &[u8]) -> Result<(), GraphError> {
    let new = !path.exists();
    let open = || File::options().create(true).append(true).open(path);
    let written = fault::operation().and_then(|()| open()).and_then(|mut f| {
        f.set_len(length)?;
        let added = write(&mut f, bytes).and_then(|()| sync(&f));
        if added.is_err() {
            let _ = fault::deletion().and_then(|()| f.set_len(length));
        }
        added
    });
    written.map_err(|e| GraphError::io("write", path, e))?;
    if new { sync_folder(path.parent().unwrap_or(Path::new("."))) } else { Ok(()) }
}

/// Names in a folder, sorted; none where it is missing.
pub(super) fn list(folder: &Path) -> Result<Vec<String>, GraphError> {
    let entries = match fs::read_dir(folder) {
        Ok(e) => e,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(GraphError::io("list", folder, e)),
    };
    let mut names = Vec::new();
    for e in entries {
        let e = e.map_err(|e| GraphError::io("list", folder, e))?;
        names.push(e.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn create(path: &Path) -> io::Result<File> {
    fault::operation()?;
    File::create(path)
}

fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    if let Err(e) = fault::operation() {
        // What a process that dies, or a disk that fills up, leaves behind: a part.
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(e);
    }
    file.write_all(bytes)
}

fn sync(file: &File) -> io::Result<()> {
    fault::operation()?;
    file.sync_all()
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fault::operation()?;
    fs::rename(from, to)
}

fn delete(path: &Path) -> io::Result<()> {
    fault::deletion()?;
    fs::remove_file(path)
}

/// Failures at a chosen operation, for tests: every place where a run can end is tried.
#[cfg(test)]
pub(super) mod fault {
    use std::cell::Cell;
    use std::io;

    /// What happens when the operations that are allowed have run out.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::store) enum Kind {
        /// The process dies: nothing whatever is done any more.
        Crash,
        /// The disk is full: nothing is written any more, but files can be removed.
        Full,
    }

    thread_local! {
        static LEFT: Cell<Option<(Kind, usize)>> = const { Cell::new(None) };
    }

    /// Lets `n` operations of this thread pass, then fails all others; `None` ends it. Gives the
    /// number that were left.
    pub(in crate::store) fn after(plan: Option<(Kind, usize)>) -> Option<usize> {
        LEFT.replace(plan).map(|(_, n)| n)
    }

    pub(super) fn operation() -> io::Result<()> {
        match LEFT.get() {
            None => Ok(()),
            Some((Kind::Crash, 0)) => Err(io::Error::other("the process died")),
            Some((Kind::Full, 0)) => Err(io::ErrorKind::StorageFull.into()),
            Some((kind, n)) => {
                LEFT.set(Some((kind, n - 1)));
                Ok(())
            }
        }
    }

    pub(super) fn deletion() -> io::Result<()> {
        if matches!(LEFT.get(), Some((Kind::Full, 0))) { Ok(()) } else { operation() }
    }
}

#[cfg(not(test))]
mod fault {
    use std::io;

    #[inline]
    #[allow(clippy::unnecessary_wraps, reason = "tests make it fail")]
    pub(super) fn operation() -> io::Result<()> {
        Ok(())
    }

    #[inline]
    #[allow(clippy::unnecessary_wraps, reason = "tests make it fail")]
    pub(super) fn deletion() -> io::Result<()> {
        Ok(())
    }
}
