//! Controls on a small world, with numbers by hand: licences, quotas, duties, leakage, announcements.

use crate::small::{ban, behaviour, replicates, step as event, two_mines};
use chokepoint_core::id::{InputId, LinkId, OutputId};
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::{Network, Ordering, Role};
use chokepoint_core::plan::{
    Controlled, Draw, Effect, Event, LicenceClass, LicenceRule, LicensedLink, Path, Plan, QuotaGroup,
    QuotaRule, RefusedClass, Regime, Replicates, Treasury,
};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::week::step;

/// A plan with one event on the link from home.
fn plan(effect: Effect, weeks: u32) -> Plan {
    let controlled = vec![Controlled { link: LinkId(0), market: None, detour_weeks: 0 }];
    Plan { events: vec![Event { effect, draw: 0 }], controlled, weeks, ..Plan::default() }
}

fn licence(refused: f64) -> Effect {
    let refused = vec![RefusedClass { share: refused, until: Week::MAX }];
    let links = vec![LicensedLink { link: LinkId(0), refused, foreign: false, class: LicenceClass::USUAL }];
    Effect::Licence(LicenceRule { links, content_threshold: 0.0 })
}

fn regime(processing: f64, approval: f64) -> Draw<f64> {
    Draw {
        regime: Some(Regime {
            processing: Path::constant(processing),
            approval: Path::constant(approval),
            spread: 0.0,
            refusal: 0.0,
            validity: 26.0,
        }),
        ..event(10.0, 60.0, 1.0)
    }
}

/// Tonnes shipped on the link from home, week by week.
fn shipped(network: &Network, plan: &Plan, replicates: &Replicates<f64>) -> Vec<f64> {
    let mut state = State::<f64>::at_reference(network, plan, replicates);
    (0..plan.weeks)
        .map(|week| {
            step(&mut state, network, plan, replicates, week);
            state.control.shipped[0]
        })
        .collect()
}

#[test]
fn an_application_ships_when_its_processing_time_is_over_if_everything_is_approved() {
    // 80 t a week apply from week 10 on; after four weeks each is granted at once, so nothing ships in weeks 10 to 13
    let out = shipped(&two_mines(20.0, 2), &plan(licence(0.0), 30), &replicates(vec![regime(4.0, 1.0)]));
    assert!((out[9] - 80.0).abs() < 1e-9);
    assert!(out[10..14].iter().all(|x| x.abs() < 1e-9), "{:?}", &out[8..20]);
    assert!((out[14] - 80.0).abs() < 1.0, "{:?}", &out[8..20]);
}

#[test]
fn the_hazard_of_a_ripe_application_is_the_share_approved_within_a_processing_time() {
    // P 4 weeks, a ½: weekly hazard 1 − ½^¼ = 0.159. 80 t are ripe in week 14
    let out = shipped(&two_mines(20.0, 2), &plan(licence(0.0), 16), &replicates(vec![regime(4.0, 0.5)]));
    assert!((out[14] / 80.0 - (1.0 - 0.5_f64.sqrt().sqrt())).abs() < 1e-9, "{}", out[14] / 80.0);
}

#[test]
fn only_refused_classes_are_lost() {
    let (network, replicates) = (two_mines(20.0, 2), replicates(vec![regime(1.0, 1.0)]));
    let all = shipped(&network, &plan(licence(0.0), 40), &replicates);
    let half = shipped(&network, &plan(licence(0.5), 40), &replicates);
    let none = shipped(&network, &plan(licence(1.0), 40), &replicates);
    assert!((half[12] / all[12] - 0.5).abs() < 0.01, "{} {}", half[12], all[12]);
    assert!(none[10..].iter().all(|x| *x == 0.0));
}

