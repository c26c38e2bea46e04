//! The briefing as PDF, and its summary on one page: the same [`Document`], set by typst, with bookmarks, tags and fonts
//! inside (PDF/UA-1).

use crate::document::{Block, Cell, Document, Drawing, Number, Section, Style, Table, Text};
use crate::table;
use chokepoint_charts::locale::Locale;
use chokepoint_charts::theme;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Sizes of the text of a summary, points: the first that leaves it on one page. Nothing on paper is smaller than the last.
const SIZES: [f64; 4] = [9.5, 9.0, 8.5, 8.0];

/// Columns from which on a table is wide.
const WIDE: usize = 12;

/// What it is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8½ × 11 inches.
    Letter,
}

impl Paper {
    fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}

/// A briefing could not be set on paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the briefing could not be set on paper: {0}")]
pub struct PaperError(String);

impl PaperError {
    fn of(diagnostics: &[SourceDiagnostic]) -> Self {
        let messages: Vec<String> = diagnostics.iter().map(|d| d.message.to_string()).collect();
        Self(messages.join("; "))
    }
}

/// The whole briefing.
pub fn briefing(document: &Document, locale: &Locale, paper: Paper) -> Result<Vec<u8>, PaperError> {
    let desk = Desk::new(include_str!("../assets/briefing.typ"), document, locale, paper)?;
    pdf(&desk.pages()?, document, paper, "briefing")
}

/// Its summary on one page; nothing where nothing happens, or where names and sentences are too long for a page.
pub fn summary(document: &Document, locale: &Locale, paper: Paper) -> Result<Option<Vec<u8>>, PaperError> {
    if document.figures("fan").next().is_none() || document.answer().is_none() {
        return Ok(None);
    }
    let mut desk = Desk::new(include_str!("../assets/summary.typ"), document, locale, paper)?;
    for size in SIZES {
        desk.files.insert("size.json".to_owned(), Bytes::from_string(size.to_string()));
        let pages = desk.pages()?;
        if pages.pages().len() == 1 {
            return pdf(&pages, document, paper, "summary").map(Some);
        }
    }
    Ok(None)
}

fn pdf(pages: &PagedDocument, document: &Document, paper: Paper, kind: &str) -> Result<Vec<u8>, PaperError> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| PaperError(e.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{kind} {} {} {}", document.digest, document.language, paper.name())),
        creator: Smart::Custom(Some(format!("chokepoint {}", document.version))),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|diagnostics| PaperError::of(&diagnostics))
}

impl Document {
    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }

    fn figures<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Drawing> {
        self.blocks().filter_map(move |block| match block {
            Block::Figure(drawing) if drawing.kind == kind => Some(&**drawing),
            _ => None,
        })
    }

    fn answer(&self) -> Option<&[String]> {
        self.blocks().find_map(|block| match block {
            Block::Answer(sentences) => Some(sentences.as_slice()),
            _ => None,
        })
    }
}

/// Everything that the typesetter may read: a document, its template, its figures, two fonts. There is no other file, no
/// clock and no network.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    files: BTreeMap<String, Bytes>,
}

