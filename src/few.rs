//! A map of a few entries.

use crate::json::Read;
use serde::Serialize;
use serde_json::Value;

/// A map for the handful of entries that one browser has of anything: a list that is searched through, which is a fraction of
/// the code of a tree.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, V> Few<K, V> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is under `key`.
    pub fn get<Q: PartialEq<K> + ?Sized>(&self, key: &Q) -> Option<&V> {
        self.0.iter().find(|(known, _)| key == known).map(|(_, value)| value)
    }

    /// Puts `value` under `key`. Answers what was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, there)) => Some(std::mem::replace(there, value)),
            None => {
                self.0.push((key, value));
                None
            }
        }
    }

    /// Takes out what is under `key`.
    pub fn remove<Q: PartialEq<K> + ?Sized>(&mut self, key: &Q) -> Option<V> {
        let at = self.0.iter().position(|(known, _)| key == known)?;
        Some(self.0.swap_remove(at).1)
    }

    /// All entries, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }
}

/// The items in their order. Each is put in its place: a fraction of the code of the library's sorting, and quick enough for some
/// thousand items or for items that come in order.
pub fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for item in items {
        sorted.insert(sorted.partition_point(|before| *before <= item), item);
    }
    sorted
}

impl<K: Read, V: Read> Read for Few<K, V> {
    fn read(data: &Value) -> Option<Self> {
        Vec::read(data).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_items_are_all_there_and_in_order() {
        assert_eq!(sorted([3, 1, 2, 3, 0]), [0, 1, 2, 3, 3]);
        assert_eq!(sorted(["b", "", "a"]), ["", "a", "b"]);
        assert!(sorted(Vec::<u32>::new()).is_empty());
    }

    #[test]
    fn a_key_has_one_value() {
        let mut few = Few::default();
        assert_eq!(few.insert("a".to_owned(), 1), None);
        assert_eq!(few.insert("b".to_owned(), 2), None);
        assert_eq!(few.insert("a".to_owned(), 3), Some(1));
        assert_eq!((few.get("a"), few.get("b"), few.get("c")), (Some(&3), Some(&2), None));
        assert_eq!(few.remove("a"), Some(3));
        assert_eq!(few.remove("a"), None);
        assert_eq!(few.iter().count(), 1);
    }
}