#[test]
fn a_licence_that_is_not_used_applies_anew_and_nothing_of_the_queue_is_lost() {
    // the mine at home is idle: what is granted cannot ship, expires and waits again
    let network = two_mines(20.0, 2);
    let mut plan = plan(licence(0.0), 60);
    plan.events.push(Event { effect: Effect::CapacityLoss(vec![chokepoint_core::id::AgentId(0)]), draw: 1 });
    let replicates = replicates(vec![regime(2.0, 1.0), event(8.0, 200.0, 1.0)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let mut filed = 0.0;
    let mut shipped = 0.0;
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        filed += state.control.queues.filed[0];
        shipped += if week >= 10 { state.control.shipped[0] } else { 0.0 };
    }
    let queues = &state.control.queues;
    assert!(queues.expired[0] > 0.0 && queues.applied[0] == filed);
    assert!(queues.waiting(0) > 0.0 && shipped < filed);
}

/// A quota of 80 t a week on the link from home, by half-years.
fn tonnage() -> QuotaRule {
    QuotaRule {
        groups: vec![QuotaGroup { links: vec![LinkId(0)], gross: 1.0 }],
        base_tonnes_per_week: 80.0,
        in_tonnes: true,
        period_weeks: 26.0,
        steps: Vec::new(),
    }
}

#[test]
fn a_licence_that_a_quota_keeps_from_shipping_is_not_used_up() {
    let network = two_mines(20.0, 2);
    let mut plan = plan(licence(0.0), 40);
    plan.events.push(Event { effect: Effect::Quota(tonnage()), draw: 1 });
    let replicates = replicates(vec![regime(1.0, 1.0), event(10.0, 60.0, 0.5)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let (mut applied, mut shipped, mut expired) = (0.0, 0.0, 0.0);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        let queues = &state.control.queues;
        // what has run out and applies anew is not counted twice
        applied += queues.filed[0] - expired;
        expired = queues.expired[0];
        shipped += if week >= 10 { state.control.shipped[0] } else { 0.0 };
    }
    let waiting = state.control.queues.waiting(0);
    let withdrawn = state.control.queues.withdrawn[0];
    let lost = applied - shipped - withdrawn - waiting;
    assert!(waiting > 100.0 && lost.abs() < 1e-6, "{applied} {shipped} {withdrawn} {waiting}");
}

/// A quota on the link from home under inventory theory's ordering, which no price moves: 80 t wanted every week.
fn quota(cut: f64, weeks: u32) -> (Network, Plan, Replicates<f64>) {
    let mut network = two_mines(0.0, 1);
    network.ordering = Ordering::BaseStock { window: 0 };
    network.outputs[0].cover_weeks = 50.0;
    network.outputs[1].cover_weeks = 50.0;
    // nobody waits: what is not built this week is lost, so that the same is wanted every week
    if let Role::Producer(producer) = &mut network.agents[2].role {
        producer.patience_weeks = 1.0;
    }
    let mut behaviour = behaviour();
    behaviour.rent_speed = 0.2;
    behaviour.rent_elasticity = 0.5;
    behaviour.sourcing_speed = 0.0;
    let replicates = Replicates { behaviour, ..replicates(vec![event(0.0, 1e4, cut)]) };
    (network, plan(Effect::Quota(tonnage()), weeks), replicates)
}

#[test]
fn a_quotas_rent_is_the_price_that_constant_elasticity_asks_for() {
    // ρ = p₀·(κ^(−1/ε) − 1): with κ 0.8 and ε ½ the price must rise by 1/0.64
    let (network, plan, replicates) = quota(0.2, 400);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
    }
    let expected = 1000.0 * (1.0 / 0.64 - 1.0);
    let rent = state.control.pools[0].rent;
    assert!((rent / expected - 1.0).abs() < 1e-3, "{rent} instead of {expected}");
    assert!((state.control.pools[0].used / 64.0 - 1.0).abs() < 1e-6, "{}", state.control.pools[0].used);
}

#[test]
fn a_quota_at_what_is_normal_costs_nothing_and_is_filled() {
    let (network, plan, replicates) = quota(0.0, 60);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        assert_eq!(state.control.pools[0].rent, 0.0, "week {week}");
    }
    assert!((state.control.pools[0].used - 80.0).abs() < 1e-9);
}

