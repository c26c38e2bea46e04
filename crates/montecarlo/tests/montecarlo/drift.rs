//! What the baseline of the shipped world does on its own.

use crate::events::shipped_world;
use crate::shipped::scenarios;
use chokepoint_montecarlo::drift::{Drift, Followed, of};

/// Stocks of stages and regions that leave a quarter of the start: where new plants are most of what is there, and makers of
/// metal and recyclers of swarf in Japan, whose customers new plants win.
const BEYOND: [(&str, &str); 11] = [
    ("Separation", "US"),
    ("Separation", "EU"),
    ("Separation", "JP"),
    ("Separation", "ROW"),
    ("Metal", "US"),
    ("Metal", "EU"),
    ("Metal", "JP"),
    ("Metal", "CA"),
    ("Alloy", "US"),
    ("Alloy", "EU"),
    ("Magnet", "US"),
];

#[test]
fn stocks_of_the_baseline_stay_within_a_quarter_of_the_start_but_where_new_plants_are_most_of_a_stage() {
    let found = of(&shipped_world(), &scenarios()).unwrap_or_else(|problems| panic!("{problems}"));
    let stocks = found.iter().filter(|drift| matches!(drift.followed, Followed::Stock(..)));
    let (mut within, mut new) = (0, Vec::new());
    for drift in stocks {
        let Followed::Stock(stage, region) = &drift.followed else { continue };
        let known = BEYOND.contains(&(stage, region));
        match drift.beyond() {
            None => within += 1,
            Some(_) if known => {}
            Some(value) => new.push(format!("{stage}, {region}: {value:.2}")),
        }
    }
    println!("{within} stages and regions stay within a quarter of their stocks at the start");
    assert!(new.is_empty(), "{new:?}");
    assert!(within >= 23, "{within}");
}

/// Price after five years over that at the start of the calendar: outlooks published before April 2025 have magnet oxides
/// rise by 3.2 to 5.2 % a year (Adamas 2022 to 2024), and lie apart by a factor of 2.2 for one year (`quotas_and_growth.csv`).
/// Terbium, for which there is no outlook, ends at x1.82 outside.
#[test]
fn oxides_of_magnets_stay_within_what_outlooks_gave() {
    let found = of(&shipped_world(), &scenarios()).unwrap_or_else(|problems| panic!("{problems}"));
    let last = |drift: &Drift| *drift.years.last().unwrap();
    for good in ["oxide-ndpr", "oxide-dy"] {
        let of_good = |drift: &&Drift| matches!(&drift.followed, Followed::Price(id, _) if id == good);
        for drift in found.iter().filter(of_good) {
            println!("{:?} x{:.2}", drift.followed, last(drift));
            // a factor of 1.5 around 1.25
            assert!((0.83..=1.88).contains(&last(drift)), "{:?} x{:.2}", drift.followed, last(drift));
        }
    }
}

#[test]
#[ignore = "misses: dysprosium x1.15, neodymium-praseodymium x1.17 in the fifth year, since designs save 3 % of dysprosium a year"]
fn heavies_are_short_so_that_dysprosium_rises_more_than_neodymium_outside() {
    let found = of(&shipped_world(), &scenarios()).unwrap_or_else(|problems| panic!("{problems}"));
    let last = |good: &str| {
        let wanted = Followed::Price(good.to_owned(), "outside".to_owned());
        *found.iter().find(|drift| drift.followed == wanted).unwrap().years.last().unwrap()
    };
    assert!(last("oxide-dy") > last("oxide-ndpr"), "{} {}", last("oxide-dy"), last("oxide-ndpr"));
}

/// Goods by how much costlier they are inside than outside at their worst, of those that China exports net.
fn costlier_inside() -> Vec<(String, f64)> {
    let found = of(&shipped_world(), &scenarios()).unwrap_or_else(|problems| panic!("{problems}"));
    let of_good = |drift: &Drift| match &drift.followed {
        Followed::Inside(good) => Some((good.clone(), drift.years.iter().copied().fold(0.0, f64::max))),
        _ => None,
    };
    found.iter().filter_map(of_good).collect()
}

/// What follows a benchmark has one price, but for projects that ask what their buyers pay others and for buyers that could not
/// pay more.
#[test]
fn oxides_and_metals_cost_much_the_same_inside_and_outside() {
    let quoted: Vec<(String, f64)> = costlier_inside()
        .into_iter()
        .filter(|(good, _)| good.starts_with("oxide") || good.starts_with("metal"))
        .collect();
    println!("{quoted:?}");
    assert!(quoted.len() > 10 && quoted.iter().all(|(_, over)| *over < 1.035), "{quoted:?}");
    assert_eq!(quoted.iter().filter(|(_, over)| *over > 1.02).count(), 1, "{quoted:?}");
}

#[test]
#[ignore = "wanted: what China exports is at most 2 % costlier inside than outside; measured: oxide of neodymium and praseodymium 3 %, alloys 5 %, motors of cars 6 % in their worst year, which no benchmark holds together"]
fn what_china_exports_costs_at_most_two_per_cent_more_inside() {
    let beyond: Vec<(String, f64)> = costlier_inside().into_iter().filter(|(_, over)| *over > 1.02).collect();
    assert!(beyond.is_empty(), "{beyond:?}");
}

#[test]
fn what_a_project_makes_goes_to_its_owner_first() {
    let experiment = crate::shipped::shipped("baseline");
    let network = &experiment.network;
    let of = |id: &str| experiment.agents.iter().position(|agent| agent.id == id).unwrap();
    let casting = network.outputs_of(&network.agents[of("evac-alloy")]).next().unwrap();
    // it is as large as its owner's magnet plant needs: others are offered what rounding leaves
    let others = network.links.iter().filter(|link| link.seller.at() == casting && link.base_share == 0.0);
    let most = others.map(|link| link.entry_share).fold(0.0, f64::max);
    assert!(most < 1e-4, "{most}");
    // and the plant plans with next to nothing else
    let input = &network.inputs[network.agents[of("evac-sumter")].inputs.start as usize];
    let own = network.links[network.links_of(input)].iter().find(|link| link.seller.at() == casting).unwrap();
    assert!(own.base_share > 0.9, "{}", own.base_share);
}

/// Outlooks published before April 2025 (`scenarios/published/outlooks.csv`). One is missed: separation outside China grows with
/// what projects have delivered on record, the outlook with what was announced.
#[test]
fn the_baseline_lies_inside_all_outlooks_but_that_of_separation() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let compared = chokepoint_montecarlo::outlook::compare(&shipped_world(), &scenarios(), 16, &stop);
    let compared = compared.unwrap_or_else(|problems| panic!("{problems}")).unwrap();
    let beyond: Vec<&str> =
        compared.iter().filter(|row| !row.inside()).map(|row| row.outlook.id.as_str()).collect();
    assert_eq!(compared.len(), 9);
    assert_eq!(beyond, ["share-separation"]);
}
