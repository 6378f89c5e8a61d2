//! Reading from what may keep a reader waiting: standard input, pipes, devices.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How often the flag is looked at while nothing comes.
const EVERY: Duration = Duration::from_millis(50);

/// What a source gives, read by a thread of its own, so that waiting for it can be stopped: once `stop` is set, reading
/// is an error. The thread is left to itself then.
pub(crate) struct Patient {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
    stop: Arc<AtomicBool>,
}

impl Patient {
    /// Opens the source, which may keep one waiting too, and reads it.
    ///
    /// # Errors
    /// Where there is no thread to be had.
    pub(crate) fn new<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let (send, blocks) = sync_channel(2);
        std::thread::Builder::new().spawn(move || {
            let mut source = match open() {
                Ok(s) => s,
                Err(e) => return drop(send.send(Err(e))),
            };
            loop {
                let mut block = vec![0; 1 << 16];
                let read = match source.read(&mut block) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    read => read,
                };
                let end = !matches!(read, Ok(n) if n > 0);
                let told = send.send(read.map(|n| {
                    block.truncate(n);
                    block
                }));
                if end || told.is_err() {
                    return;
                }
            }
        })?;
        Ok(Patient { blocks, block: Vec::new(), at: 0, stop })
    }
}

impl Read for Patient {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() {
            match self.blocks.recv_timeout(EVERY) {
                // The end, which stays the end.
                Ok(Ok(block)) if block.is_empty() => return Ok(0),
                Ok(block) => (self.block, self.at) = (block?, 0),
                Err(RecvTimeoutError::Timeout) if self.stop.load(Ordering::SeqCst) => {
                    return Err(io::Error::other("stopped while waiting for it"));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
        let n = (&self.block[self.at..]).read(out)?;
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_in_order_and_the_end_stays() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        let source = io::Cursor::new(bytes.clone());
        let mut patient = Patient::new(|| Ok(source), Arc::default()).unwrap();
        let mut read = Vec::new();
        patient.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert_eq!(patient.read(&mut [0; 9]).unwrap(), 0);
    }

    #[test]
    fn waiting_ends_when_it_is_stopped() {
        struct Never;
        impl Read for Never {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                loop {
                    std::thread::park();
                }
            }
        }
        let stop = Arc::new(AtomicBool::new(true));
        let mut patient = Patient::new(|| Ok(Never), stop).unwrap();
        assert!(patient.read(&mut [0; 9]).unwrap_err().to_string().contains("stopped"));
        let mut missing = Patient::new(|| Err::<Never, _>(io::Error::other("no")), Arc::default()).unwrap();
        assert_eq!(missing.read(&mut [0; 9]).unwrap_err().to_string(), "no");
    }
}
