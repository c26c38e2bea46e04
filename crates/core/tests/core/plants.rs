//! The long run on small worlds: building, idling, support and old goods, with numbers by hand.

use crate::small::{ban, replicates, two_mines};
use chokepoint_core::id::{AgentId, OutputId, RegionId};
use chokepoint_core::lanes::{Eight, Lane, exp, ln};
use chokepoint_core::network::{Cohort, Collector, Fringe, Network, Status, Venture};
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::{Entry, Ledger};
use chokepoint_core::plan::{
    Construction, Draw, Effect, Event, FloorRule, Now, Payer, Plan, Programme, Replicates,
};
use chokepoint_core::scope::{Scope, Series};
use chokepoint_core::state::State;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::week;

fn venture(status: Status) -> Venture {
    Venture {
        status,
        expands: false,
        losing_below: 1.0,
        capex_usd: 52_000.0,
        ramp_weeks: 10.0,
        required_return: 0.1,
        life_years: 20.0,
        restart_usd: 100.0,
        restart_share: 1.0,
        begun: 0.0,
        chain: None,
        owner: None,
    }
}

/// The two mines; the one abroad has the status `abroad`.
fn world(abroad: Status) -> Network {
    let mut network = two_mines(4.0, 2);
    network.ventures = vec![venture(Status::Running), venture(abroad)];
    network
}

fn construction(lead: f64, overrun: f64) -> Replicates<f64> {
    Replicates {
        construction: vec![Construction { lead, overrun }; 2],
        trends: true,
        ..replicates(Vec::new())
    }
}

fn baseline(weeks: u32) -> Plan {
    Plan { weeks, ..Plan::default() }
}

fn run_to(network: &Network, plan: &Plan, replicates: &Replicates<f64>, weeks: u32) -> State<f64> {
    let mut state = State::at_reference(network, plan, replicates);
    for w in 0..weeks {
        week::step(&mut state, network, plan, replicates, w);
    }
    state
}

#[test]
fn a_committed_project_has_half_its_capacity_half_way_up_the_ramp_and_costs_what_it_was_to_cost_times_the_overrun()
 {
    let network = world(Status::Committed);
    let (replicates, plan) = (construction(20.0, 1.5), baseline(SPIN_UP_WEEKS + 60));
    let capacity = network.agents[1].capacity;
    let after = |weeks: u32| run_to(&network, &plan, &replicates, SPIN_UP_WEEKS + weeks).plants;
    assert_eq!(after(20).installed[1], 0.0);
    assert!((after(25).installed[1] - 0.5 * capacity).abs() < 1e-9);
    assert!((after(30).installed[1] - capacity).abs() < 1e-9);
    assert_eq!(after(31).adding[1], 0.0);
    let mut state = State::at_reference(&network, &plan, &replicates);
    let mut spent = 0.0;
    for w in 0..SPIN_UP_WEEKS + 60 {
        week::step(&mut state, &network, &plan, &replicates, w);
        spent += state.plants.capital[1];
    }
    assert!((spent - 52_000.0 * capacity * 1.5).abs() < 1e-6 * spent, "{spent}");
}

#[test]
fn without_trends_a_committed_project_stays_on_paper() {
    let network = world(Status::Committed);
    let replicates = Replicates { trends: false, ..construction(20.0, 1.0) };
    let state = run_to(&network, &baseline(SPIN_UP_WEEKS + 60), &replicates, SPIN_UP_WEEKS + 60);
    assert_eq!(state.plants.installed[1], 0.0);
}

