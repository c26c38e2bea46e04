//! Licences on a small world: what a buyer who knows how long they take orders.

use crate::figure;
use crate::small::{behaviour, step as event, two_mines};
use chokepoint_core::id::{GatewayId, LinkId};
use chokepoint_core::lanes::exp;
use chokepoint_core::network::Network;
use chokepoint_core::plan::{
    Controlled, Draw, Effect, Event, LicenceClass, LicenceRule, LicensedLink, Path, Plan, Regime, Replicates,
};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// First week of the licence, and weeks that it lasts.
const FROM: u32 = 26;
/// How near trade and orders, and stocks, come back to what they were, and from which week on.
const TRADE: f64 = 0.02;
const STOCK: f64 = 0.05;
const BACK: usize = 156;

/// One mine abroad sells all that the builder uses, under a licence for `weeks`.
fn licensed(processing: f64, weeks: f64) -> (Network, Plan, Replicates<f64>) {
    let network = two_mines(8.0, 2);
    let links = (0..2)
        .map(|l| LicensedLink {
            link: LinkId(l),
            refused: Vec::new(),
            foreign: false,
            class: LicenceClass::USUAL,
        })
        .collect();
    let rule = LicenceRule { links, content_threshold: 0.0 };
    let controlled = (0..2).map(|l| Controlled { link: LinkId(l), market: None, detour_weeks: 0 }).collect();
    let plan = Plan {
        events: vec![Event { effect: Effect::Licence(rule), draw: 0 }],
        controlled,
        weeks: 400,
        ..Plan::default()
    };
    let regime = Regime {
        processing: Path::constant(processing),
        approval: Path::constant(0.9),
        spread: 0.0,
        refusal: 0.0,
        validity: 26.0,
    };
    let draw = Draw { regime: Some(regime), ..event(f64::from(FROM), weeks, 1.0) };
    let mut behaviour = behaviour();
    (behaviour.hoarding, behaviour.hoarding_fill, behaviour.stock_elasticity) = (0.0, 0.0, 0.0);
    let replicates = Replicates {
        behaviour,
        draws: vec![draw],
        demand: Vec::new(),
        availability: Vec::new(),
        construction: Vec::new(),
        trends: false,
    };
    (network, plan, replicates)
}

/// One week as it was.
struct Seen {
    ordered: f64,
    shipped: f64,
    stock: f64,
    target: f64,
    pending: f64,
    filed: f64,
    granted: f64,
    withdrawn: f64,
}

fn run(network: &Network, plan: &Plan, replicates: &Replicates<f64>) -> Vec<Seen> {
    let mut state = State::<f64>::at_reference(network, plan, replicates);
    (0..plan.weeks)
        .map(|week| {
            step(&mut state, network, plan, replicates, week);
            let q = &state.control.queues;
            Seen {
                ordered: state.inputs.ordered[0],
                shipped: state.control.shipped[0] + state.control.shipped[1],
                stock: state.inputs.stock[0],
                target: state.inputs.target[0],
                pending: (0..q.applied.len()).map(|queue| q.pending(queue)).sum(),
                filed: q.filed.iter().sum(),
                granted: q.given.iter().sum(),
                withdrawn: q.dropped.iter().sum(),
            }
        })
        .collect()
}

#[test]
fn under_a_standing_licence_trade_and_stocks_come_back_to_what_they_were() {
    for processing in [2.0, 6.0, 12.0] {
        let (network, plan, replicates) = licensed(processing, 300.0);
        let weeks = run(&network, &plan, &replicates);
        for (week, seen) in weeks.iter().enumerate().take(326).skip(BACK) {
            let (trade, stock) = (seen.shipped / 100.0, seen.stock / seen.target);
            assert!((trade - 1.0).abs() < TRADE, "{processing} week {week}: ships {trade}");
            assert!((stock - 1.0).abs() < STOCK, "{processing} week {week}: stock {stock}");
        }
    }
    figure("standing-licence.trade", 100.0 * TRADE);
    figure("standing-licence.stock", 100.0 * STOCK);
    figure("standing-licence.week", BACK);
}

#[test]
fn what_waits_is_what_was_filed_less_what_was_granted_and_withdrawn() {
    for processing in [2.0, 6.0, 12.0] {
        let (network, plan, replicates) = licensed(processing, 150.0);
        let mut pending = 0.0;
        for (week, seen) in run(&network, &plan, &replicates).iter().enumerate() {
            pending += seen.filed - seen.granted - seen.withdrawn;
            assert!((seen.pending - pending).abs() < 1e-6, "{processing} week {week}");
        }
    }
}

