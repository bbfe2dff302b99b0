//! Values that are read whatever they turn out to be, so that what is shown of a record is found: what is no list
//! counts as a list of one, a text in place of an object as what the object is called, anything in place of a text as
//! what is shown of it. What is still of an unexpected kind counts as not stated; of a repeated key the last value
//! counts. Knows nothing of which keys a record has.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer,
};
use serde::de::{
    Deserialize, Deserializer, Error, IgnoredAny, IntoDeserializer as _, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::Value;

use crate::study::record::words;
use crate::study::{Age, NotAnAge, PartialDate, StatedCount};
use crate::text;

/// An object of the record that knows what to do with each of its keys.
pub(super) trait Object<'de>: Default {
    /// Reads the value of `key`, or skips it.
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;

    /// Takes a text that stands where the object should.
    fn take_text(&mut self, _: Text<'de>) {}
}

/// A string; anything else is what is shown of it.
#[derive(Debug, Default)]
pub struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    /// The text without white space around it; `None` when there is none.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text as a date, when it is one.
    pub(super) fn date(&self) -> Option<PartialDate> {
        self.get().and_then(|text| text.parse().ok())
    }

    /// The text as an age; an error when it is none. The registry's older form says `N/A` where there is no limit.
    pub(in crate::study) fn age(&self) -> Option<Result<Age, NotAnAge>> {
        let text = self.get().filter(|text| !text.eq_ignore_ascii_case("N/A"))?;
        Some(text.parse())
    }
}

/// A text that is shown on one line, as `text::plain` has it.
#[derive(Debug, Default)]
pub struct Title<'a> {
    text: Text<'a>,
    plain: OnceCell<String>,
}

impl Title<'_> {
    /// What is shown of it; empty when there is none.
    pub fn plain(&self) -> &str {
        self.plain.get_or_init(|| text::plain(self.text.get().unwrap_or_default()))
    }
}

/// A number of people; a string of digits counts, anything below 0 or beyond 32 bits does not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count(pub Option<u32>);

/// A latitude or a longitude; only a number is one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Degrees(pub Option<f64>);

/// Yes, no, or not stated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flag(pub Option<bool>);

/// A value that is only counted.
#[derive(Debug, Default)]
pub struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Any number of things.
#[derive(Debug)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> List<T> {
    /// How many there are; `None` if there are none.
    pub fn count(&self) -> Option<StatedCount> {
        u32::try_from(self.0.len()).ok().filter(|&count| count > 0).map(StatedCount::new)
    }
}

impl List<Text<'_>> {
    /// The texts that are not empty.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(Text::get)
    }
}

/// Implements the listed methods of [`Visitor`] so that a value of that kind counts as not stated.
macro_rules! not_stated {
    ($($kind:ident)*) => { $(not_stated!(@ $kind);)* };
    (@ bool) => { not_stated!(= visit_bool bool); };
    (@ i64) => { not_stated!(= visit_i64 i64); };
    (@ u64) => { not_stated!(= visit_u64 u64); };
    (@ f64) => { not_stated!(= visit_f64 f64); };
    (@ str) => { not_stated!(= visit_str &str); };
    (@ unit) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (@ seq) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (@ map) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (= $method:ident $type:ty) => {
        fn $method<E>(self, _: $type) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
}

/// Reads an object through its [`Object::take`].
pub(super) struct ObjectVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::default();
        while let Some(Text(key)) = map.next_key()? {
            object.take(key.as_deref().unwrap_or_default(), &mut map)?;
        }
        Ok(object)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<T, E> {
        let mut object = T::default();
        object.take_text(Text(Some(Cow::Borrowed(text))));
        Ok(object)
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        let mut object = T::default();
        object.take_text(Text(Some(Cow::Owned(text.to_owned()))));
        Ok(object)
    }

    not_stated!(bool i64 u64 f64 unit seq);
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Text(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(said(&value.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(said(&number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(said(&number.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(|value| said(&value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(|value| said(&value))
    }

    not_stated!(unit);
}

/// What is shown of a value that is no text.
fn said(value: &Value) -> Text<'static> {
    Text(words(value).map(Cow::Owned))
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Title<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|text| Self { text, plain: OnceCell::new() })
    }
}

struct CountVisitor;

impl<'de> Visitor<'de> for CountVisitor {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E>(self, number: u64) -> Result<Count, E> {
        Ok(Count(number.try_into().ok()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Count, E> {
        let whole = number.fract() == 0.0 && (0.0..f64::from(u32::MAX)).contains(&number);
        #[expect(clippy::cast_sign_loss, reason = "the range was checked")]
        Ok(Count(whole.then_some(number as u32)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Count, E> {
        Ok(Count(text.trim().parse().ok()))
    }

    not_stated!(bool i64 unit seq map);
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountVisitor)
    }
}

struct DegreesVisitor;

impl<'de> Visitor<'de> for DegreesVisitor {
    type Value = Degrees;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("degrees")
    }

    fn visit_f64<E>(self, degrees: f64) -> Result<Degrees, E> {
        Ok(Degrees(Some(degrees)))
    }

    fn visit_i64<E>(self, degrees: i64) -> Result<Degrees, E> {
        Ok(Degrees(i16::try_from(degrees).ok().map(f64::from)))
    }

    fn visit_u64<E>(self, degrees: u64) -> Result<Degrees, E> {
        Ok(Degrees(i16::try_from(degrees).ok().map(f64::from)))
    }

    not_stated!(bool str unit seq map);
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DegreesVisitor)
    }
}

struct FlagVisitor;

impl<'de> Visitor<'de> for FlagVisitor {
    type Value = Flag;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Flag, E> {
        Ok(Flag(Some(flag)))
    }

    not_stated!(i64 u64 f64 str unit seq map);
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FlagVisitor)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = seq.next_element()? {
            list.push(element);
        }
        Ok(List(list))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<List<T>, E> {
        alone(BorrowedStrDeserializer::new(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<List<T>, E> {
        alone(StrDeserializer::new(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<List<T>, E> {
        alone(value.into_deserializer())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<List<T>, E> {
        alone(number.into_deserializer())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<List<T>, E> {
        alone(number.into_deserializer())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<List<T>, E> {
        alone(number.into_deserializer())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List<T>, A::Error> {
        alone(MapAccessDeserializer::new(map))
    }

    not_stated!(unit);
}

/// What is no list counts as a list of one.
fn alone<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<List<T>, D::Error> {
    Ok(List(vec![T::deserialize(value)?]))
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}