/// At reference prices a tonne earns 1,000 − 800 US dollars: 10,400 a year for a tonne a week. With a return of 10 per
/// cent over 20 years a dollar of capital asks for 0.1/(1 − 1.1⁻²⁰) = 0.11746 a year: capital of 88,541 pays, more does not.
#[test]
fn an_open_project_is_built_when_its_margin_earns_the_annuity_of_its_capital() {
    let annuity = 0.1 / (1.0 - exp(-20.0 * ln(1.1)));
    let most = 52.0 * 200.0 / annuity;
    assert!((most - 88_541.0).abs() < 1.0, "{most}");
    for (capex, built) in [(0.99 * most, true), (1.01 * most, false)] {
        let mut network = world(Status::Open(SPIN_UP_WEEKS));
        network.ventures[1].capex_usd = capex;
        // the mine at home has all orders, so that nothing moves
        (network.agents[0].base_activity, network.agents[0].capacity) = (100.0, 110.0);
        network.outputs[0].base_orders = 100.0;
        (network.outputs[1].base_orders, network.agents[1].base_activity) = (0.0, 0.0);
        (network.links[0].base_share, network.links[0].base_flow) = (1.0, 100.0);
        (network.links[1].base_share, network.links[1].base_flow) = (0.0, 0.0);
        let state =
            run_to(&network, &baseline(SPIN_UP_WEEKS + 40), &construction(30.0, 1.0), SPIN_UP_WEEKS + 40);
        assert_eq!(state.plants.adding[1] + state.plants.installed[1] > 0.0, built, "{capex}");
    }
}

/// The mine at home has all orders; the one abroad is a project that leaves 10,400 US dollars a year for a tonne a week.
fn alone_at_home(capex: f64) -> Network {
    let mut network = world(Status::Open(SPIN_UP_WEEKS));
    network.ventures[1].capex_usd = capex;
    (network.agents[0].base_activity, network.agents[0].capacity) = (100.0, 110.0);
    network.outputs[0].base_orders = 100.0;
    (network.outputs[1].base_orders, network.agents[1].base_activity) = (0.0, 0.0);
    (network.links[0].base_share, network.links[0].base_flow) = (1.0, 100.0);
    (network.links[1].base_share, network.links[1].base_flow) = (0.0, 0.0);
    network
}

#[test]
fn projects_of_one_owner_are_built_when_what_they_earn_together_pays() {
    // the mine at home is made a member that earns 20,000 a year for a tonne a week more, or less, than its capital asks
    let annuity = 0.1 / (1.0 - exp(-20.0 * ln(1.1)));
    let short = 100.0 / annuity;
    for (other, built) in [(0.0, true), (2.0 * 52.0 * 200.0 / annuity, false)] {
        let mut network = alone_at_home(52.0 * 200.0 / annuity + short);
        network.ventures[0].capex_usd = other;
        network.chains = vec![vec![AgentId(0), AgentId(1)]];
        network.ventures[0].chain = Some(0);
        network.ventures[1].chain = Some(0);
        let state =
            run_to(&network, &baseline(SPIN_UP_WEEKS + 40), &construction(30.0, 1.0), SPIN_UP_WEEKS + 40);
        assert_eq!(state.plants.adding[1] + state.plants.installed[1] > 0.0, built, "{other}");
    }
}

#[test]
fn a_project_that_is_run_in_makes_what_stands_of_it_and_asks_what_its_buyers_pay_others() {
    let mut network = alone_at_home(1.0);
    network.ventures[1].status = Status::Committed;
    let (replicates, plan) = (construction(20.0, 1.0), baseline(SPIN_UP_WEEKS + 60));
    let state = run_to(&network, &plan, &replicates, SPIN_UP_WEEKS + 26);
    let half = 0.5 * network.agents[1].capacity;
    assert!((state.outputs.expected_orders[1] - (half + network.agents[1].capacity / 10.0)).abs() < 1e-9);
    assert!(state.agents.activity[1] > 0.9 * half, "{}", state.agents.activity[1]);
    assert_eq!(state.outputs.price[1], state.plants.price_asked[1]);
}

#[test]
fn a_fringe_doubles_when_its_price_has_long_been_four_times_as_high_at_an_elasticity_of_a_half() {
    let mut network = world(Status::Running);
    network.fringes = vec![Fringe { agent: AgentId(1), elasticity: 0.5, most: 3.0 }];
    let (replicates, plan) = (construction(20.0, 1.0), baseline(40));
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for (slow_price, open) in [(4000.0, 2.0), (1000.0, 1.0), (250.0, 0.5), (1e6, 3.0)] {
        state.outputs.slow_price[1] = slow_price;
        state.policy.availability.fill(1.0);
        let now = Now { network: &network, plan: &plan, replicates: &replicates, week: 0 };
        chokepoint_core::phase::fringe::enter(&mut state.policy, &state.outputs, now);
        assert!((state.policy.availability[1] - open).abs() < 1e-12, "{slow_price}");
        assert_eq!(state.policy.availability[0], 1.0);
    }
}

