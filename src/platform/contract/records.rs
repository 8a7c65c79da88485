//! The checks of what keeps records and values.

/// What every store of records promises, seen from two contexts.
mod stores {
    use crate::platform::contract::{Check, done, ensure, same};
    use crate::platform::{Record, Store, StoreError};
    use futures_util::future::join_all;

    /// Removes whatever is under `key`.
    async fn clear(store: &impl Store, key: &str) -> Check {
        match done("get", store.get(key).await)? {
            Some(record) => done("delete_if", store.delete_if(key, record.revision).await),
            None => Ok(()),
        }
    }

    pub(super) async fn a_new_record_has_revision_one_and_each_write_one_more(
        here: &impl Store,
        there: &impl Store,
    ) -> Check {
        let store = here;
        clear(store, "contract/revisions").await?;
        same("before", done("get", store.get("contract/revisions").await)?, None)?;
        for revision in 0..3 {
            let answer = store.put_if("contract/revisions", revision, &format!("value {revision}")).await;
            same("the answer", answer, Ok(revision + 1))?;
            let expected = Record { revision: revision + 1, value: format!("value {revision}") };
            let seen = done("get", there.get("contract/revisions").await)?;
            same("what the other context reads", seen, Some(expected))?;
        }
        clear(store, "contract/revisions").await
    }

    pub(super) async fn a_stale_writer_conflicts(here: &impl Store, there: &impl Store) -> Check {
        let store = here;
        let key = "contract/stale";
        clear(store, key).await?;
        same("a write over nothing", store.put_if(key, 1, "no").await, Err(StoreError::Conflict))?;
        same("a removal of nothing", store.delete_if(key, 1).await, Err(StoreError::Conflict))?;
        done("put_if", store.put_if(key, 0, "first").await)?;
        done("put_if", there.put_if(key, 1, "second").await)?;
        for stale in [0, 1, 3] {
            same("a stale write", store.put_if(key, stale, "no").await, Err(StoreError::Conflict))?;
            same("a stale removal", store.delete_if(key, stale).await, Err(StoreError::Conflict))?;
        }
        let left = done("get", store.get(key).await)?;
        same("what is left", left, Some(Record { revision: 2, value: "second".to_owned() }))?;
        clear(store, key).await
    }

    pub(super) async fn exactly_one_of_twenty_writers_wins(here: &impl Store, there: &impl Store) -> Check {
        let key = "contract/race";
        clear(here, key).await?;
        for expected in 0..3 {
            let writers = (0..20).map(|number| async move {
                let value = format!("writer {number}");
                let put = if number % 2 == 0 {
                    here.put_if(key, expected, &value).await
                } else {
                    there.put_if(key, expected, &value).await
                };
                (number, put)
            });
            let results = join_all(writers).await;
            let winners: Vec<_> = results.iter().filter(|(_, result)| *result == Ok(expected + 1)).collect();
            let losers = results.iter().filter(|(_, result)| *result == Err(StoreError::Conflict)).count();
            same("winners and losers", (winners.len(), losers), (1, 19))?;
            let record = done("get", here.get(key).await)?;
            let value = winners.first().map(|(number, _)| format!("writer {number}"));
            same("the value", record.map(|record| record.value), value)?;
        }
        clear(here, key).await
    }

    pub(super) async fn a_deleted_record_is_gone(here: &impl Store, there: &impl Store) -> Check {
        let store = here;
        let key = "contract/deleted";
        clear(store, key).await?;
        done("put_if", store.put_if(key, 0, "there").await)?;
        same("the removal", there.delete_if(key, 1).await, Ok(()))?;
        same("what is left", done("get", store.get(key).await)?, None)?;
        let keys = done("keys", store.keys(key).await)?;
        same("its key", keys, Vec::new())?;
        same("a new one", store.put_if(key, 0, "anew").await, Ok(1))?;
        clear(store, key).await
    }

    pub(super) async fn keys_are_sorted_and_by_prefix(here: &impl Store, there: &impl Store) -> Check {
        let store = here;
        let keys = ["contract/keys/b", "contract/keys/a", "contract/keys/a/1", "contract/keyst", "contract/keys/ä"];
        for key in keys {
            clear(store, key).await?;
            done("put_if", store.put_if(key, 0, "x").await)?;
        }
        let found = done("keys", there.keys("contract/keys/").await)?;
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

    pub(super) async fn any_text_comes_back_as_it_was(here: &impl Store, there: &impl Store) -> Check {
        let store = here;
        let key = "contract/texts";
        let long = "0123456789abcdef".repeat(1 << 16);
        for text in ["", "\0", "\"quoted\"\n", "{\"revision\":7}", "Grüße 🦀 \u{2028}", &long] {
            clear(store, key).await?;
            done("put_if", store.put_if(key, 0, text).await)?;
            let record = done("get", there.get(key).await)?;
            ensure(record.is_some_and(|record| record.value == text), "a text came back changed")?;
        }
        clear(store, key).await
    }

    pub(super) async fn many_are_read_in_their_order(here: &impl Store, there: &impl Store) -> Check {
        for key in ["contract/many/a", "contract/many/b"] {
            clear(here, key).await?;
            done("put_if", here.put_if(key, 0, key).await)?;
        }
        let keys = ["b", "missing", "a", "b"].map(|name| format!("contract/many/{name}"));
        let found = done("get_many", there.get_many(&keys).await)?;
        let values: Vec<_> = found.into_iter().map(|record| record.map(|record| record.value)).collect();
        let expected = [Some(&keys[0]), None, Some(&keys[2]), Some(&keys[0])];
        same("the records", values, expected.map(Option::<&String>::cloned).to_vec())?;
        same("none asked for", done("get_many", here.get_many(&[]).await)?, Vec::new())?;
        clear(here, "contract/many/a").await?;
        clear(here, "contract/many/b").await
    }
}

/// The same checks on each of the two.
macro_rules! stores {
    ($($port:ident: $($name:ident),+;)+) => {$(
        pub(super) mod $port {
            use crate::platform::Platform;
            use crate::platform::contract::{Check, Ground};

            $(pub(in super::super) async fn $name<P: Platform>(ground: &Ground<P>) -> Check {
                super::stores::$name(ground.here.$port(), ground.there.$port()).await
            })+
        }
    )+};
}

stores! {
    store: a_new_record_has_revision_one_and_each_write_one_more, a_stale_writer_conflicts,
        exactly_one_of_twenty_writers_wins, a_deleted_record_is_gone, keys_are_sorted_and_by_prefix,
        any_text_comes_back_as_it_was, many_are_read_in_their_order;
    archive: a_new_record_has_revision_one_and_each_write_one_more, a_stale_writer_conflicts,
        exactly_one_of_twenty_writers_wins, a_deleted_record_is_gone, keys_are_sorted_and_by_prefix,
        any_text_comes_back_as_it_was, many_are_read_in_their_order;
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

    pub(in super::super) async fn session_store_and_archive_do_not_meet<P: Platform>(ground: &Ground<P>) -> Check {
        done("set", ground.here.session().set("contract/apart", "session").await)?;
        same("in the store", done("get", ground.here.store().get("contract/apart").await)?, None)?;
        same("in the archive", done("get", ground.here.archive().get("contract/apart").await)?, None)?;
        done("remove", ground.here.session().remove("contract/apart").await)?;
        done("put_if", ground.here.archive().put_if("contract/apart", 0, "archive").await)?;
        same("archived, in the store", done("get", ground.here.store().get("contract/apart").await)?, None)?;
        done("delete_if", ground.here.archive().delete_if("contract/apart", 1).await)
    }
}
