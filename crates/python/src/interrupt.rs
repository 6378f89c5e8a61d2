//! Work that Ctrl-C can stop.

use crate::errors::{TemoinError, graph};
use pyo3::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use temoin::graph::GraphError;

/// How often signals are looked for.
const EVERY: Duration = Duration::from_millis(50);

/// Runs `work` in a thread of its own without the interpreter lock. On Ctrl-C, and after the time `within`, it is
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
    // A time beyond the clock's is no limit.
    let end = within.and_then(|w| Some((Instant::now().checked_add(w)?, w)));
    py.detach(move || {
        let (send, answer) = channel();
        let worker = std::thread::Builder::new().stack_size(16 << 20).spawn(move || {
            // Nobody listens any more where it was interrupted.
            let _ = send.send(work());
        })?;
        loop {
            let left = end.map_or(EVERY, |(e, _)| e.saturating_duration_since(Instant::now()).min(EVERY));
            match answer.recv_timeout(left) {
                Ok(t) => return Ok(t),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some((_, within)) = end.filter(|(e, _)| Instant::now() >= *e) {
                        cancel();
                        return Err(graph(GraphError::Timeout(within)));
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