#[test]
fn if_all_stand_idle_what_they_ask_says_that_one_should_start_again() {
    let network = world(Status::Running);
    let (replicates, plan) = (construction(20.0, 1.0), baseline(SPIN_UP_WEEKS + 60));
    let mut state = run_to(&network, &plan, &replicates, SPIN_UP_WEEKS + 13);
    state.plants.running.fill(0.0);
    state.outputs.price.fill(5_000.0);
    for w in SPIN_UP_WEEKS + 13..SPIN_UP_WEEKS + 26 {
        week::step(&mut state, &network, &plan, &replicates, w);
    }
    assert!(state.plants.cost_asked[0] > 3_000.0, "{}", state.plants.cost_asked[0]);
    assert!(state.plants.restart.iter().all(|weeks| *weeks > 0.0), "{:?}", state.plants.restart);
}

#[test]
fn a_plant_that_loses_cash_for_half_a_year_idles_at_the_next_review_and_closes_after_three_years() {
    let mut network = small_and_replaceable();
    network.agents[1].own_cost_usd = 1_050.0;
    // its price stays where it is: the cost at the reference level is the anchor
    let (replicates, plan) = (construction(20.0, 1.0), baseline(SPIN_UP_WEEKS + 260));
    let running = |weeks: u32| run_to(&network, &plan, &replicates, SPIN_UP_WEEKS + weeks).plants;
    assert_eq!(running(25).running[1], 1.0);
    assert_eq!(running(40).running[1], 0.0);
    assert_eq!(running(150).closed[1], 0.0);
    let late = running(250);
    assert_eq!((late.closed[1], late.installed[1]), (1.0, 0.0));
    assert_eq!(late.running[0], 1.0);
}

/// The mine abroad is small and easily replaced, so that nothing becomes scarce when it is idle.
fn small_and_replaceable() -> Network {
    let mut network = world(Status::Running);
    (network.agents[0].base_activity, network.agents[0].capacity) = (99.0, 150.0);
    (network.agents[1].base_activity, network.agents[1].capacity) = (1.0, 1.1);
    for (place, share) in [0.99, 0.01].into_iter().enumerate() {
        network.outputs[place].base_orders = 100.0 * share;
        (network.links[place].base_share, network.links[place].base_flow) = (share, 100.0 * share);
    }
    network.inputs[0].switching_weeks = 4.0;
    network
}

#[test]
fn a_floor_of_1100_that_covers_half_pays_50_a_tonne_at_a_price_of_1000_and_takes_back_30_at_1200_with_an_upside_of_60_per_cent()
 {
    let network = two_mines(4.0, 2);
    let rule = FloorRule {
        outputs: vec![OutputId(1)],
        agents: vec![AgentId(1)],
        covered: 0.5,
        upside: 0.6,
        offtake: false,
        payer: Payer::Public,
    };
    let draw = crate::small::step(0.0, 1e5, 1_100.0);
    let plan = Plan {
        events: vec![Event { effect: Effect::Floor(rule), draw: 0 }],
        weeks: SPIN_UP_WEEKS + 52,
        ..Plan::default()
    };
    let replicates: Replicates<f64> = replicates(vec![draw]);
    let scope = Scope { series: Vec::new(), from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS, home: RegionId(0) };
    let mut tally = Tally::<f64>::new(&network, &plan, &scope);
    let mut state = State::at_reference(&network, &plan, &replicates);
    let mut sold = 0.0;
    for w in 0..plan.weeks {
        week::step(&mut state, &network, &plan, &replicates, w);
        if w >= SPIN_UP_WEEKS {
            assert!((state.outputs.price[1] - 1_000.0).abs() < 1e-6, "{}", state.outputs.price[1]);
            sold += state.outputs.shipped[1];
        }
        use chokepoint_core::week::Observe;
        tally.week_ended(w, &network, &plan, &state);
    }
    let paid = tally.ledger.amount(0, Entry::FloorPayouts(Payer::Public), 1);
    assert!((paid - 50.0 * sold).abs() < 1e-6 * paid, "{paid} for {sold} t");
    assert_eq!(tally.ledger.amount(0, Entry::FloorReturns(Payer::Public), 1), 0.0);
    assert!((state.policy.support.top_up(1, 1_200.0) + 30.0).abs() < 1e-12);
    assert_eq!(state.policy.support.top_up(0, 500.0), 0.0);
}