#[test]
fn until_stocks_are_back_a_buyer_orders_beyond_its_use_by_the_restocking_term_and_no_more() {
    let (network, plan, replicates) = licensed(6.0, 300.0);
    let weeks = run(&network, &plan, &replicates);
    // six weeks of use are to be put into the queue, more than f·T_adj = 0.2·26: 120 t a week at first, bounded by f = 0.2
    assert!((weeks[FROM as usize + 1].ordered - 120.0).abs() < 1e-9);
    let most = weeks.iter().map(|seen| seen.ordered).fold(0.0, f64::max);
    let least = weeks.iter().map(|seen| seen.ordered).fold(f64::MAX, f64::min);
    assert!(most < 120.5 && least > 99.9, "{least} to {most}");
}

#[test]
fn once_a_licence_is_lifted_nothing_is_shipped_in_a_burst_and_orders_are_normal_in_half_a_year() {
    for processing in [2.0, 6.0, 12.0] {
        // lifted in good order, and in the middle of the squeeze, while stocks last: then there is nothing to catch up
        for lasts in [200.0, 7.0] {
            let (network, plan, replicates) = licensed(processing, lasts);
            let weeks = run(&network, &plan, &replicates);
            let lifted = FROM as usize + lasts as usize;
            let most = weeks[lifted..].iter().map(|seen| seen.shipped).fold(0.0, f64::max);
            assert!(most < 1.2 * 100.0 + 1e-9, "{processing} {lasts}: ships {most}");
            assert!(weeks[lifted].pending == 0.0);
            if lasts > 100.0 {
                let after = &weeks[lifted + 26];
                assert!(
                    (after.ordered / 100.0 - 1.0).abs() < TRADE,
                    "{processing}: orders {}",
                    after.ordered
                );
            }
        }
    }
}

#[test]
fn a_buyer_with_more_than_it_wants_withdraws_applications_before_it_cuts_orders() {
    let (network, plan, replicates) = licensed(12.0, 300.0);
    let weeks = run(&network, &plan, &replicates);
    let above = weeks.iter().filter(|seen| seen.withdrawn > 0.01 && seen.pending > 0.0);
    let (n, least) = above.fold((0, f64::MAX), |(n, least), seen| (n + 1, least.min(seen.ordered)));
    assert!(n > 20 && least > 99.9, "{n} weeks, orders down to {least}");
}

#[test]
fn who_does_not_know_the_wait_runs_on_thinner_stocks_for_ever() {
    // the rule switched off: what waits counts as on order, and nothing is ordered for the wait
    let (network, plan, mut replicates) = licensed(6.0, 300.0);
    replicates.behaviour.licence_wait_known = 0.0;
    let seen = &run(&network, &plan, &replicates)[320];
    assert!(seen.stock < 0.2 * seen.target, "{} of {}", seen.stock, seen.target);
}

#[test]
fn a_licence_that_takes_no_time_and_refuses_nothing_is_none() {
    let (network, plan, mut replicates) = licensed(0.0, 100.0);
    if let Some(regime) = &mut replicates.draws[0].regime {
        regime.approval = Path::constant(1.0);
    }
    let none = Plan { events: Vec::new(), ..plan.clone() };
    let bits = |plan: &Plan| -> Vec<u64> {
        run(&network, plan, &replicates)
            .iter()
            .flat_map(|seen| [seen.shipped.to_bits(), seen.stock.to_bits()])
            .collect()
    };
    assert_eq!(bits(&plan), bits(&none));
}

/// The same licence, and from `week` on a general licence for a share of the trade.
fn with_general(week: f64, share: f64) -> (Network, Plan, Replicates<f64>) {
    let (network, mut plan, mut replicates) = licensed(12.0, 300.0);
    replicates.draws.push(event(week, 300.0, share));
    plan.events.push(Event { effect: Effect::GeneralLicence(vec![LinkId(0), LinkId(1)]), draw: 1 });
    (network, plan, replicates)
}

fn run_of((network, plan, replicates): &(Network, Plan, Replicates<f64>)) -> Vec<Seen> {
    run(network, plan, replicates)
}

#[test]
fn from_the_first_day_of_a_general_licence_on_nothing_waits() {
    // as between Japan and Korea in 2019: single licences for 24 weeks, then the general one is back
    let weeks = run_of(&with_general(f64::from(FROM) + 24.0, 1.0));
    let back = FROM as usize + 24;
    assert!(weeks[back - 1].pending > 100.0 && weeks[back].pending == 0.0);
    // what waited was ordered anew: it ships at once, within what a buyer may order in a week
    assert!((weeks[back].shipped - weeks[back].ordered).abs() < 1e-9 && weeks[back].ordered <= 120.0 + 1e-9);
    assert!(weeks[back..].iter().take(200).all(|seen| seen.filed == 0.0));
}

