//! The checks of the two stores.

/// Records that outlive the browser.
pub(super) mod store {
    use crate::platform::contract::{Check, Ground, done, ensure, same};
    use crate::platform::{Platform, Record, Store, StoreError};
    use futures_util::future::join_all;

    /// Removes whatever is under `key`.
    async fn clear(store: &impl Store, key: &str) -> Check {
        match done("get", store.get(key).await)? {
            Some(record) => done("delete_if", store.delete_if(key, record.revision).await),
            None => Ok(()),
        }
    }

    pub(in super::super) async fn a_new_record_has_revision_one_and_each_write_one_more<P: Platform>(
        ground: &Ground<P>,
    ) -> Check {
        let store = ground.here.store();
        clear(store, "contract/revisions").await?;
        same("before", done("get", store.get("contract/revisions").await)?, None)?;
        for revision in 0..3 {
            let answer = store.put_if("contract/revisions", revision, &format!("value {revision}")).await;
            same("the answer", answer, Ok(revision + 1))?;
            let expected = Record { revision: revision + 1, value: format!("value {revision}") };
            let seen = done("get", ground.there.store().get("contract/revisions").await)?;
            same("what the other context reads", seen, Some(expected))?;
        }
        clear(store, "contract/revisions").await
    }

    pub(in super::super) async fn a_stale_writer_conflicts<P: Platform>(ground: &Ground<P>) -> Check {
        let store = ground.here.store();
        let key = "contract/stale";
        clear(store, key).await?;
        same("a write over nothing", store.put_if(key, 1, "no").await, Err(StoreError::Conflict))?;
        same("a removal of nothing", store.delete_if(key, 1).await, Err(StoreError::Conflict))?;
        done("put_if", store.put_if(key, 0, "first").await)?;
        done("put_if", ground.there.store().put_if(key, 1, "second").await)?;
        for stale in [0, 1, 3] {
            same("a stale write", store.put_if(key, stale, "no").await, Err(StoreError::Conflict))?;
            same("a stale removal", store.delete_if(key, stale).await, Err(StoreError::Conflict))?;
        }
        let left = done("get", store.get(key).await)?;
        same("what is left", left, Some(Record { revision: 2, value: "second".to_owned() }))?;
        clear(store, key).await
    }

    pub(in super::super) async fn exactly_one_of_twenty_writers_wins<P: Platform>(ground: &Ground<P>) -> Check {
        let key = "contract/race";
        clear(ground.here.store(), key).await?;
        for expected in 0..3 {
            let writers = (0..20).map(|number| async move {
                let platform = if number % 2 == 0 { &ground.here } else { &ground.there };
                (number, platform.store().put_if(key, expected, &format!("writer {number}")).await)
            });
            let results = join_all(writers).await;
            let winners: Vec<_> = results.iter().filter(|(_, result)| *result == Ok(expected + 1)).collect();
            let losers = results.iter().filter(|(_, result)| *result == Err(StoreError::Conflict)).count();
            same("winners and losers", (winners.len(), losers), (1, 19))?;
            let record = done("get", ground.here.store().get(key).await)?;
            let value = winners.first().map(|(number, _)| format!("writer {number}"));
            same("the value", record.map(|record| record.value), value)?;
        }
        clear(ground.here.store(), key).await
    }

    pub(in super::super) async fn a_deleted_record_is_gone<P: Platform>(ground: &Ground<P>) -> Check {
        let store = ground.here.store();
        let key = "contract/deleted";
        clear(store, key).await?;
        done("put_if", store.put_if(key, 0, "there").await)?;
        same("the removal", ground.there.store().delete_if(key, 1).await, Ok(()))?;
        same("what is left", done("get", store.get(key).await)?, None)?;
        let keys = done("keys", store.keys(key).await)?;
        same("its key", keys, Vec::new())?;
        same("a new one", store.put_if(key, 0, "anew").await, Ok(1))?;
        clear(store, key).await
    }

    pub(in super::super) async fn keys_are_sorted_and_by_prefix<P: Platform>(ground: &Ground<P>) -> Check {
        let store = ground.here.store();
        let keys = ["contract/keys/b", "contract/keys/a", "contract/keys/a/1", "contract/keyst", "contract/keys/ä"];
        for key in keys {
            clear(store, key).await?;
            done("put_if", store.put_if(key, 0, "x").await)?;
        }
        let found = done("keys", store.keys("contract/keys/").await)?;
        let expected = ["contract/keys/a", "contract/keys/a/1", "contract/keys/b", "contract/keys/ä"];
        same("the keys", found, expected.map(str::to_owned).to_vec())?;
        let all = done("keys", store.keys("").await)?;
        ensure(keys.iter().all(|key| all.iter().any(|known| known == key)), "the empty prefix leaves keys out")?;
        ensure(all.is_sorted(), "the empty prefix is not sorted")?;
        for key in keys {
            clear(store, key).await?;
        }
        Ok(())
    }

    pub(in super::super) async fn any_text_comes_back_as_it_was<P: Platform>(ground: &Ground<P>) -> Check {
        let store = ground.here.store();
        let key = "contract/texts";
        let long = "0123456789abcdef".repeat(1 << 16);
        for text in ["", "\0", "\"quoted\"\n", "{\"revision\":7}", "Grüße 🦀 \u{2028}", &long] {
            clear(store, key).await?;
            done("put_if", store.put_if(key, 0, text).await)?;
            let record = done("get", ground.there.store().get(key).await)?;
            ensure(record.is_some_and(|record| record.value == text), "a text came back changed")?;
        }
        clear(store, key).await
    }
}

/// Values that outlive the worker.
pub(super) mod session {
    use crate::platform::contract::{Check, Ground, done, same};
    use crate::platform::{Platform, SessionStore, Store};

    pub(in super::super) async fn a_value_is_replaced_and_removed<P: Platform>(ground: &Ground<P>) -> Check {
        let (here, there) = (ground.here.session(), ground.there.session());
        for text in ["one", "", "zwei 🦀"] {
            done("set", here.set("contract/value", text).await)?;
            let seen = done("get", there.get("contract/value").await)?;
            same("what the other context reads", seen.as_deref(), Some(text))?;
        }
        same("the removal", there.remove("contract/value").await, Ok(()))?;
        same("what is left", done("get", here.get("contract/value").await)?, None)?;
        same("a second removal", here.remove("contract/value").await, Ok(()))
    }

    pub(in super::super) async fn session_and_store_do_not_meet<P: Platform>(ground: &Ground<P>) -> Check {
        done("set", ground.here.session().set("contract/apart", "session").await)?;
        same("in the store", done("get", ground.here.store().get("contract/apart").await)?, None)?;
        done("remove", ground.here.session().remove("contract/apart").await)
    }
}