/// A run of the two mines under some programmes: the ledger, and what was spent, made and owed on the mine abroad.
fn under<L: Lane>(network: &Network, effects: Vec<Effect>, sizes: &[&dyn Fn(usize) -> f64]) -> Ledger<L> {
    let draws: Vec<Draw<L>> = sizes
        .iter()
        .map(|size| Draw { magnitude: L::from_fn(size), ..crate::small::step(0.0, 1e5, 0.0) })
        .collect();
    let events = effects.into_iter().enumerate().map(|(draw, effect)| Event { effect, draw }).collect();
    let plan = Plan { events, weeks: SPIN_UP_WEEKS + 52, ..Plan::default() };
    let construction = vec![Construction { lead: L::splat(20.0), overrun: L::one() }; 2];
    let replicates = Replicates { construction, trends: true, ..crate::small::replicates(draws) };
    let scope = Scope { series: Vec::new(), from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS, home: RegionId(0) };
    let mut tally = Tally::<L>::new(network, &plan, &scope);
    week::run(network, &plan, &replicates, &mut tally);
    tally.ledger
}

fn programme(payer: Payer, share: f64) -> Programme {
    Programme { agents: vec![AgentId(1)], payer, share }
}

fn floor(payer: Payer) -> Effect {
    Effect::Floor(FloorRule {
        outputs: vec![OutputId(1)],
        agents: vec![AgentId(1)],
        covered: 1.0,
        upside: 0.0,
        offtake: false,
        payer,
    })
}

/// Two floors, of 1,100 and of 1,200 in every even lane and of 1,000 in every odd one, at a price of 1,000: the public pays
/// 200 a tonne in even lanes and firms 100 in odd ones, nobody twice.
#[test]
fn of_two_floors_the_higher_one_pays_in_each_lane_by_itself() {
    let network = two_mines(4.0, 2);
    let other = |k: usize| if k.is_multiple_of(2) { 1_200.0 } else { 1_000.0 };
    let ledger =
        under::<Eight>(&network, vec![floor(Payer::Firm), floor(Payer::Public)], &[&|_| 1_100.0, &other]);
    let tonnes = 20.0 * 52.0;
    for k in 0..8 {
        let paid = |payer| ledger.amount(0, Entry::FloorPayouts(payer), 1).lane(k) / tonnes;
        let expected = if k.is_multiple_of(2) { (0.0, 200.0) } else { (100.0, 0.0) };
        let (firm, public) = (paid(Payer::Firm), paid(Payer::Public));
        assert!(
            (firm - expected.0).abs() < 1e-6 && (public - expected.1).abs() < 1e-6,
            "{k}: {firm} {public}"
        );
    }
}

/// A project of 22 t a week at 52,000 US dollars a weekly tonne costs 1,144,000. Grants of 70 and 60 per cent bear 70 and
/// 30 per cent of it: never more than the whole.
#[test]
fn two_grants_together_bear_no_more_than_the_capital() {
    let network = world(Status::Committed);
    let ledger = under::<f64>(
        &network,
        vec![Effect::Grant(programme(Payer::Public, 1.0)), Effect::Grant(programme(Payer::Firm, 1.0))],
        &[&|_| 0.7, &|_| 0.6],
    );
    let capital = ledger.amount(0, Entry::PlantCapital, 1);
    assert!((capital - 1_144_000.0).abs() < 1e-3, "{capital}");
    let paid = |payer| ledger.amount(0, Entry::Grants(payer), 1) / capital;
    assert!((paid(Payer::Public) - 0.7).abs() < 1e-9 && (paid(Payer::Firm) - 0.3).abs() < 1e-9);
}