#[test]
fn a_schedule_starts_a_new_period_with_its_own_tonnage() {
    let (network, mut plan, replicates) = quota(0.0, 60);
    let Effect::Quota(rule) = &mut plan.events[0].effect else { panic!("no quota") };
    rule.steps = vec![(20, 40.0), (30, 60.0)];
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..35 {
        step(&mut state, &network, &plan, &replicates, week);
        let pool = &state.control.pools[0];
        match week {
            19 => assert!((pool.allowance - 80.0).abs() < 1e-9),
            // 26 weeks of 40 t are there, whatever was left of the period before
            20 => assert_eq!((pool.allowance, pool.left + pool.used), (40.0, 26.0 * 40.0)),
            30 => assert_eq!((pool.allowance, pool.weeks_left), (60.0, 25.0)),
            _ => {}
        }
    }
}

#[test]
fn smuggling_takes_the_leakage_times_the_rents_share_of_the_price() {
    let (network, plan, mut replicates) = quota(0.2, 400);
    replicates.draws[0].leakage = 0.3;
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
    }
    // what clears: (80 − smuggled)·((p + ρ)/p)^(−½) = 64 with smuggled = 0.3·80·ρ/(p + ρ)
    let (rent, price) = (state.control.pools[0].rent, state.outputs.price[0]);
    let smuggled = 24.0 * rent / (price + rent);
    assert!((state.control.leaked[0] - smuggled).abs() < 1e-3 * smuggled, "{}", state.control.leaked[0]);
    let drawn = (80.0 - smuggled) * (price / (price + rent)).sqrt();
    assert!((drawn / 64.0 - 1.0).abs() < 1e-3, "{drawn}");
    assert!(rent < 1000.0 * (1.0 / 0.64 - 1.0));
}

#[test]
fn duties_and_tariffs_raise_what_the_buyer_pays_and_not_what_the_seller_gets() {
    let mut network = two_mines(4.0, 2);
    network.links[0].contract_share = 0.0;
    let duty = |levied_by| Effect::Duty { links: vec![LinkId(0)], levied_by };
    let mut plan = plan(duty(Treasury::Exporter), 13);
    plan.events.push(Event { effect: duty(Treasury::Importer), draw: 1 });
    let replicates = replicates(vec![event(12.0, 40.0, 0.25), event(12.0, 40.0, 0.1)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
    }
    // 80 t at 1000·1.25·1.1 + 50, 20 t from abroad at 1050
    let expected = 80.0 * (1000.0 * 1.25 * 1.1 + 50.0) + 20.0 * 1050.0;
    assert!((state.inputs.bill[0] / expected - 1.0).abs() < 1e-9, "{} {expected}", state.inputs.bill[0]);
}

#[test]
fn leaked_goods_come_later_by_the_detour_and_enforcement_stops_a_share_of_them() {
    let network = two_mines(8.0, 2);
    let mut plan = ban(40);
    plan.controlled[0].detour_weeks = 5;
    let leaking = Draw { leakage: 0.5, ..event(10.0, 60.0, 1.0) };
    let out = shipped(&network, &plan, &replicates(vec![leaking]));
    // half of the 80 t that are refused leave in week 10 …
    assert!((out[10] - 40.0).abs() < 1e-9, "{}", out[10]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates(vec![leaking]));
    let mut arrived = Vec::new();
    for week in 0..20 {
        step(&mut state, &network, &plan, &replicates(vec![leaking]), week);
        arrived.push(state.inputs.arrived[0]);
    }
    // … and arrive after five weeks of detour and two on the way, in week 17; until then 20 t come from abroad
    assert!((arrived[12] - 20.0).abs() < 1e-6 && arrived[16] < 25.0 && arrived[17] > 55.0, "{arrived:?}");
    plan.events
        .push(Event { effect: Effect::Enforcement { links: vec![LinkId(0)], agents: Vec::new() }, draw: 1 });
    let watched = shipped(&network, &plan, &replicates(vec![leaking, event(10.0, 60.0, 0.75)]));
    assert!((watched[10] - 10.0).abs() < 1e-9, "{}", watched[10]);
}

#[test]
fn an_announcement_moves_prices_and_orders_before_any_flow_is_cut() {
    let network = two_mines(4.0, 2);
    let effect = Effect::Announcement {
        inputs: vec![InputId(0)],
        outputs: vec![OutputId(0), OutputId(1)],
        dated: false,
    };
    let plan = plan(effect, 26);
    let shown = replicates(vec![event(10.0, 26.0, 0.5)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &shown);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &shown, week);
        if week == 10 {
            // hoarding 1.2·(ln 1.5 − 0.25) = 0.187 of four weeks' cover; 100 t + 74.6 t/26
            assert!((state.inputs.ordered[0] - 102.87).abs() < 0.01, "{}", state.inputs.ordered[0]);
        }
    }
    assert!(state.outputs.price[0] > 1200.0, "{}", state.outputs.price[0]);
    assert!(state.inputs.stock[0] > 410.0, "{}", state.inputs.stock[0]);
}