#[test]
fn a_general_licence_from_the_first_day_of_a_licence_makes_it_none() {
    let (network, plan, replicates) = with_general(f64::from(FROM), 1.0);
    let none = Plan { events: Vec::new(), ..plan.clone() };
    for (week, (with, without)) in
        run(&network, &plan, &replicates).iter().zip(run(&network, &none, &replicates)).enumerate()
    {
        assert!((with.shipped - without.shipped).abs() < 1e-9, "week {week}");
        assert!((with.stock - without.stock).abs() < 1e-9, "week {week}");
    }
}

#[test]
fn of_no_share_it_is_none_to_the_bit_and_the_larger_the_more_ships() {
    let shipped = |share: f64| -> Vec<f64> {
        run_of(&with_general(f64::from(FROM), share)).iter().map(|seen| seen.shipped).collect()
    };
    let alone: Vec<f64> = run_of(&licensed(12.0, 300.0)).iter().map(|seen| seen.shipped).collect();
    assert!(shipped(0.0).iter().zip(&alone).all(|(a, b)| a.to_bits() == b.to_bits()));
    // in the first week 100 t are ordered, 120 t once the wait is known: the exempt share ships
    let first = |share: f64| shipped(share)[FROM as usize];
    for share in [0.25, 0.5, 0.75] {
        assert!((first(share) - 100.0 * share).abs() < 1e-6, "{share}: {}", first(share));
    }
}

#[test]
fn a_general_licence_opens_no_ban() {
    let (network, mut plan, mut replicates) = with_general(f64::from(FROM), 1.0);
    replicates.draws.push(event(f64::from(FROM), 300.0, 1.0));
    let ban = Effect::ExportCap(vec![LinkId(0), LinkId(1)]);
    plan.events.push(Event { effect: ban, draw: 2 });
    assert!(run(&network, &plan, &replicates)[FROM as usize + 1..300].iter().all(|seen| seen.shipped == 0.0));
}

#[test]
fn overlapping_licences_are_one_application_that_is_granted_when_the_slower_grants() {
    let (network, mut plan, mut replicates) = licensed(12.0, 150.0);
    let slow = run(&network, &plan, &replicates);
    // a quicker one beside it, and a second time the slow one: neither changes anything
    let quick = Regime { processing: Path::constant(2.0), ..replicates.draws[0].regime.unwrap() };
    replicates.draws.push(Draw { regime: Some(quick), ..replicates.draws[0] });
    replicates.draws.push(replicates.draws[0]);
    for draw in [1, 2] {
        plan.events.push(Event { effect: plan.events[0].effect.clone(), draw });
    }
    for (week, (one, all)) in slow.iter().zip(run(&network, &plan, &replicates)).enumerate() {
        assert!((one.shipped - all.shipped).abs() < 1e-9, "week {week}: {} {}", one.shipped, all.shipped);
        assert!((one.pending - all.pending).abs() < 1e-6, "week {week}: {} {}", one.pending, all.pending);
    }
}

#[test]
fn what_is_held_behind_a_half_closed_port_is_not_taken_to_be_on_its_way() {
    // half of what comes from home waits for a year: with the pile counted as on its way nobody would order more
    let (mut network, plan, mut replicates) = licensed(6.0, 300.0);
    network.gateways = 1;
    network.links[0].gateway = Some(GatewayId(0));
    let plan = Plan {
        events: vec![Event { effect: Effect::TransportDelay(GatewayId(0)), draw: 0 }],
        controlled: Vec::new(),
        gateways: vec![GatewayId(0)],
        weeks: 70,
        ..plan
    };
    replicates.draws = vec![event(f64::from(FROM), 52.0, 0.5)];
    let orders = |known: f64| {
        let mut replicates = replicates.clone();
        replicates.behaviour.licence_wait_known = known;
        let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
        for week in 0..plan.weeks {
            step(&mut state, &network, &plan, &replicates, week);
        }
        (state.inputs.ordered[0], state.inputs.held[0])
    };
    let ((knows, held), (does_not, _)) = (orders(1.0), orders(0.0));
    assert!(held > 1000.0, "{held}");
    assert!(knows > 1.15 * 100.0 && does_not < knows - 10.0, "{knows} and {does_not}");
}

