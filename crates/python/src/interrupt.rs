//! Work that Ctrl-C can stop.

use crate::errors::TemoinError;
use pyo3::exceptions::PyTimeoutError;
use pyo3::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How often signals are looked for.
const EVERY: Duration = Duration::from_millis(50);

/// How long work may go on after its time before it is left to itself: most stops by then.
const GRACE: Duration = Duration::from_secs(1);

/// Runs `work` in a thread of its own without the interpreter lock. On Ctrl-C, and some time after `within`, it is
/// told by `cancel` and left to itself.
///
/// # Errors
/// `KeyboardInterrupt`, `TimeoutError`, or a panic of the work.
pub(crate) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    within: Option<Duration>,
    cancel: impl FnOnce() + Send,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let end = within.and_then(|w| Instant::now().checked_add(w + GRACE));
    py.detach(move || {
        let (send, answer) = channel();
        let worker = std::thread::Builder::new().stack_size(16 << 20).spawn(move || {
            // Nobody listens any more where it was interrupted.
            let _ = send.send(work());
        })?;
        loop {
            match answer.recv_timeout(EVERY) {
                Ok(t) => return Ok(t),
                Err(RecvTimeoutError::Timeout) => {
                    if end.is_some_and(|e| Instant::now() > e) {
                        cancel();
                        return Err(PyTimeoutError::new_err("it took too long"));
                    }
                    if let Err(e) = Python::attach(|py| py.check_signals()) {
                        cancel();
                        return Err(e);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    drop(worker.join());
                    return Err(TemoinError::new_err("an internal error; please report it"));
                }
            }
        }
    })
}
