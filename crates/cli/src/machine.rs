//! The machine that a command runs on: its processors, its keyboard, its screen.

use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that Ctrl-C raises; the run stops before the next arm of a batch. A second Ctrl-C ends the program at once.
pub(crate) fn interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    // a second handler in the same process is refused; then Ctrl-C simply ends it
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

pub(crate) fn pool(threads: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    let mut builder = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = threads {
        builder = builder.num_threads(usize::from(threads));
    }
    builder.build().map_err(|error| Failure::Machine(format!("cannot start threads: {error}")))
}

/// Progress with the time left: batches all cost the same, so the mean so far is an honest guess.
pub(crate) fn progress(replicates: u32, hidden: bool) -> ProgressBar {
    let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(u64::from(replicates).next_multiple_of(8)), target);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} replicates, {eta} left") {
        bar.set_style(style);
    }
    bar
}