#[test]
fn a_second_licence_weighs_as_much_as_the_trade_that_needs_it() {
    // one that is granted at once by half, and one that refuses a thousandth of the trade for a year
    let (network, mut plan, mut replicates) = licensed(2.0, 150.0);
    let alone = run(&network, &plan, &replicates);
    let strict =
        Regime { processing: Path::constant(52.0), refusal: 1.0, ..replicates.draws[0].regime.unwrap() };
    replicates.draws.push(Draw { regime: Some(strict), magnitude: 1e-3, ..replicates.draws[0] });
    plan.events.push(Event { effect: plan.events[0].effect.clone(), draw: 1 });
    let both = run(&network, &plan, &replicates);
    for (week, (one, two)) in alone.iter().zip(&both).enumerate() {
        assert!((one.shipped - two.shipped).abs() < 0.5, "week {week}: {} {}", one.shipped, two.shipped);
    }
}

#[test]
fn lanes_in_which_a_second_licence_is_over_are_what_they_are_alone() {
    use chokepoint_core::lanes::{Eight, Lane};
    let (network, mut plan, one) = licensed(3.0, 150.0);
    plan.events.push(Event { effect: plan.events[0].effect.clone(), draw: 1 });
    // the second one lasts 10, 20 … weeks, by replicate
    let draws = |weeks: f64| -> Vec<Draw<f64>> {
        let slow = Regime { processing: Path::constant(9.0), refusal: 0.5, ..one.draws[0].regime.unwrap() };
        vec![one.draws[0], Draw { regime: Some(slow), duration: weeks, ..one.draws[0] }]
    };
    let lasts = |k: usize| 10.0 + 10.0 * k as f64;
    let wide = |of: &dyn Fn(&Draw<f64>) -> f64, e: usize| Eight::from_fn(|k| of(&draws(lasts(k))[e]));
    let path = |p: fn(&Regime<f64>) -> Path<f64>, e: usize| Path {
        from: wide(&|d| p(&d.regime.unwrap()).from, e),
        to: wide(&|d| p(&d.regime.unwrap()).to, e),
        ramp: wide(&|d| p(&d.regime.unwrap()).ramp, e),
    };
    let batch: Replicates<Eight> = Replicates {
        behaviour: crate::small::replicates::<Eight>(Vec::new()).behaviour,
        draws: (0..2)
            .map(|e| Draw {
                duration: wide(&|d| d.duration, e),
                regime: Some(Regime {
                    processing: path(|r| r.processing, e),
                    approval: path(|r| r.approval, e),
                    spread: wide(&|d| d.regime.unwrap().spread, e),
                    refusal: wide(&|d| d.regime.unwrap().refusal, e),
                    validity: wide(&|d| d.regime.unwrap().validity, e),
                }),
                ..event(f64::from(FROM), 1.0, 1.0)
            })
            .collect(),
        ..crate::small::replicates::<Eight>(Vec::new())
    };
    let mut together = State::<Eight>::at_reference(&network, &plan, &batch);
    (0..120).for_each(|week| step(&mut together, &network, &plan, &batch, week));
    for k in 0..8 {
        let alone = Replicates { draws: draws(lasts(k)), ..crate::small::replicates::<f64>(Vec::new()) };
        let mut state = State::<f64>::at_reference(&network, &plan, &alone);
        (0..120).for_each(|week| step(&mut state, &network, &plan, &alone, week));
        assert_eq!(state.inputs.stock[0].to_bits(), together.inputs.stock[0].lane(k).to_bits(), "lane {k}");
    }
}

#[test]
fn a_state_goes_on_under_a_plan_in_which_a_general_licence_comes_and_goes() {
    let (network, with, replicates) = with_general(f64::from(FROM) + 24.0, 1.0);
    let without = Plan { events: with.events[..1].to_vec(), ..with.clone() };
    for (was, is) in [(&with, &without), (&without, &with)] {
        let mut state = State::<f64>::at_reference(&network, was, &replicates);
        let mut whole = State::<f64>::at_reference(&network, is, &replicates);
        for week in 0..FROM + 10 {
            step(&mut state, &network, was, &replicates, week);
            step(&mut whole, &network, is, &replicates, week);
        }
        // it has not begun yet
        let mut state = state.under(was, is, &network, &replicates);
        for week in FROM + 10..FROM + 60 {
            step(&mut state, &network, is, &replicates, week);
            step(&mut whole, &network, is, &replicates, week);
            assert_eq!(state.control.shipped, whole.control.shipped, "week {week}");
        }
    }
}

/// Five equal parts of the applications, of which the quickest takes half as long as the middle one, and the slowest twice.
const SPREAD: f64 = core::f64::consts::LN_2 / 1.281_551_565_544_6;

