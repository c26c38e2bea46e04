//! What buffers cost, and who pays, on the two mines and their builder.

use crate::small::{replicates, step, two_mines};
use chokepoint_core::id::{InputId, RegionId};
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::{Entry, Ledger};
use chokepoint_core::plan::{Draw, Effect, Event, Payer, Plan};
use chokepoint_core::scope::Scope;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::week;

/// A year under buffers of so many weeks, with what they cost to hold and who pays, from the start of the spin-up.
fn under(buffers: &[(f64, f64, Payer)]) -> Ledger<f64> {
    let buffers: Vec<_> =
        buffers.iter().map(|(weeks, carrying, payer)| (*weeks, *carrying, *payer, 0.0)).collect();
    from(&buffers, 52)
}

/// The same from a week of their own on, for so many weeks of the calendar.
fn from(buffers: &[(f64, f64, Payer, f64)], weeks: u32) -> Ledger<f64> {
    let network = two_mines(4.0, 1);
    let event = |(draw, buffer): (usize, &(f64, f64, Payer, f64))| {
        let effect = Effect::Buffer { inputs: vec![InputId(0)], payer: buffer.2 };
        Event { effect, draw }
    };
    let plan = Plan {
        events: buffers.iter().enumerate().map(event).collect(),
        weeks: SPIN_UP_WEEKS + weeks,
        ..Plan::default()
    };
    let draws = buffers
        .iter()
        .map(|(weeks, carrying, _, start)| Draw { carrying: *carrying, ..step(*start, 1e5, *weeks) });
    let scope = Scope { series: Vec::new(), from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS, home: RegionId(0) };
    let mut tally = Tally::<f64>::new(&network, &plan, &scope);
    week::run(&network, &plan, &replicates(draws.collect()), &mut tally);
    tally.ledger
}

/// 100 t a week at 1,050 US dollars: eight weeks are 840,000, of which two weeks are the firms' and six the state's.
/// Held for a year at a tenth and a twentieth of the value that is 21,000 and 31,500. A gap closes by a 26th a week: after
/// three years a hundredth is still missing.
#[test]
fn two_buffers_in_one_stock_are_each_paid_by_their_own_and_for_their_share() {
    let ledger = under(&[(2.0, 0.10, Payer::Firm), (6.0, 0.05, Payer::Public)]);
    let close =
        |is: f64, by_hand: f64| assert!((is - by_hand).abs() < 0.03 * by_hand, "{is}, by hand {by_hand}");
    close(ledger.in_buffers(Payer::Firm, 1), 210_000.0);
    close(ledger.in_buffers(Payer::Public, 1), 630_000.0);
    let share = ledger.in_buffers(Payer::Public, 1) / ledger.in_buffers(Payer::Firm, 1);
    assert!((share - 3.0).abs() < 1e-9, "{share}");
    let carrying = |payer| ledger.amount(0, Entry::BufferCarrying(payer), 1);
    close(carrying(Payer::Firm), 21_000.0);
    assert!((carrying(Payer::Public) / carrying(Payer::Firm) - 1.5).abs() < 1e-9);
    assert_eq!(ledger.in_buffers(Payer::Consumer, 1), 0.0);
    let alone = under(&[(8.0, 0.10, Payer::Firm)]);
    close(alone.in_buffers(Payer::Firm, 1), 840_000.0);
}

/// The second buffer begins a year into the calendar: what the first holds then is not bought again by either.
#[test]
fn a_buffer_that_comes_later_buys_what_it_adds_and_nothing_that_is_there() {
    let late = f64::from(SPIN_UP_WEEKS) + 52.0;
    let ledger = from(&[(4.0, 0.1, Payer::Firm, 0.0), (4.0, 0.1, Payer::Public, late)], 208);
    let bought = |payer| -> f64 {
        (0..ledger.years).map(|year| ledger.amount(year, Entry::BufferPurchases(payer), 1)).sum()
    };
    let (firm, public) = (bought(Payer::Firm), bought(Payer::Public));
    // what is there when the calendar begins counts as bought then, and once
    assert!((firm - 420_000.0).abs() < 0.05 * 420_000.0, "{firm}");
    assert!((public - ledger.in_buffers(Payer::Public, 1)).abs() < 0.01 * public, "{public}");
    assert!((public - 420_000.0).abs() < 0.05 * 420_000.0, "{public}");
}
