//! Every kind of chart in every size and language, with much and with little to show.

use crate::kind::strategies::{Loss, Pays, Strategies, Strategy};
use crate::kind::{break_even, differences, frontier, losses};
use crate::size::SIZES;
use crate::tongue::{LANGUAGES, Named};
use crate::*;
use chokepoint_montecarlo::pairing::Finding;
use serde_json::json;

#[test]
fn every_kind_is_named_once_and_in_the_order_of_its_number() {
    let names: Vec<&str> = KINDS.iter().map(|(name, _, _)| *name).collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
    for (name, id, _) in KINDS.iter().copied() {
        assert_eq!(name.split_once('-').map(|(_, rest)| rest), Some(id));
    }
}

fn loss(middle: f64) -> Loss {
    Loss { p: [0.2, 0.6, 1.0, 1.3, 2.4].map(|k| k * middle), tail: 3.0 * middle }
}

/// So many strategies that spare less and less of a loss, with names as long as they get.
fn strategies(count: usize, lost: f64) -> Strategies {
    let row = |k: usize| {
        let spared = lost * 0.5 / (k as f64 + 1.0);
        let finding =
            [Finding::Lower, Finding::Lower, Finding::Unclear, Finding::NoEffect, Finding::Higher][k % 5];
        let change = [-1.2 * spared, -spared, -0.7 * spared];
        let pays = [
            Pays::Anyway([0.0, 0.3]),
            Pays::From([0.002, 0.01, 0.05]),
            Pays::Never([0.2, 1.0]),
            Pays::NoEffect,
        ][k % 4];
        Strategy {
            strategy: Named::new(
                &format!("strategy-{k}"),
                "Thirty-day buffers at component makers and original equipment manufacturers",
            ),
            loss: loss(lost - spared),
            change,
            spread: (-2.0 * spared, 0.1 * spared),
            better: 0.93,
            finding,
            calm_cost: Some([0.8, 1.0, 1.4].map(|c| c * 1e9 * (k as f64 - 1.5))),
            pays: Some(pays),
        }
    };
    Strategies {
        scenario: Named::new(
            "test",
            "A shock to everything that is traded between everybody and everybody else",
        ),
        n: 256,
        none: loss(lost),
        rows: (0..count).map(row).collect(),
    }
}

fn of_strategies(strategies: &Strategies) -> Vec<Chart> {
    vec![
        Chart::Losses(losses::Losses(strategies.clone())),
        Chart::Differences(differences::Differences(strategies.clone())),
        Chart::Frontier(frontier::Frontier(strategies.clone())),
        Chart::BreakEven(break_even::BreakEven(strategies.clone())),
    ]
}