/// Grants, week by week, cumulated, and what is ripe: five equal parts of what was filed, each in a time of its own.
fn granted_and_ripe(processing: f64) -> (Vec<Seen>, Vec<(f64, f64)>) {
    let (network, plan, mut replicates) = licensed(processing, 300.0);
    let regime = replicates.draws[0].regime.as_mut().unwrap();
    (regime.spread, regime.approval) = (SPREAD, Path::constant(1.0));
    // nobody withdraws
    replicates.behaviour.licence_wait_known = 0.0;
    let weeks = run(&network, &plan, &replicates);
    let times =
        [-1.281_551_565_544_6, -0.524_400_512_708_041, 0.0, 0.524_400_512_708_041, 1.281_551_565_544_6]
            .map(|z: f64| processing * exp(SPREAD * z));
    assert!((times[0] / processing - 0.5).abs() < 1e-9 && (times[4] / processing - 2.0).abs() < 1e-9);
    let sums = |of: fn(&Seen) -> f64| -> Vec<f64> {
        let sum = |sum: &mut f64, seen: &Seen| {
            *sum += of(seen);
            Some(*sum)
        };
        weeks.iter().scan(0.0, sum).collect()
    };
    let (filed, granted) = (sums(|seen| seen.filed), sums(|seen| seen.granted));
    let by = |moment: f64| {
        let whole = moment.max(0.0).floor() as usize;
        filed[whole] + (moment - whole as f64).max(0.0) * (filed[whole + 1] - filed[whole])
    };
    let ripe = |week: usize| times.iter().map(|time| 0.2 * by(week as f64 - time.min(78.0))).sum::<f64>();
    let both = (0..120).map(|week| (granted[week], ripe(week))).collect();
    (weeks, both)
}

#[test]
fn applications_that_take_unequally_long_are_granted_fifth_by_fifth() {
    let (weeks, both) = granted_and_ripe(10.0);
    for (week, (granted, ripe)) in both.iter().enumerate() {
        // all that is ripe is granted
        assert!((granted - ripe).abs() < 1e-6, "{week}: {granted} {ripe}");
        assert!((weeks[week].granted > 0.0) == (week >= FROM as usize + 5), "{week}");
    }
    // the first grant, in week 31: a fifth of the first week's applications
    assert!((weeks[FROM as usize + 5].granted - 0.2 * weeks[FROM as usize].filed).abs() < 1e-9);
}

#[test]
fn what_would_take_longer_than_a_queue_remembers_is_ripe_after_78_weeks() {
    // the slowest fifth would take 120 weeks, the next 79.7
    let (weeks, both) = granted_and_ripe(60.0);
    let (granted, ripe) = both[FROM as usize + 79];
    // of what is ripe a millionth waits a week: all is approved within a further sixty
    assert!((granted / ripe - 1.0).abs() < 1e-6 && granted > weeks[FROM as usize].filed, "{granted} {ripe}");
}

#[test]
fn how_long_unequal_applications_take_is_learnt_from_those_that_are_granted() {
    let (network, plan, mut replicates) = licensed(10.0, 300.0);
    let regime = replicates.draws[0].regime.as_mut().unwrap();
    (regime.spread, regime.approval) = (SPREAD, Path::constant(1.0));
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    (0..250).for_each(|week| step(&mut state, &network, &plan, &replicates, week));
    // (5 + 7.53 + 10 + 13.28 + 20)/5
    let wait = state.control.queues.wait[0];
    assert!((wait - 11.162).abs() < 0.05, "{wait}");
    let (trade, stock) =
        (state.control.shipped.iter().sum::<f64>() / 100.0, state.inputs.stock[0] / state.inputs.target[0]);
    assert!((trade - 1.0).abs() < 0.02 && (stock - 1.0).abs() < 0.05, "{trade} {stock}");
}

#[test]
fn a_class_of_buyers_is_dealt_with_in_its_own_time_and_the_others_in_theirs() {
    let (network, mut plan, replicates) = licensed(10.0, 300.0);
    let Effect::Licence(rule) = &mut plan.events[0].effect else { unreachable!() };
    rule.links[0].class = LicenceClass { place: 1, time: 0.5, approval: 1.0 };
    rule.links[1].class = LicenceClass { place: 2, time: 1.0, approval: 0.0 };
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let mut first = [None; 2];
    for week in 0..200 {
        step(&mut state, &network, &plan, &replicates, week);
        for (queue, first) in first.iter_mut().enumerate() {
            if state.control.queues.given[queue] > 0.0 {
                first.get_or_insert(week);
            }
        }
    }
    // half of ten weeks; and who is approved nothing waits for ever
    assert_eq!(first, [Some(FROM + 5), None]);
}
