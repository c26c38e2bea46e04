//! Numbers of figures as a file has them, with few and with many rows, with nothing and with everything lost.

use crate::Chart;
use serde_json::{Value, json};

/// Weeks that are recorded, and the week of the shock among them.
const WEEKS: usize = 286;
const SHOCK: usize = 26;

fn named(id: &str, name: &str) -> Value {
    json!({ "id": id, "name": name })
}

fn scenario() -> Value {
    named("test", "A shock to everything that is traded between everybody and everybody else")
}

fn span() -> Value {
    let days: Vec<String> = (0..WEEKS).map(|w| format!("{}-01-01", 2026 + w / 52)).collect();
    json!({ "days": days, "shock": SHOCK, "window": [26.0, 78.0], "scenario": scenario() })
}

fn charts(numbers: impl IntoIterator<Item = Value>) -> Vec<Chart> {
    numbers.into_iter().map(|numbers| serde_json::from_value(numbers).unwrap()).collect()
}

/// Figures from numbers as a file has them: few and many, nothing and everything lost.
pub(super) fn from_numbers(rows: usize, lost: f64) -> Vec<Chart> {
    let (scenario, span) = (scenario(), span());
    let long = "Industrial automation, robotics and everything that moves by itself";
    let survive: Vec<_> = (0..rows)
        .map(|k| {
            let week = if lost > 0.0 { 10.0 * k as f64 } else { 260.0 };
            json!({
                "sector": named("x", long), "region": named("ROW", "Rest of world"),
                "survive": [week / 2.0, week, 260.0], "back": (week + 30.0).min(260.0), "stops": 0.4,
                "idle": [0.05, 0.4, 0.95],
            })
        })
        .collect();
    let events: Vec<_> = (0..rows.max(1))
        .map(|k| {
            json!({
                "event": named(&format!("an-event-with-a-long-name-{k}"), "TechnologyEmbargo"), "day": "2026-01-01",
                "start": [20.0, 26.0, 30.0], "full": 30.0, "conditional": k % 2 == 0,
                "end": if k % 3 == 0 { json!(null) } else { json!([40.0, 78.0, 130.0]) },
            })
        })
        .collect();
    let ready: Vec<_> = (0..rows)
        .map(|k| {
            json!({ "strategy": named("x", long), "week": 40.0 * k as f64 - 20.0, "too_late": k % 2 == 1 })
        })
        .collect();
    let factors: Vec<_> = (0..rows)
        .map(|k| {
            let size = lost / (k as f64 + 1.0);
            json!({
                "factor": format!("test/an_event/a_number_with_a_long_name_{k}"), "range": [0.001, 1234.5],
                "size": size, "interval": [0.1 * size, 2.0 * size], "alone": -size,
            })
        })
        .collect();
    let sides: Vec<_> = (0..rows)
        .map(|k| {
            json!({
                "factor": format!("downstream_cover_{k}"), "range": [0.3, 0.85], "quasi_p": 0.02 * k as f64,
                "share": ([[0.0, 0.4], [0.2, 1.0], [0.1, 0.9]][k % 3]),
            })
        })
        .collect();
    // stages of few and of many regions, of which one loses everything or nothing
    let stage_names = ["Mining", "Separation", "Metal", "Alloy", "Magnet", "Component", "OEM"];
    let stages: Vec<_> = stage_names.map(|id| named(id, id)).to_vec();
    let keys = ["CN", "US", "EU", "JP", "CA", "AU", "ROW"];
    let regions: Vec<_> = keys.map(|id| named(id, id)).to_vec();
    let there = rows.clamp(1, 7);
    let flows: Vec<_> = (0..6)
        .flat_map(|stage| (0..there).map(move |k| (stage, k)))
        .flat_map(|(stage, k)| (0..there).map(move |other| (stage, k, other)))
        .map(|(stage, k, other)| {
            let before = 123_456.0 / ((1 + k) * (1 + k.abs_diff(other))) as f64;
            let during = if lost > 0.0 && k == 0 { 0.0 } else { before };
            json!({
                "from": [stage, k], "to": [stage + 1, other], "before": before, "during": during,
                "range": [0.9 * during, during, 1.1 * during],
            })
        })
        .collect();
    let change = if lost > 0.0 { [-1.0, -0.9, -0.8] } else { [-0.1, 0.0, 0.1] };
    let supply = json!({
        "stage": 5, "region": there - 1, "before": 123_456.0, "during": 12.3, "change": change,
    });
    let dots: Vec<f64> = (0..20).map(|k| lost * (f64::from(k) - 2.0) / 10.0).collect();
    let outcome = json!({ "measure": "value_added_lost", "region": named("CA", "Canada"), "sector": null, "item": null });
    let tornado = |measure: &str, unit: &str| {
        json!({ "kind": "tornado", "numbers": {
            "scenario": scenario, "outcome": outcome, "unit": unit, "runs": 129, "measure": measure, "factors": factors,
        } })
    };
    let all = [
        json!({ "kind": "survive", "numbers": { "scenario": scenario, "n": 256, "horizon": 260.0, "rows": survive } }),
        json!({ "kind": "timeline", "numbers": { "span": span, "events": events, "strategies": ready } }),
        json!({ "kind": "flows", "numbers": {
            "scenario": scenario, "element": named("NdPr", "Neodymium-praseodymium"), "stages": stages,
            "regions": regions, "home": 0, "flows": flows, "supply": supply,
        } }),
        json!({ "kind": "dots", "numbers": { "scenario": scenario, "n": 256, "lost": dots } }),
        tornado("effect", "USD"),
        tornado("effect", "weeks"),
        tornado("variance", "USD"),
        json!({ "kind": "boxes", "numbers": {
            "scenario": scenario, "outcome": outcome, "unit": "USD", "runs": 4096, "bound": lost, "beyond": 0.2,
            "coverage": 0.6, "density": 0.9, "restrictions": sides,
        } }),
    ];
    charts(all)
}

