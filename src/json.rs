//! JSON as data and back, in one place and one way, because each further way is compiled once for every type.
//!
//! Texts become a [`Value`] first, and types are read from that by the names of their fields ([`Read`], [`readable!`]). Types
//! are written with serde, to a `Value` first. Nothing else in the backend may read or write JSON texts.

use serde::Serialize;
use serde_json::{Map, Value};

#[cfg(test)]
mod tests;

/// A type that can be read from JSON data.
pub trait Read: Sized {
    /// The value; `None` if the data does not fit. What is not known is passed over.
    fn read(data: &Value) -> Option<Self>;
}

/// The data that a JSON text stands for; `None` if it is none.
pub fn parse(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok()
}

/// The value that a JSON text stands for; `None` if it is no JSON or does not fit.
pub fn from_text<T: Read>(text: &str) -> Option<T> {
    T::read(&parse(text.as_bytes())?)
}

/// The data that stands for a value. Nothing of ours fails to become JSON; what did would be `null`.
pub fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The JSON text that stands for a value.
pub fn to_text(value: &impl Serialize) -> String {
    text_of(&to_value(value))
}

/// The JSON text of data. Not through `Display`, which brings the indented form along.
pub fn text_of(data: &Value) -> String {
    serde_json::to_string(data).unwrap_or_default()
}

/// An object of these fields.
pub fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

/// The field `name` of an object. A field that is missing is read as `null`.
pub fn field<T: Read>(of: &Value, name: &str) -> Option<T> {
    T::read(&of[name])
}

/// The field `name` of an object; where it is missing or `null`, the default.
pub fn field_or_default<T: Read + Default>(of: &Value, name: &str) -> Option<T> {
    match &of[name] {
        Value::Null => Some(T::default()),
        there => T::read(there),
    }
}

/// The text in the field `name` of an object; empty if there is none.
pub fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

impl Read for Value {
    fn read(data: &Value) -> Option<Self> {
        Some(data.clone())
    }
}

impl Read for String {
    fn read(data: &Value) -> Option<Self> {
        data.as_str().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(data: &Value) -> Option<Self> {
        data.as_bool()
    }
}

impl Read for i64 {
    fn read(data: &Value) -> Option<Self> {
        data.as_i64()
    }
}

impl Read for u64 {
    fn read(data: &Value) -> Option<Self> {
        data.as_u64()
    }
}

impl Read for u32 {
    fn read(data: &Value) -> Option<Self> {
        u32::try_from(data.as_u64()?).ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(data: &Value) -> Option<Self> {
        if data.is_null() { Some(None) } else { T::read(data).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(data: &Value) -> Option<Self> {
        data.as_array()?.iter().map(T::read).collect()
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(data: &Value) -> Option<Self> {
        Some((A::read(&data[0])?, B::read(&data[1])?))
    }
}

/// Makes a type readable: `readable!(Type { a, b; c })` reads the fields `a` and `b`, and `c` with its default where it is
/// missing; `readable!(Type: Variant "name", …)` reads the variant that a text names.
#[macro_export]
macro_rules! readable {
    ($type:ident { $($field:ident),* $(; $($default:ident),*)? }) => {
        impl $crate::json::Read for $type {
            fn read(data: &serde_json::Value) -> Option<Self> {
                data.as_object()?;
                Some(Self {
                    $($field: $crate::json::field(data, stringify!($field))?,)*
                    $($($default: $crate::json::field_or_default(data, stringify!($default))?,)*)?
                })
            }
        }
    };
    ($type:ident: $($variant:ident $name:literal),+) => {
        impl $crate::json::Read for $type {
            fn read(data: &serde_json::Value) -> Option<Self> {
                match data.as_str()? {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
