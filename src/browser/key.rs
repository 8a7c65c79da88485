//! Where the cipher's key lives: a non-extractable `CryptoKey` in IndexedDB, which stores it without ever showing its bytes.

use super::database::{Place, answer, complete};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `CryptoKey`.
    #[derive(Clone)]
    pub(super) type Key;
}

const NAME: &str = "records";

/// The key's database.
pub(super) const fn place() -> Place {
    Place::new("chat-for-jira-key", "keys")
}

/// The key, if there is one.
pub(super) async fn load(place: &Place) -> Result<Option<Key>, JsValue> {
    let (_reading, store) = place.begin("readonly", "default").await?;
    let key = answer(&store.get(NAME)?).await?;
    Ok((!key.is_undefined()).then(|| key.unchecked_into()))
}

/// Stores the key. Returns when it is safely on the disk: records sealed with a key that is not are lost.
pub(super) async fn save(place: &Place, key: &Key) -> Result<(), JsValue> {
    let (writing, store) = place.begin("readwrite", "strict").await?;
    store.add(key, NAME)?;
    complete(&writing).await
}
