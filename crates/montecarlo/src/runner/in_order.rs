//! Batches on all processors, taken up in their order.

use super::replicate::{Interrupted, Watch};
use chokepoint_core::id::to_u32;
use chokepoint_core::lanes::{Eight, Lane};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Works on the batches that hold these replicates, each processor on the next that nobody has begun, and keeps what
/// comes of them in order: a batch waits only for those before it. `work` gives nothing if it was stopped. The order in
/// which batches end changes nothing, and no more of them wait than processors overtake the slowest.
pub(super) fn in_order<R: Send>(
    replicates: Range<u32>,
    watch: Watch<'_>,
    work: impl Fn(u32) -> Option<R> + Sync,
    keep: impl FnMut(R, u32) + Send,
) -> Result<(), Interrupted> {
    let width = to_u32(Eight::WIDTH);
    let batches = replicates.start / width..replicates.end.div_ceil(width);
    let begun = AtomicU32::new(batches.start);
    let done = AtomicU32::new(replicates.start);
    let queue = Mutex::new(Queue { next: batches.start, waiting: BTreeMap::new(), keep });
    rayon::broadcast(|_| {
        while !watch.stop.load(Ordering::Relaxed) {
            let batch = begun.fetch_add(1, Ordering::Relaxed);
            if !batches.contains(&batch) {
                break;
            }
            let Some(result) = work(batch * width) else { break };
            let so_far = done.fetch_add(width, Ordering::Relaxed) + width;
            (watch.progress)(so_far.min(replicates.end));
            queue.lock().unwrap_or_else(PoisonError::into_inner).take(batch, result, width);
        }
    });
    let next = queue.into_inner().unwrap_or_else(PoisonError::into_inner).next;
    if next < batches.end { Err(Interrupted) } else { Ok(()) }
}

/// Results that came before their turn.
struct Queue<R, K> {
    next: u32,
    waiting: BTreeMap<u32, R>,
    keep: K,
}

impl<R, K: FnMut(R, u32)> Queue<R, K> {
    fn take(&mut self, batch: u32, result: R, width: u32) {
        self.waiting.insert(batch, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            (self.keep)(result, self.next * width);
            self.next += 1;
        }
    }
}