/// Figures over weeks and by stage: as many stages, sectors and regions as there are rows, up to those of the world.
pub(super) fn over_weeks(rows: usize, lost: f64) -> Vec<Chart> {
    let (scenario, span) = (scenario(), span());
    let long = "Industrial automation, robotics and everything that moves by itself";
    let most = if lost == 0.0 { 0.0 } else { (lost / 1e11).min(1.0) };
    let hit = |week: usize| if week < SHOCK { 0.0 } else { most };
    // five percentiles around what is hit in a week, of something of a size
    let five = |size: f64| -> Vec<[f64; 5]> {
        (0..WEEKS).map(|w| [0.5, 0.8, 1.0, 1.2, 3.0].map(|k| k * size * hit(w))).collect()
    };
    let falls = |size: f64| -> Vec<[f64; 3]> {
        (0..WEEKS).map(|w| [0.9, 1.0, 1.1].map(|k| k * size * (1.0 - hit(w)))).collect()
    };
    let keys = ["CN", "US", "EU", "JP", "CA", "AU", "ROW"];
    let ids = ["Mining", "Separation", "Metal", "Alloy", "Magnet", "Component", "OEM"];
    let regions: Vec<Value> = keys.iter().take(rows.max(1)).map(|key| named(key, "Rest of world")).collect();
    let stages: Vec<Value> = ids.iter().take(rows.max(1)).map(|id| named(id, id)).collect();
    // the last is all others
    let apart = (0..rows.clamp(1, 5)).map(|k| named(&format!("x{k}"), long));
    let sectors: Vec<Value> = apart.chain([named("rest", "rest")]).collect();
    // no region is shown where nothing is lost
    let losing: Vec<Value> = regions
        .iter()
        .filter(|_| lost > 0.0)
        .map(|region| {
            let missed: Vec<Vec<f64>> = sectors
                .iter()
                .enumerate()
                .map(|(k, _)| (0..WEEKS).map(|w| 1e9 * hit(w) / (k as f64 + 1.0)).collect())
                .collect();
            json!({ "region": region, "at_reference": 3e9, "missed": missed })
        })
        .collect();
    let cell = |k: usize| if k % 3 == 2 { json!(null) } else { json!(100.0 * most) };
    let matrix: Vec<Vec<Value>> = stages.iter().map(|_| (0..regions.len()).map(cell).collect()).collect();
    let panels: Vec<Value> = (0..rows.clamp(1, 4))
        .map(|k| {
            let price = |times: f64| -> Vec<[f64; 5]> {
                (0..WEEKS).map(|w| [0.8, 0.9, 1.0, 1.5, 4.0].map(|p| 1.0 + times * p * hit(w))).collect()
            };
            let item = named(&format!("i{k}"), "Sintered NdFeB magnet, high temperature");
            let sold: Vec<usize> = (30..60).collect();
            json!({ "item": item, "home": price(0.2), "outside": price(20.0), "quote": price(900.0), "sold": sold })
        })
        .collect();
    let arms: Vec<Value> = (0..rows.clamp(1, 6))
        .map(|k| {
            let strategy = if k == 0 { json!(null) } else { named(&format!("s{k}"), long) };
            json!({ "strategy": strategy, "running": falls(1.0)[..105].to_vec() })
        })
        .collect();
    let held: Vec<Value> = stages
        .iter()
        .map(|stage| json!({ "stage": stage, "days": falls(90.0), "baseline": vec![90.0; WEEKS] }))
        .collect();
    let index: Vec<Value> = stages
        .iter()
        .map(|stage| json!({ "stage": stage, "index": falls(9_800.0), "largest": (0.97, 0.31) }))
        .collect();
    let crises: Vec<Value> = (0..rows.clamp(1, 4))
        .map(|k| {
            let item = named(&format!("i{k}"), "Neodymium-praseodymium oxide");
            let prices: Vec<[f64; 3]> =
                five(900.0).iter().map(|p| [1.0 + p[0], 2.0 + p[2], 3.0 + p[4]]).collect();
            let seen = json!([{ "weeks": (40, 44), "usd_per_kg": 1410.0, "outside": true }]);
            json!({ "item": item, "outside": prices, "home": prices, "seen": seen })
        })
        .collect();
    let history_days: Vec<String> = (0..WEEKS).map(|w| format!("{}-01-01", 2010 + w / 52)).collect();
    charts([
        json!({ "kind": "fan", "numbers": {
            "span": span, "region": named("ROW", "Rest of world"), "cells": five(1.0), "baseline": vec![0.0; WEEKS],
            "samples": vec![five(1.0).iter().map(|p| p[2]).collect::<Vec<f64>>(); 7],
        } }),
        json!({ "kind": "prices", "numbers": { "span": span, "home": named("CN", "China"), "panels": panels } }),
        json!({ "kind": "sectors", "numbers": {
            "span": span, "sectors": sectors, "regions": losing, "total": lost,
        } }),
        json!({ "kind": "heat", "numbers": {
            "scenario": scenario, "stages": stages, "regions": regions, "moments": [matrix, matrix, matrix],
        } }),
        json!({ "kind": "survival", "numbers": { "scenario": scenario, "lines": 223, "n": 256, "arms": arms } }),
        json!({ "kind": "stocks", "numbers": {
            "span": span, "region": named("EU", "European Union"), "stages": held,
        } }),
        json!({ "kind": "concentration", "numbers": { "span": span, "stages": index } }),
        json!({ "kind": "licences", "numbers": {
            "span": span, "filed": vec![1.0; WEEKS], "pending": falls(12.0), "granted": vec![1.0 - most; WEEKS],
        } }),
        json!({ "kind": "backtest", "numbers": {
            "history": named("2010", "The crisis of 2010 to 2012"), "days": history_days, "panels": crises,
            "tests": [7, 12, 11],
        } }),
        json!({ "kind": "outlooks", "numbers": {
            "world": scenario, "first": 2025, "panels": vec![json!({
                "outlook": named("price-ndpr", "NdPr oxide, price outside China"), "unit": "US$/kg",
                "years": vec![[40.0, 50.0, 60.0], [42.0, 54.0, 70.0], [41.0, 58.0, 80.0], [40.0, 60.0, 85.0]],
                "published": [3, [49.0, 74.0, 111.0]], "inside": true,
            }); 6],
        } }),
    ])
}
