//! Every kind of chart in every size and language, with much and with little to show.

use crate::kind::strategies::{Loss, Pays, Strategies, Strategy};
use crate::kind::{break_even, differences, frontier, losses};
use crate::locale::{LANGUAGES, Named};
use crate::size::SIZES;
use crate::*;
use chokepoint_montecarlo::pairing::Finding;
use numbers::{from_numbers, over_weeks};

mod numbers;

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

/// So many strategies that avoid less and less of a loss, with names as long as they get.
fn strategies(count: usize, lost: f64) -> Strategies {
    let row = |k: usize| {
        let avoided = lost * 0.5 / (k as f64 + 1.0);
        let finding =
            [Finding::Lower, Finding::Lower, Finding::Unclear, Finding::NoEffect, Finding::Higher][k % 5];
        let change = [-1.2 * avoided, -avoided, -0.7 * avoided];
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
            loss: loss(lost - avoided),
            change,
            spread: (-2.0 * avoided, 0.1 * avoided),
            better: 0.93,
            finding,
            baseline_cost: Some([0.8, 1.0, 1.4].map(|c| c * 1e9 * (k as f64 - 1.5))),
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
        let mut figure_set = FigureSet { credit: credit(), charts: of_strategies(&strategies(count, lost)) };
        figure_set.charts.extend(from_numbers(count - 1, lost));
        figure_set.charts.extend(over_weeks(count - 1, lost));
        for chart in &figure_set.charts {
            for size in SIZES {
                for (_, language) in LANGUAGES {
                    let figure = figure_set.figure(chart, size, language.locale(), None).unwrap();
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
    let figure_set = FigureSet { credit: credit(), charts: of_strategies(&strategies(14, 3.217e11)) };
    let read: FigureSet = serde_json::from_str(&figure_set.to_json()).unwrap();
    assert_eq!(read, figure_set);
    let locale = locale::Language::English.locale();
    for (one, other) in figure_set.charts.iter().zip(&read.charts) {
        let draw =
            |figure_set: &FigureSet, chart| figure_set.figure(chart, size::SLIDE, locale, None).unwrap();
        let (one, other) = (draw(&figure_set, one), draw(&read, other));
        assert_eq!(
            (&one.svg, one.png(1).unwrap(), one.pdf().unwrap()),
            (&other.svg, other.png(1).unwrap(), other.pdf().unwrap())
        );
    }
}

#[test]
fn a_title_of_ones_own_is_drawn_and_the_computed_one_is_kept_beside_it() {
    let figure_set = FigureSet { credit: credit(), charts: of_strategies(&strategies(3, 1e9)) };
    let locale = locale::Language::English.locale();
    let figure =
        figure_set.figure(&figure_set.charts[1], size::SLIDE, locale, Some("Buffers first")).unwrap();
    assert!(figure.svg.contains("Buffers first") && figure.json.contains("Largest avoided loss"));
}

#[test]
fn a_page_is_a_pdf_with_its_title_language_and_fonts_inside() {
    let figure_set = FigureSet { credit: credit(), charts: of_strategies(&strategies(3, 1e9)) };
    let pdf = figure_set
        .figure(&figure_set.charts[0], size::DOC, locale::Language::French.locale(), None)
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
