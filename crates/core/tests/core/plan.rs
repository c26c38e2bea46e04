//! What one plan adds to another, and when it adds nothing that may be run from the other's past.

use chokepoint_core::id::{AgentId, InputId, LinkId};
use chokepoint_core::plan::{Effect, Event, LicenceRule, Payer, Plan};

fn outage(draw: usize) -> Event {
    Event { effect: Effect::CapacityLoss(vec![AgentId::from(draw)]), draw }
}

fn buffer(draw: usize) -> Event {
    Event { effect: Effect::Buffer { inputs: vec![InputId::from(0)], payer: Payer::Firm }, draw }
}

fn cap_on_source(draw: usize) -> Event {
    let (inputs, links) = (vec![InputId::from(0)], vec![LinkId::from(draw)]);
    Event { effect: Effect::SourcingCap { inputs, links }, draw }
}

fn ban(draw: usize) -> Event {
    Event { effect: Effect::ExportCap(vec![LinkId::from(0)]), draw }
}

fn licence(draw: usize) -> Event {
    let rule = LicenceRule { links: Vec::new(), content_threshold: 0.0 };
    Event { effect: Effect::Licence(rule), draw }
}

fn plan(events: Vec<Event>) -> Plan {
    Plan { events, ..Plan::default() }
}

/// Draws of what the first plan adds to the second.
fn added(is: Vec<Event>, was: Vec<Event>) -> Option<Vec<usize>> {
    plan(is).adds_to(&plan(was)).map(|events| events.iter().map(|event| event.draw).collect())
}

#[test]
fn a_plan_adds_what_the_other_has_not_wherever_it_stands() {
    assert_eq!(added(vec![outage(0), buffer(1)], Vec::new()), Some(vec![0, 1]));
    assert_eq!(added(vec![outage(0), buffer(1)], vec![buffer(1)]), Some(vec![0]));
    assert_eq!(added(vec![outage(0), buffer(1)], vec![outage(0), buffer(1)]), Some(Vec::new()));
    // the same measure drawn apart is another
    assert_eq!(added(vec![buffer(1), buffer(2)], vec![buffer(2)]), Some(vec![1]));
}

#[test]
fn a_plan_that_lacks_an_event_of_the_other_or_has_another_order_adds_nothing_to_it() {
    assert_eq!(added(vec![outage(0)], vec![buffer(1)]), None);
    assert_eq!(added(vec![outage(0), buffer(1)], vec![buffer(1), outage(0)]), None);
}

#[test]
fn what_would_be_laid_out_anew_parts_from_no_past_in_which_it_may_stand() {
    // a queue on links that a ban has left leaks on
    assert_eq!(added(vec![licence(1)], Vec::new()), Some(vec![1]));
    assert_eq!(added(vec![ban(0), licence(1)], vec![ban(0)]), None);
    assert_eq!(added(vec![ban(0), buffer(1)], vec![ban(0)]), Some(vec![1]));
    // sellers under a cap that has not begun would count under the one that has
    assert_eq!(added(vec![cap_on_source(1)], vec![]), Some(vec![1]));
    assert_eq!(added(vec![cap_on_source(1), cap_on_source(2)], vec![cap_on_source(1)]), None);
    assert_eq!(added(vec![cap_on_source(1), buffer(2)], vec![cap_on_source(1)]), Some(vec![2]));
}
