//! A figure: numbers first, then words in a language, then a picture in a size.

use crate::locale::Locale;
use crate::page::Page;
use crate::picture;
use crate::size::Size;
use crate::words::{ChartError, Credit, Words};

/// Longest alternative text, characters.
const ALTERNATIVE: usize = 140;

/// What a figure is made of, of any kind.
pub trait ChartKind {
    /// Its words.
    fn words(&self, locale: &Locale) -> Words;
    /// The numbers that are drawn, tidy.
    fn csv(&self) -> String;
    /// Draws it below its header.
    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError>;
}

/// A figure in a language and a size, as files are made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// File name without ending.
    pub name: String,
    /// Its size.
    pub size: Size,
    /// Language key.
    pub language: &'static str,
    /// Its words.
    pub words: Words,
    /// Vector drawing with text as text.
    pub svg: String,
    /// The numbers that are drawn.
    pub csv: String,
    /// Title, caption, alternative text, description, digest.
    pub json: String,
}

impl Figure {
    /// Draws a figure.
    pub fn new(
        name: &str,
        drawn: &dyn ChartKind,
        credit: &Credit,
        size: Size,
        locale: &Locale,
        title: Option<&str>,
    ) -> Result<Self, ChartError> {
        let mut words = drawn.words(locale);
        words.alternative = shortened(&words.alternative);
        let computed = words.title.clone();
        if let Some(title) = title {
            words.title = title.to_owned();
        }
        let language = locale.language.key();
        let svg = Page::draw(name, size, &words, credit, locale, |page| drawn.draw(page, locale))?;
        let json = serde_json::json!({
            "figure": name, "language": language, "size": size.id, "title": words.title,
            "computed_title": computed,
            "subtitle": words.subtitle, "caption": format!("{}. {}", words.title, words.subtitle),
            "alternative_text": words.alternative, "long_description": words.description,
            "source": credit.line(locale, crate::size::SLIDE), "run": credit.digest,
        });
        Ok(Self {
            name: name.to_owned(),
            size,
            language,
            svg: picture::describe(&svg, &words, language),
            csv: drawn.csv(),
            json: format!("{json:#}\n"),
            words,
        })
    }

    /// The picture, so many pixels for each of the canvas.
    pub fn png(&self, scale: u32) -> Result<Vec<u8>, ChartError> {
        picture::png(&self.svg, &self.name, scale)
    }

    /// A page with its text as text and its fonts inside.
    pub fn pdf(&self) -> Result<Vec<u8>, ChartError> {
        picture::pdf(&self.svg, &self.name, self.size, &self.words.title, self.language)
    }
}

/// An alternative text that is read out in one breath: names of a user's own may be long.
fn shortened(text: &str) -> String {
    if text.chars().count() <= ALTERNATIVE {
        return text.to_owned();
    }
    let kept: String = text.chars().take(ALTERNATIVE - 1).collect();
    let end = kept.rfind(' ').unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_alternative_text_ends_at_a_word() {
        let long = shortened(&"every word of it ".repeat(20));
        assert!(long.chars().count() <= ALTERNATIVE && long.ends_with("every word of it…"), "{long}");
        assert_eq!(shortened("short"), "short");
    }
}
