//! What others have published: every number that ships is found by the scenario that asks for it, and mistakes have their place.

use crate::broken::library;
use crate::root;
use chokepoint_input::library::ids;
use chokepoint_scenario::published::{Amount, of_the_world, outlooks};
use chokepoint_scenario::{Request, load};
use std::fs;
use std::path::Path;

fn bare(library: &Path, id: &str) -> Request {
    let scenario = library.join(format!("{id}.ron"));
    Request { scenario, strategies: Some(Vec::new()), ..Request::default() }
}

#[test]
fn every_published_estimate_belongs_to_a_scenario_and_strategies_that_ship() {
    let library = root().join("scenarios");
    let table = fs::read_to_string(library.join("published/estimates.csv")).unwrap();
    let strategies = ids(&library.join("strategies"));
    let mut found = of_the_world(&library).unwrap().len();
    for id in ids(&library) {
        let (experiment, _) = load(&bare(&library, &id)).unwrap();
        for estimate in &experiment.published.estimates {
            assert!(estimate.strategy.iter().all(|id| strategies.contains(id)), "{}", estimate.id);
            let gdp = estimate.region.and_then(|region| experiment.published.gdp[region]);
            // a share of nothing known is no number
            assert!(!matches!(estimate.amount, Amount::OfGdp(_)) || gdp.is_some(), "{}", estimate.id);
            found += 1;
        }
    }
    assert_eq!(found, table.lines().count() - 1);
}

#[test]
fn one_and_three_tenths_per_cent_of_a_gross_domestic_product_are_so_many_dollars() {
    let (experiment, _) = load(&bare(&root().join("scenarios"), "japan-halt")).unwrap();
    let of = |id: &str| experiment.published.estimates.iter().find(|e| e.id == id).unwrap();
    let daiwa = of("daiwa-jp");
    let usd = daiwa.amount.usd(Some(3.9e12)).unwrap();
    assert!(usd.iter().all(|x| (x / 50.7e9 - 1.0).abs() < 1e-12), "{usd:?}");
    assert_eq!(daiwa.amount.usd(None), None);
    assert!(daiwa.knows_the_crisis());
    let (gallium, _) = load(&bare(&root().join("scenarios"), "gallium-ban")).unwrap();
    assert!(gallium.published.estimates.iter().all(|e| !e.knows_the_crisis()));
}

#[test]
fn mistakes_in_what_was_published_are_reported_all_at_once_with_their_place() {
    let own = library();
    let published = own.path().join("published");
    fs::write(
        published.join("estimates.csv"),
        "id,scenario,strategy,region,item,unit,value,low,high,counts,months,asked,published,source\n\
         a,japan-halt,,JPN,,usd_bn,1,,,gdp,12,x,2024,x\n\
         b,japan-halt,,JP,,euros,1,,,gdp,12,x,2024,x\n\
         c,japan-halt,,JP,,usd_bn,1,,,gpd,12,x,2024,x\n\
         d,japan-halt,,JP,,usd_bn,much,,,gdp,12,x,2024,x\n\
         e,japan-halt,,,oxide-dyy,price_multiple,2,,,gdp,12,x,2024,x\n",
    )
    .unwrap();
    let problems = load(&bare(own.path(), "japan-halt")).unwrap_err().to_string();
    for part in
        ["`JPN`", "`euros`", "did you mean `gdp`?", "much", "did you mean `oxide-dy`?", "estimates.csv"]
    {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    // rows of other scenarios are not this one's
    let (other, _) = load(&bare(own.path(), "port-strike")).unwrap();
    assert!(other.published.estimates.is_empty());
    fs::write(
        published.join("outlooks.csv"),
        "id,world,name,measure,items,stage,places,year,value,low,high,unit,source,grade\n\
         a,ree-2024,x,price,oxide-ndprr,,outside,2030,1,1,1,x,x,high\n\
         b,ree-2024,x,weight,oxide-ndpr,,outside,2030,1,1,1,x,x,high\n\
         c,ree-2024,x,largest_share,,,,2030,1,1,1,x,x,high\n",
    )
    .unwrap();
    let problems = outlooks(own.path(), &other.world).unwrap_err().to_string();
    for part in ["did you mean `oxide-ndpr`?", "`weight`", "`largest_share`"] {
        assert!(problems.contains(part), "{part}: {problems}");
    }
}

#[test]
fn a_library_without_published_numbers_has_none() {
    let own = library();
    fs::remove_dir_all(own.path().join("published")).unwrap();
    let (experiment, _) = load(&bare(own.path(), "japan-halt")).unwrap();
    assert!(experiment.published.estimates.is_empty());
    assert!(experiment.published.gdp.iter().all(Option::is_none));
    assert!(outlooks(own.path(), &experiment.world).unwrap().is_empty());
}
