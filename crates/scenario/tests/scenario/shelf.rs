//! What a list says of a library is what its files say once they are resolved.

use chokepoint_input::problem::Problems;
use chokepoint_scenario::shelf;
use chokepoint_scenario::{BASELINE_WITH, Request, host, load};
use std::path::Path;

#[test]
fn who_pays_for_a_strategy_is_the_same_in_its_file_and_in_what_its_measures_do() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut problems = Problems::default();
    let heads = shelf::strategies(&library, &mut problems);
    assert!(heads.len() > 10 && problems.0.is_empty());
    let mut seen = 0;
    let hosts: std::collections::BTreeSet<_> = heads
        .iter()
        .map(|head| host(&library, &library.join(format!("strategies/{}.ron", head.id))))
        .collect();
    for scenario in hosts {
        let request = Request { scenario, all_strategies: true, ..Request::default() };
        let (experiment, _) = load(&request).expect("a shipped scenario");
        for arm in experiment.arms.iter().filter(|arm| !arm.id.starts_with(BASELINE_WITH)) {
            let Some(resolved) = &arm.strategy else { continue };
            let head = heads.iter().find(|head| head.id == resolved.id).expect("listed");
            assert_eq!((&head.paid_by, head.date), (&resolved.paid_by(), resolved.date), "{}", head.id);
            assert_eq!(head.name, resolved.name);
            seen += 1;
        }
    }
    assert!(seen >= heads.len(), "{seen} of {}", heads.len());
}