/// 20 t a week at 800 US dollars of processing: a credit of a tenth pays 1,600 a week.
#[test]
fn a_production_credit_pays_its_share_of_the_processing_cost() {
    let network = world(Status::Running);
    let ledger =
        under::<f64>(&network, vec![Effect::RunningCredit(programme(Payer::Public, 1.0))], &[&|_| 0.1]);
    let paid = ledger.amount(0, Entry::RunningCredits(Payer::Public), 1);
    assert!((paid - 1_600.0 * 52.0).abs() < 1e-6 * paid, "{paid}");
    let processing = ledger.amount(0, Entry::Processing, 1);
    assert!((processing - 16_000.0 * 52.0).abs() < 1e-6 * processing, "{processing}");
}

/// Half of the capital lent at 4 points below: each week costs a fifty-second of 4 per cent of half the book value. Spent
/// evenly over 20 weeks and written off over 20 years.
#[test]
fn a_loan_costs_what_its_rate_lies_below() {
    let network = world(Status::Committed);
    let ledger = under::<f64>(&network, vec![Effect::Loan(programme(Payer::Public, 0.5))], &[&|_| 0.04]);
    let (mut book, mut cost) = (0.0, 0.0);
    for week in 0..52 {
        let spent = if week < 20 { 1_144_000.0 / 20.0 } else { 0.0 };
        book = book * (1.0 - 1.0 / (52.0 * 20.0)) + spent;
        cost += 0.5 * book * 0.04 / 52.0;
    }
    let paid = ledger.amount(0, Entry::LoanSubsidies(Payer::Public), 1);
    assert!((paid - cost).abs() < 1e-6 * cost, "{paid} {cost}");
    assert!((ledger.plant_value[1] - book).abs() < 1e-6 * book);
    assert_eq!(ledger.amount(0, Entry::LoanLosses(Payer::Public), 1), 0.0);
}

/// 5 t return a week; a fifth is collected by price, half is reported to be: the payer bears 100 US dollars on 1.5 t a week.
#[test]
fn what_is_collected_beyond_price_is_paid_for_by_the_programme() {
    let mut network = world(Status::Running);
    network.collectors = vec![Collector {
        agent: AgentId(1),
        share: 0.2,
        most: 0.2,
        elasticity: 0.0,
        cost_usd: 100.0,
        cohorts: vec![Cohort { sources: vec![(0, 0.5)], ..cohort(0.0) }],
    }];
    let ledger = under::<f64>(&network, vec![Effect::Collect(programme(Payer::Consumer, 1.0))], &[&|_| 0.5]);
    let paid = ledger.amount(0, Entry::Collecting(Payer::Consumer), 1);
    assert!((paid / (150.0 * 52.0) - 1.0).abs() < 0.02, "{paid}");
}

/// The mine abroad loses cash and is idle. Once its costs have fallen it pays again: after the review it works for 26
/// weeks on the restart, pays 100 US dollars for each weekly tonne, and runs.
#[test]
fn an_idle_plant_that_pays_again_runs_after_the_weeks_of_a_restart_and_pays_for_it_once() {
    let mut network = small_and_replaceable();
    network.agents[1].own_cost_usd = 1_050.0;
    let (replicates, plan) = (construction(20.0, 1.0), baseline(SPIN_UP_WEEKS + 200));
    let mut state = State::at_reference(&network, &plan, &replicates);
    let mut restarts = Vec::new();
    for w in 0..SPIN_UP_WEEKS + 110 {
        if w == SPIN_UP_WEEKS + 60 {
            network.agents[1].own_cost_usd = 600.0;
        }
        week::step(&mut state, &network, &plan, &replicates, w);
        if state.plants.restarting[1] > 0.0 {
            restarts.push((w - SPIN_UP_WEEKS, state.plants.restarting[1]));
            assert_eq!(state.plants.running[1], 0.0);
        }
        if let Some((begun, _)) = restarts.first() {
            let runs = w - SPIN_UP_WEEKS >= begun + 26;
            assert_eq!(state.plants.running[1] > 0.0, runs, "week {w}");
        }
    }
    // the first review after the fall: week 64
    assert_eq!(restarts.len(), 1, "{restarts:?}");
    assert!(restarts[0].0 == 64 && (restarts[0].1 - 110.0).abs() < 1e-9, "{restarts:?}");
}

