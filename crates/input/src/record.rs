//! Records of a file, `(field: value, …)`: which fields a record has, what stands in them, and what is wrong with them.
//!
//! A record is read by the list of its fields. From the same list follow what is reported of it and the page of the format.

use crate::leaf::{Leaf, Unit, options};
use crate::problem::{Code, Place, Source, nearest, quoted};
use crate::reader::{Located, Reader};
use chokepoint_core::chance::Distribution;
use core::fmt;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use std::sync::Arc;

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Name.
    pub name: &'static str,
    /// What stands there.
    pub value: Value,
    /// Whether it must be there.
    pub needed: bool,
    /// What it means.
    pub means: &'static str,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number with its unit, within bounds in the kept unit; drawn once a replicate where a spread is written.
    Drawn(Unit, (f64, f64)),
    /// A number with its unit, within bounds, that is the same in every replicate.
    Same(Unit, (f64, f64)),
    /// A date.
    Date,
    /// A list of names.
    Names,
    /// Anything else, as the page of the format says it.
    Other(&'static str),
}

impl Field {
    /// A field that must be there.
    pub const fn need(name: &'static str, value: Value, means: &'static str) -> Self {
        Self { name, value, needed: true, means }
    }

    /// A field that may be missing.
    pub const fn may(name: &'static str, value: Value, means: &'static str) -> Self {
        Self { name, value, needed: false, means }
    }

    /// The same field where it must be there.
    pub const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// What its number measures and within what it must lie, if it holds one.
    pub fn number(&self) -> Option<(Unit, (f64, f64))> {
        match self.value {
            Value::Drawn(measure, within) | Value::Same(measure, within) => Some((measure, within)),
            _ => None,
        }
    }
}

impl Value {
    /// As the page of the format says it.
    pub fn written(&self) -> String {
        match self {
            Self::Drawn(measure, _) | Self::Same(measure, _) => measure.written(),
            Self::Date => "\"year-month-day\"".to_owned(),
            Self::Names => "[\"name\", …]".to_owned(),
            Self::Other(words) => (*words).to_owned(),
        }
    }

    /// Whether a spread may be written, from which each replicate draws.
    pub fn is_drawn(&self) -> bool {
        matches!(self, Self::Drawn(..))
    }
}

/// A record as it is written.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    whole: Leaf<'a>,
    values: Vec<(&'static str, Leaf<'a>)>,
    sound: bool,
}

impl Located for Record<'_> {
    fn place(&self, source: &Arc<Source>) -> Place {
        self.whole.place(source)
    }
}

impl<'a> Record<'a> {
    /// Reads a record with some of the fields; reports every field that is not known, that is there twice or that is missing.
    pub fn read(leaf: Leaf<'a>, fields: &[Field], reader: &mut Reader<'_>) -> Option<Self> {
        let record = Self::unchecked(leaf, fields, reader)?;
        for field in fields.iter().filter(|field| field.needed && record.lacks(field)) {
            reader
                .error(Code::MissingField, leaf, format!("the field `{}` is missing", field.name))
                .label("it belongs in here")
                .help(format!("add `{}: …,`; `chokepoint schema` says what stands there", field.name));
        }
        Some(record)
    }

    /// The same; that a field is missing is not reported, since what must be there depends on what stands in it.
    pub fn unchecked(leaf: Leaf<'a>, fields: &[Field], reader: &mut Reader<'_>) -> Option<Self> {
        let written = match options().from_str_seed(leaf.text(), Written) {
            Ok(written) => written,
            Err(error) => {
                leaf.report(&error, reader);
                return None;
            }
        };
        let mut values: Vec<(&'static str, Leaf<'a>)> = Vec::new();
        let mut sound = true;
        for (name, value) in written {
            let Some(field) = fields.iter().find(|field| field.name == name) else {
                sound = false;
                let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
                let help = match nearest(name, known.iter().copied()) {
                    Some(best) => format!("did you mean `{best}`?"),
                    None => format!("fields here: {}", known.join(", ")),
                };
                let message = format!("there is no field `{}` here", quoted(name));
                reader.error(Code::UnknownField, Name(name), message).label("not known").help(help);
                continue;
            };
            if values.iter().any(|(known, _)| *known == field.name) {
                sound = false;
                reader
                    .error(Code::Duplicate, Name(name), format!("the field `{name}` is given twice"))
                    .label("second time")
                    .help("keep one of the two");
                continue;
            }
            values.push((field.name, value));
        }
        Some(Self { whole: leaf, values, sound })
    }

