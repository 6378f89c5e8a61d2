//! Work by several threads whose results come in order.

use std::sync::mpsc::sync_channel;

/// Results that each thread has ready ahead; bounds memory.
const AHEAD: usize = 8;

/// Threads for each processor: one may wait for the disk while another one works.
const EACH: usize = 2;

/// Most threads.
const MOST: usize = 16;

/// Does `work` for every number below `n` by threads, and hands the results to `take` in the order of the
/// numbers; ends with the first error of `take`.
pub(crate) fn in_order<R: Send, E>(
    n: usize,
    work: impl Fn(usize) -> R + Sync,
    mut take: impl FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() * EACH).min(MOST).min(n);
    std::thread::scope(|scope| {
        let start = |first| {
            let (send, results) = sync_channel(AHEAD);
            let work = &work;
            scope.spawn(move || {
                // Where the other side has failed, nobody works on.
                let _ = (first..n).step_by(threads).try_for_each(|i| send.send(work(i)));
            });
            results
        };
        let queues: Vec<_> = (0..threads).map(start).collect();
        for i in 0..n {
            // A thread that panicked has sent less; its panic goes on at the end of the scope.
            let Ok(result) = queues[i % threads].recv() else { break };
            take(i, result)?;
        }
        Ok(())
    })
}

/// Runs `work` where rayon has threads of its own for it. Those that rayon keeps for all are lost to a
/// process that forks, as Python's `multiprocessing` does, and would be waited for for ever.
pub(crate) fn in_threads<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("the operating system starts threads").install(work)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_order_until_one_is_refused() {
        let mut seen = Vec::new();
        let all = in_order(
            1000,
            |i| i * 2,
            |i, double| {
                seen.push((i, double));
                Ok::<(), ()>(())
            },
        );
        assert!(all.is_ok() && seen.iter().copied().eq((0..1000).map(|i| (i, i * 2))));
        assert_eq!(in_order(1000, |i| i, |_, i| if i == 77 { Err(i) } else { Ok(()) }), Err(77));
        assert_eq!(in_order(0, |i| i, |_, _| Err(())), Ok(()));
    }
}