impl Desk {
    fn new(
        template: &'static str,
        document: &Document,
        locale: &Locale,
        paper: Paper,
    ) -> Result<Self, PaperError> {
        let fonts: Vec<Font> =
            [theme::REGULAR, theme::BOLD].into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect();
        let words = value(document, locale, paper);
        let mut files = BTreeMap::from([
            ("main.typ".to_owned(), Bytes::from_string(template)),
            ("look.typ".to_owned(), Bytes::from_string(include_str!("../assets/look.typ"))),
            ("document.json".to_owned(), Bytes::from_string(theme::drawable(&words.to_string()))),
        ]);
        for block in document.blocks() {
            if let Block::Figure(drawing) = block {
                for (figure, width) in [(&drawing.wide, "wide"), (&drawing.narrow, "narrow")] {
                    files.insert(path(drawing, width), Bytes::from_string(theme::drawable(&figure.svg)));
                }
            }
        }
        let main = VirtualPath::new("main.typ").map_err(|e| PaperError(format!("{e:?}")))?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            files,
        })
    }

    fn pages(&self) -> Result<PagedDocument, PaperError> {
        typst::compile::<PagedDocument>(self).output.map_err(|diagnostics| PaperError::of(&diagnostics))
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        self.files.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn path(drawing: &Drawing, width: &str) -> String {
    format!("{}-{width}.svg", drawing.id)
}

/// The document as its templates read it.
fn value(document: &Document, locale: &Locale, paper: Paper) -> Value {
    let say = |id: &str| locale.say(id, &[]);
    let words = json!({
        "figure": say("report-figure"), "table": say("report-table"), "annex": say("report-annex"),
        "annex-line": say("report-annex-line"), "change": say("report-change"), "colon": say("report-colon"),
        "method": say("report-method"), "same": say("report-same-table"), "method-line": say("report-same-replicates"),
    });
    let date: Vec<u16> = document.as_of.split('-').filter_map(|part| part.parse().ok()).collect();
    let sections: Vec<Value> = document.sections.iter().map(|s| section(s, locale)).collect();
    json!({
        "language": document.language, "paper": paper.name(), "title": document.title,
        "lead": document.lead, "banner": document.banner, "source": document.source,
        "version": document.version, "date": date, "words": words, "sections": sections,
        "summary": one_page(document),
    })
}

/// What a summary on one page takes of the first section.
fn one_page(document: &Document) -> Value {
    let Some(section) = document.sections.first() else { return Value::Null };
    let figures = ["fan", "heat", "frontier"].map(|kind| document.figures(kind).next());
    let figures: Vec<Value> = figures
        .into_iter()
        .flatten()
        .map(|d| json!({ "narrow": path(d, "narrow"), "alternative": d.narrow.words.alternative }))
        .collect();
    let finding = section.blocks.iter().find_map(|block| match block {
        Block::Finding(finding) => Some(finding.as_str()),
        _ => None,
    });
    let numbers = section.blocks.iter().find_map(|block| match block {
        Block::Numbers(all) => Some(all.iter().map(number).collect::<Vec<_>>()),
        _ => None,
    });
    let change = section.blocks.iter().rev().find_map(|block| match block {
        Block::Paragraph(text) => Some(text.words.as_str()),
        _ => None,
    });
    json!({
        "heading": section.heading, "answer": document.answer(), "numbers": numbers.unwrap_or_default(),
        "finding": finding.unwrap_or_default(), "change": change.unwrap_or_default(), "figures": figures,
    })
}

fn section(section: &Section, locale: &Locale) -> Value {
    let blocks: Vec<Value> = section.blocks.iter().map(|b| block(b, locale)).collect();
    json!({ "id": section.id, "heading": section.heading, "blocks": blocks })
}

fn block(block: &Block, locale: &Locale) -> Value {
    match block {
        Block::Heading(words) => json!({ "kind": "heading", "words": words }),
        Block::Paragraph(Text { words, english }) => {
            json!({ "kind": "paragraph", "words": words, "english": english })
        }
        Block::Finding(words) => json!({ "kind": "finding", "words": words }),
        Block::Answer(words) => json!({ "kind": "answer", "words": words }),
        Block::Limits(words) => json!({ "kind": "limits", "words": words }),
        Block::Numbers(all) => {
            json!({ "kind": "numbers", "numbers": all.iter().map(number).collect::<Vec<_>>() })
        }
        Block::Table(Table { caption, columns, rows }) => {
            let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            json!({ "kind": "table", "caption": caption, "columns": columns, "rows": rows })
        }
        Block::Figure(drawing) => figure(drawing, locale),
        Block::Command(words) => json!({ "kind": "command", "words": words }),
    }
}

fn number(number: &Number) -> Value {
    json!({ "label": number.label, "value": number.value, "range": number.range })
}

fn cell(cell: &Cell) -> Value {
    let (style, step) = match cell.style {
        Style::Plain => ("plain", 0),
        Style::Code => ("code", 0),
        Style::Number => ("number", 0),
        Style::Shaded(step) => ("shaded", step),
    };
    let below = cell.below.as_ref().map(|t| json!({ "words": t.words, "english": t.english }));
    json!({ "words": cell.text.words, "english": cell.text.english, "below": below, "style": style, "step": step })
}

/// A figure with as much of its table as is printed.
fn figure(drawing: &Drawing, locale: &Locale) -> Value {
    let data_table = table::data_table(&drawing.wide.csv, table::ON_PAPER);
    let shown = locale.number(data_table.rows.len() as f64, 0);
    let all = locale.number(data_table.all as f64, 0);
    let words = &drawing.wide.words;
    let digits = if data_table.head.len() > WIDE { 3 } else { 5 };
    let rows: Vec<Vec<String>> = data_table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| table::short(cell, digits)).collect())
        .collect();
    json!({
        "kind": "figure", "file": path(drawing, "wide"), "title": words.title,
        "alternative": words.alternative, "description": words.description, "head": data_table.head,
        "rows": rows, "wide": data_table.head.len() > WIDE, "all": data_table.all,
        "shown": locale.say("report-rows-paper", &[("shown", &shown), ("all", &all)]),
    })
}