    /// The same where nothing is reported: somebody else does.
    pub fn peek(leaf: Leaf<'a>, fields: &[Field]) -> Option<Self> {
        let written = options().from_str_seed(leaf.text(), Written).ok()?;
        let known = |(name, value)| {
            let field = fields.iter().find(|field| field.name == name)?;
            Some((field.name, value))
        };
        Some(Self { whole: leaf, values: written.into_iter().filter_map(known).collect(), sound: true })
    }

    /// The whole record, to point at.
    pub fn whole(&self) -> Leaf<'a> {
        self.whole
    }

    /// Whether a field is missing, as far as that is known: one that is misspelt is not also missing.
    pub fn lacks(&self, field: &Field) -> bool {
        self.sound && self.get(field).is_none()
    }

    /// What stands in a field.
    pub fn get(&self, field: &Field) -> Option<Leaf<'a>> {
        self.values.iter().find(|(name, _)| *name == field.name).map(|(_, leaf)| *leaf)
    }

    /// The values of a list; none if the field is missing or holds no list.
    pub fn list(&self, field: &Field, reader: &mut Reader<'_>) -> Vec<Leaf<'a>> {
        self.get(field).and_then(|leaf| leaf.read::<Vec<Leaf<'a>>>(reader)).unwrap_or_default()
    }

    /// The number in a field, in its kept unit; nothing if it is missing or wrong.
    pub fn drawn(&self, field: &Field, reader: &mut Reader<'_>) -> Option<Distribution> {
        let (measure, within) = field.number()?;
        self.get(field)?.quantity(measure, within, reader)
    }

    /// The same, or a value where the field is missing; nothing if it is wrong.
    pub fn drawn_or(&self, field: &Field, missing: f64, reader: &mut Reader<'_>) -> Option<Distribution> {
        if self.get(field).is_none() { Some(Distribution::Fixed(missing)) } else { self.drawn(field, reader) }
    }

    /// The number in a field that is the same in every replicate; nothing if it is missing or wrong.
    pub fn same(&self, field: &Field, reader: &mut Reader<'_>) -> Option<f64> {
        let (measure, within) = field.number()?;
        self.get(field)?.number(measure, within, reader)
    }

    /// The same, or a value where the field is missing; nothing if it is wrong.
    pub fn same_or(&self, field: &Field, missing: f64, reader: &mut Reader<'_>) -> Option<f64> {
        if self.get(field).is_none() { Some(missing) } else { self.same(field, reader) }
    }
}

/// The name of a field, where it stands.
struct Name<'a>(&'a str);

impl Located for Name<'_> {
    fn place(&self, source: &Arc<Source>) -> Place {
        let start = (self.0.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize);
        let start = start.min(source.text.len());
        Place { source: Arc::clone(source), span: start..(start + self.0.len()).min(source.text.len()) }
    }
}

/// Reads the fields of a record as they are written, in order.
struct Written;

impl<'a> DeserializeSeed<'a> for Written {
    type Value = Vec<(&'a str, Leaf<'a>)>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_struct("", &[], self)
    }
}

impl<'a> Visitor<'a> for Written {
    type Value = Vec<(&'a str, Leaf<'a>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = map.next_key_seed(Identifier)? {
            fields.push((name, map.next_value::<Leaf<'a>>()?));
        }
        Ok(fields)
    }
}

/// Reads a name that stands without quotation marks.
struct Identifier;

impl<'a> DeserializeSeed<'a> for Identifier {
    type Value = &'a str;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'a> Visitor<'a> for Identifier {
    type Value = &'a str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'a str) -> Result<Self::Value, E> {
        Ok(name)
    }
}