/// Figures from numbers as a file has them: few and many, nothing and everything lost.
fn from_numbers(rows: usize, lost: f64) -> Vec<Chart> {
    let named = |id: &str, name: &str| json!({ "id": id, "name": name });
    let scenario = named("test", "A shock to everything that is traded between everybody and everybody else");
    let days: Vec<String> = (0..286).map(|w| format!("{}-01-01", 2026 + w / 52)).collect();
    let span = json!({ "days": days, "shock": 26, "window": [26.0, 78.0], "scenario": scenario });
    let long = "Industrial automation, robotics and everything that moves by itself";
    let survive: Vec<_> = (0..rows)
        .map(|k| {
            let week = if lost > 0.0 { 10.0 * k as f64 } else { 260.0 };
            json!({
                "sector": named("x", long), "region": named("ROW", "Rest of world"),
                "survive": [week / 2.0, week, 260.0], "back": (week + 30.0).min(260.0), "stops": 0.4,
            })
        })
        .collect();
    let events: Vec<_> = (0..rows.max(1))
        .map(|k| {
            json!({
                "event": named(&format!("an-event-with-a-long-name-{k}"), "TechnologyEmbargo"), "day": "2026-01-01",
                "start": [20.0, 26.0, 30.0], "full": 30.0, "hangs": k % 2 == 0,
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
    let outcome = named("value_added_lost", "value added lost");
    let tornado = |measure: &str, unit: &str| {
        json!({ "kind": "tornado", "numbers": {
            "scenario": scenario, "outcome": outcome, "unit": unit, "runs": 129, "measure": measure, "factors": factors,
        } })
    };
    let all = [
        json!({ "kind": "survive", "numbers": { "scenario": scenario, "n": 256, "horizon": 260.0, "rows": survive } }),
        json!({ "kind": "timeline", "numbers": { "span": span, "events": events, "strategies": ready } }),
        json!({ "kind": "flows", "numbers": {
            "scenario": scenario, "element": named("NdPr", "Neodymium-praseodymium"), "n": 256, "stages": stages,
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
    all.into_iter().map(|numbers| serde_json::from_value(numbers).unwrap()).collect()
}

fn credit() -> Credit {
    Credit {
        version: "0.1.0".to_owned(),
        subject: Named::new("extraterritorial-rule", "A rule"),
        world: "ree-2024".to_owned(),
        replicates: 4000,
        digest: "0123456789abcdef".to_owned(),
    }
}

/// Texts of a drawing: where each begins and ends, left to right, its height, and what it says.
fn texts(svg: &str) -> Vec<(f64, f64, f64, String)> {
    let document = usvg::roxmltree::Document::parse(svg).unwrap();
    let of = |node: usvg::roxmltree::Node<'_, '_>| {
        let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let text = node.text().unwrap_or_default().trim().to_owned();
        let bold = node.attribute("font-weight") == Some("bold");
        let width = crate::page::text_width(&text, number("font-size"), bold);
        let left = match node.attribute("text-anchor") {
            Some("middle") => number("x") - 0.5 * width,
            Some("end") => number("x") - width,
            _ => number("x"),
        };
        (left, left + width, number("y"), text)
    };

    document.descendants().filter(|n| n.has_tag_name("text")).map(of).collect()
}

#[test]
fn nothing_is_clipped_and_no_sentence_is_missing_in_any_size_or_language() {
    for (count, lost) in [(1, 3e6), (2, 0.0), (14, 3.2e11), (31, 9.9e11)] {
        let mut sheet = Sheet { credit: credit(), charts: of_strategies(&strategies(count, lost)) };
        sheet.charts.extend(from_numbers(count - 1, lost));
        for chart in &sheet.charts {
            for size in SIZES {
                for (_, language) in LANGUAGES {
                    let figure = sheet.figure(chart, size, language.tongue(), None).unwrap();
                    let place = format!("{} of {count}, {}, {language:?}", figure.name, size.id);
                    for (left, right, y, text) in texts(&figure.svg) {
                        let (width, height) = (f64::from(size.canvas.0), f64::from(size.canvas.1));
                        assert!(left >= 0.0 && right <= width, "{place}: {text:?} from {left} to {right}");
                        assert!(y > 0.0 && y < height, "{place}: {text:?} at {y}");
                        assert!(!text.contains(['{', '}']), "{place}: {text:?}");
                    }
                    let words = &figure.words;
                    assert!(words.alternative.chars().count() <= 140, "{place}: {:?}", words.alternative);
                    assert!(!words.description.is_empty() && !words.description.contains('{'), "{place}");
                }
            }
        }
    }
}

#[test]
fn a_figure_drawn_from_its_file_is_the_same_to_the_byte() {
    let sheet = Sheet { credit: credit(), charts: of_strategies(&strategies(14, 3.217e11)) };
    let read: Sheet = serde_json::from_str(&sheet.to_json()).unwrap();
    assert_eq!(read, sheet);
    let tongue = tongue::Language::English.tongue();
    for (one, other) in sheet.charts.iter().zip(&read.charts) {
        let draw = |sheet: &Sheet, chart| sheet.figure(chart, size::SLIDE, tongue, None).unwrap();
        let (one, other) = (draw(&sheet, one), draw(&read, other));
        assert_eq!(
            (&one.svg, one.png(1).unwrap(), one.pdf().unwrap()),
            (&other.svg, other.png(1).unwrap(), other.pdf().unwrap())
        );
    }
}

#[test]
fn a_title_of_ones_own_is_drawn_and_the_computed_one_is_kept_beside_it() {
    let sheet = Sheet { credit: credit(), charts: of_strategies(&strategies(3, 1e9)) };
    let tongue = tongue::Language::English.tongue();
    let figure = sheet.figure(&sheet.charts[1], size::SLIDE, tongue, Some("Buffers first")).unwrap();
    assert!(figure.svg.contains("Buffers first") && figure.json.contains("spares most"));
}

#[test]
fn a_page_is_a_pdf_with_its_title_language_and_fonts_inside() {
    let sheet = Sheet { credit: credit(), charts: of_strategies(&strategies(3, 1e9)) };
    let pdf = sheet
        .figure(&sheet.charts[0], size::DOC, tongue::Language::French.tongue(), None)
        .unwrap()
        .pdf()
        .unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert!(
        text.starts_with("%PDF-1") && text.contains("NotoSans") && text.contains("/Lang"),
        "{}",
        pdf.len()
    );
}