#[test]
fn what_one_region_buys_abroad_the_others_have_sold() {
    let network = two_mines(4.0, 2);
    let plan = ban(SPIN_UP_WEEKS + 104);
    let replicates = replicates(vec![crate::small::step(f64::from(SPIN_UP_WEEKS), 52.0, 0.5)]);
    let scope = Scope { series: Vec::new(), from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS, home: RegionId(0) };
    let mut tally = Tally::<f64>::new(&network, &plan, &scope);
    week::run(&network, &plan, &replicates, &mut tally);
    let ledger: &Ledger<f64> = &tally.ledger;
    assert_eq!(ledger.years, 2);
    for year in 0..2 {
        let imports = ledger.amount(year, Entry::Imports, 1);
        let exports = ledger.amount(year, Entry::Exports, 0);
        assert!(imports > 1e6 && (imports - exports).abs() < 1e-9 * imports, "{imports} {exports}");
        assert_eq!(ledger.amount(year, Entry::Imports, 0), 0.0);
    }
}

/// Shares of 80 and 20 per cent: 0.64 + 0.04.
#[test]
fn concentration_of_two_countries_with_80_and_20_per_cent_is_6800() {
    let network = two_mines(4.0, 2);
    let plan = baseline(SPIN_UP_WEEKS + 4);
    let stage = chokepoint_core::id::StageId(0);
    let series = vec![Series::Concentration(stage), Series::LargestShare(stage)];
    let scope = Scope { series, from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS, home: RegionId(0) };
    let mut tally = Tally::<f64>::new(&network, &plan, &scope);
    week::run(&network, &plan, &replicates(Vec::new()), &mut tally);
    assert!((tally.series[0] * 1e4 - 6_800.0).abs() < 1e-6, "{}", tally.series[0]);
    assert!((tally.series[1] - 0.8).abs() < 1e-9);
}

fn cohort(past_growth: f64) -> Cohort {
    Cohort { sources: vec![(0, 0.5)], life_weeks: 520.0, ages: 4, past_growth, sold: 5.0 }
}

/// Ten goods a week with half a tonne each: 5 t sold, and 5 t back where sales never grew. Where they grew by 5 per cent a
/// year for ever, what comes back was sold when sales were (1 + 0.05·10/4)⁻⁴ of today's.
#[test]
fn what_returns_is_what_was_sold_a_life_ago() {
    assert!((cohort(0.0).returns() - 5.0).abs() < 1e-9);
    let growing = cohort(0.05 / 52.0).returns();
    assert!((growing - 5.0 / (1.125 * 1.125 * 1.125 * 1.125)).abs() < 1e-9, "{growing}");
}

#[test]
fn sales_that_stay_bring_returns_up_to_them_and_a_collector_reaches_its_share() {
    let mut network = two_mines(4.0, 2);
    let collector = |past_growth| Collector {
        agent: AgentId(1),
        share: 0.2,
        most: 0.5,
        elasticity: 0.5,
        cost_usd: 100.0,
        cohorts: vec![cohort(past_growth)],
    };
    network.collectors = vec![collector(0.05 / 52.0)];
    let replicates = Replicates { trends: true, ..replicates(Vec::new()) };
    let weeks = SPIN_UP_WEEKS + 52 * 40;
    let state = run_to(&network, &baseline(weeks), &replicates, weeks);
    let built = state.agents.activity[2] * 0.5;
    assert!(
        (state.returns.returned[0] / built - 1.0).abs() < 0.03,
        "{} of {built}",
        state.returns.returned[0]
    );
    // costlier by d: the share rises with the root of the price
    let costlier = state.outputs.price[1] / 1_000.0;
    let reach = state.returns.returned[0] * (0.2 * costlier.sqrt()).min(0.5);
    assert!((state.plants.installed[1] / reach - 1.0).abs() < 0.05, "{} {reach}", state.plants.installed[1]);
}