#[test]
fn a_stock_is_destroyed_once_and_a_production_quota_binds() {
    let network = two_mines(4.0, 2);
    let loss = Effect::InventoryLoss { inputs: vec![InputId(0)], outputs: vec![OutputId(0)] };
    let mut plan = plan(loss, 16);
    let quota = Effect::ProductionQuota(vec![chokepoint_core::id::AgentId(0)]);
    plan.events.push(Event { effect: quota, draw: 1 });
    let replicates = replicates(vec![event(10.0, 0.0, 0.5), event(12.0, 40.0, 0.3)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        match week {
            10 => assert!(
                (state.inputs.destroyed[0] - 200.0).abs() < 1e-9
                    && (state.outputs.destroyed[0] - 160.0).abs() < 1e-9
            ),
            11 => assert_eq!(state.inputs.destroyed[0], 0.0),
            12.. => {
                // 70 t of every 100 that are normal, and 0.7⁸ of what it would make beyond, at most 88 t
                let normal: f64 = state.agents.normal[0];
                let beyond = 0.057_648_01 * (88.0 - normal);
                let made = state.agents.activity[0] - 0.7 * normal;
                assert!((normal / 80.0 - 1.0).abs() < 0.02, "{normal}");
                assert!((0.0..=beyond + 1e-9).contains(&made), "{made} of {beyond}");
            }
            _ => {}
        }
    }
}

#[test]
fn lanes_equal_single_runs_under_licence_quota_and_announcement() {
    use chokepoint_core::lanes::Eight;
    let network = two_mines(4.0, 2);
    let plan = plan(licence(0.1), 90);
    let approval = |k: usize| 0.1 + 0.1 * k as f64;
    let wide = |k: &dyn Fn(usize) -> f64| Eight::from_fn(k);
    let draw = Draw {
        regime: Some(Regime {
            processing: Path {
                from: wide(&|k| 3.0 + k as f64),
                to: Eight::splat(2.0),
                ramp: Eight::splat(26.0),
            },
            approval: Path::constant(wide(&approval)),
            spread: Eight::splat(0.3),
            refusal: Eight::splat(0.05),
            validity: Eight::splat(26.0),
        }),
        ..event(10.0, 60.0, 1.0)
    };
    let batch = crate::small::replicates(vec![draw]);
    let mut together = State::<Eight>::at_reference(&network, &plan, &batch);
    for week in 0..plan.weeks {
        step(&mut together, &network, &plan, &batch, week);
    }
    for k in 0..8 {
        let draw = Draw {
            regime: Some(Regime {
                processing: Path { from: 3.0 + k as f64, to: 2.0, ramp: 26.0 },
                approval: Path::constant(approval(k)),
                spread: 0.3,
                refusal: 0.05,
                validity: 26.0,
            }),
            ..event(10.0, 60.0, 1.0)
        };
        let single = replicates(vec![draw]);
        let mut alone = State::<f64>::at_reference(&network, &plan, &single);
        for week in 0..plan.weeks {
            step(&mut alone, &network, &plan, &single, week);
        }
        assert_eq!(together.inputs.stock[0].lane(k).to_bits(), alone.inputs.stock[0].to_bits());
        assert_eq!(
            together.control.queues.applied[0].lane(k).to_bits(),
            alone.control.queues.applied[0].to_bits()
        );
    }
}
