//! What lies in the store: sealed, bound to its place and version, never lost to damage, and readable by every later version.

use crate::peer::{app, ask_error, ask_ok, connect, only_account, world};
use chat_for_jira::app::App;
use chat_for_jira::platform::memory::{Memory, World};
use chat_for_jira::platform::{Record, StoreError, Timestamp};
use chat_for_jira::tokens::account::{Account, Tokens};
use chat_for_jira::tokens::journal::EventKind;
use chat_for_jira::tokens::refresh::Reason;
use chat_for_jira::tokens::vault::{Vault, VaultError};
use serde_json::{Value, json};
use std::collections::BTreeMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// More port calls than any of these stories makes.
const ALL: u64 = 600;

/// The values in the store by key.
pub(crate) fn values(world: &World) -> BTreeMap<String, String> {
    world.stored().into_iter().map(|(key, record)| (key, record.value)).collect()
}

/// The one key that begins so.
fn key_of(world: &World, prefix: &str) -> String {
    let keys: Vec<String> = world.stored().into_keys().filter(|key| key.starts_with(prefix)).collect();
    assert_eq!(keys.len(), 1, "{prefix}: {keys:?}");
    keys[0].clone()
}

fn plant(world: &World, key: &str, value: &str) {
    let revision = world.stored().get(key).map_or(0, |record| record.revision) + 1;
    world.plant(key, Record { revision, value: value.to_owned() });
}

fn overview(world: &World) -> Value {
    world.restart_browser();
    ask_ok(world, &app(world).0, "popup", "overview", json!({}))
}

/// A world whose store was filled by an earlier version of us.
pub(crate) fn world_of(fixture: &str) -> (World, Value) {
    let fixture: Value = serde_json::from_str(fixture).unwrap();
    let world = world(1).0;
    let digits = fixture["key"].as_str().unwrap();
    let byte = |at: usize| u8::from_str_radix(digits.get(2 * at..2 * at + 2).unwrap(), 16).unwrap();
    world.set_key(std::array::from_fn(byte));
    for (key, record) in fixture["records"].as_object().unwrap() {
        let (revision, value) = (record["revision"].as_u64().unwrap(), record["value"].as_str().unwrap());
        world.plant(key, Record { revision, value: value.to_owned() });
    }
    (world, fixture)
}

/// Reads all accounts as they are in both fixtures, and checks what was known of them.
pub(crate) fn everything_of_the_fixture_is_there(world: &World, app: &App<Memory>) {
    let listing = world.run(app.tokens().list()).unwrap();
    assert_eq!((listing.pairs.len(), listing.unreadable, listing.newer), (2, false, false));
    let by_name = |name: &str| listing.pairs.iter().find(|pair| pair.account.identity.name == name).unwrap();
    let (mia, other) = (by_name("Mia Stone"), by_name(""));
    assert_eq!(mia.account.chosen_site().unwrap().id, "site-0");
    assert_eq!(mia.account.identity.email.as_deref(), Some("mia@example.com"));
    assert_eq!(mia.tokens.generation, 2, "signed in twice");
    assert_eq!(mia.tokens.refresh_token.as_ref().unwrap().expose(), "refresh-secret-6");
    assert_eq!(mia.tokens.access_token.expose(), "access-secret-5");
    assert!(mia.tokens.expires_at.unwrap() > Timestamp(1_790_000_000_000));
    assert_eq!(other.tokens.access_token.expose(), "an-opaque-one");
    assert!(other.tokens.refresh_token.is_none());
}

const FIRST: &str = include_str!("fixtures/vault-1.json");
const SECOND: &str = include_str!("fixtures/vault-2-device.json");

#[test]
fn records_of_earlier_forms_are_read_and_sealed_anew_when_written() {
    for fixture in [FIRST, SECOND] {
        sealed_anew_when_written(fixture);
    }
}

fn sealed_anew_when_written(fixture: &str) {
    let (world, fixture) = world_of(fixture);
    let worker = app(&world).0;
    everything_of_the_fixture_is_there(&world, &worker);
    world.run(worker.startup());
    let before = values(&world);
    for (key, record) in fixture["records"].as_object().unwrap() {
        assert_eq!(before[key], record["value"], "reading and caring writes nothing");
    }
    let ids: Vec<String> =
        world.run(worker.tokens().list()).unwrap().pairs.into_iter().map(|pair| pair.account.id).collect();
    for id in &ids {
        world.run(worker.tokens().set_account(id, Some("Mine".to_owned()), None)).unwrap();
    }
    for (key, value) in values(&world) {
        let is_new = value.starts_with("3.d.");
        assert_eq!(is_new, key.starts_with("account:"), "{key}: {value}");
    }
    everything_of_the_fixture_is_there(&world, &app(&world).0);
}

#[test]
fn d31_nothing_secret_lies_in_the_clear() {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    world.run(worker.0.tokens().refresh(&id, Reason::NewerThan(1))).unwrap();
    let stored = values(&world);
    assert!(stored.len() >= 2);
    for (key, value) in stored {
        assert!(value.starts_with("3.d."), "{key}");
        for secret in peer.secrets.borrow().iter().map(String::as_str).chain(["Mia", "example.com", "site-0"]) {
            assert!(!value.contains(secret) && !key.contains(secret), "{secret} in {key}");
        }
    }
    for (key, record) in world.archived() {
        for secret in peer.secrets.borrow().iter() {
            assert!(!record.value.contains(secret.as_str()) && !key.contains(secret.as_str()), "{secret} in {key}");
        }
    }
}

#[test]
fn d33_equal_records_are_never_sealed_alike() {
    let (world, _peer) = world(1);
    let memory = world.worker();
    let vault = Vault::new(&memory);
    let mut seen = std::collections::BTreeSet::new();
    for revision in 0..50 {
        world.run(vault.write_if("tokens:a", revision, &Tokens::default())).unwrap();
        assert!(seen.insert(values(&world)["tokens:a"].clone()));
    }
}

#[test]
fn d33_what_was_changed_cut_moved_or_relabelled_is_refused_and_kept() {
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let (account, tokens) = (key_of(&world, "account:"), key_of(&world, "tokens:"));
    let (first, _) = world_of(FIRST);
    let good = values(&world);
    let bare = good[&account].rsplit_once('.').unwrap().1.to_owned();
    let mut changed: Vec<char> = good[&account].chars().collect();
    changed[40] = if changed[40] == 'A' { 'B' } else { 'A' };
    let half: String = good[&account].chars().take(good[&account].len() / 2).collect();
    let damaged = [
        changed.into_iter().collect(),
        half,
        String::new(),
        "3.d.1.".to_owned(),
        "3.d".to_owned(),
        "3.x.1.AAAA".to_owned(),
        "1.d.1.AAAA".to_owned(),
        ".".to_owned(),
        "no base64 at all".to_owned(),
        // Another record's; this record as an older version, under another key's name, in the first form.
        good[&tokens].clone(),
        format!("3.d.0.{bare}"),
        format!("3.d.01.{bare}"),
        format!("3.a.1.{bare}"),
        format!("3.p.1.{bare}"),
        // In the form before.
        format!("2.d.1.{bare}"),
        bare,
        format!("3.d.1.{}", values(&first).into_values().next().unwrap()),
    ];
    for (number, value) in damaged.iter().enumerate() {
        plant(&world, &account, value);
        let seen = overview(&world);
        assert_eq!(seen["problem"]["code"], "vault_unreadable", "{value}");
        assert_eq!(seen["accounts"], json!([]), "{value}");
        let aside = values(&world);
        assert!(!aside.contains_key(&account), "{value}");
        assert_eq!(&aside[&format!("aside:{}:{account}", number + 1)], value, "nothing is overwritten");
    }
    plant(&world, &account, &good[&account]);
    assert_eq!(overview(&world)["accounts"].as_array().unwrap().len(), 1, "the good one is good as ever");
}

#[test]
fn what_was_set_aside_outlives_sign_ins_until_the_person_gives_it_up() {
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let account = key_of(&world, "account:");
    // As the first version of us set one aside.
    world.plant("aside:account:old", Record { revision: 1, value: "damaged long ago".to_owned() });
    plant(&world, &account, "damaged now");
    let worker = app(&world);
    world.restart_browser();
    connect(&world, &worker);
    world.run(worker.0.startup());
    let stored = values(&world);
    assert_eq!(stored["aside:account:old"], "damaged long ago");
    assert_eq!(stored[&format!("aside:1:{account}")], "damaged now");
    let seen = ask_ok(&world, &worker.0, "options", "overview", json!({}));
    assert_eq!((&seen["problem"]["code"], seen["accounts"].as_array().unwrap().len()), (&json!("vault_unreadable"), 1));
    assert_eq!(ask_error(&world, &worker.0, "popup", "forget_damaged", json!({}))["code"], "forbidden");
    let seen = ask_ok(&world, &worker.0, "options", "forget_damaged", json!({}));
    assert_eq!((&seen["problem"], seen["accounts"].as_array().unwrap().len()), (&json!(null), 1));
    assert_eq!(world.stored().len(), 2, "{:?}", world.stored().keys());
}

#[test]
fn a_record_of_a_newer_version_is_left_where_it_is_and_said() {
    for newer in ["3.d.99.AAAA", "4.whatever.comes", "17."] {
        let (world, _peer) = world(1);
        let worker = app(&world);
        connect(&world, &worker);
        plant(&world, "account:new", newer);
        plant(&world, "tokens:new", newer);
        let kept = values(&world);
        let seen = overview(&world);
        assert_eq!(seen["problem"]["code"], "vault_unreadable");
        assert!(seen["problem"]["message"].as_str().unwrap().contains("newer version"), "{seen}");
        assert_eq!(seen["accounts"].as_array().unwrap().len(), 1);
        let worker = app(&world).0;
        world.run(worker.startup());
        ask_ok(&world, &worker, "options", "forget_damaged", json!({}));
        assert_eq!(values(&world), kept);
        // Nor does anything else of ours write over it.
        let account = world.run(worker.tokens().list()).unwrap().pairs.remove(0).account;
        let account = Account { id: "new".to_owned(), ..account };
        assert_eq!(
            world.run(worker.tokens().save(&account, &Tokens::default())).unwrap_err().code,
            chat_for_jira::error::Code::VaultUnreadable
        );
        ask_ok(&world, &worker, "options", "set_passphrase", json!({"old": null, "new": "a long passphrase"}));
        ask_ok(&world, &worker, "options", "remove_passphrase", json!({"passphrase": "a long passphrase"}));
        let after = values(&world);
        assert_eq!((&after["account:new"], &after["tokens:new"]), (&newer.to_owned(), &newer.to_owned()));
    }
}

#[test]
fn d34_without_its_key_the_vault_asks_to_sign_in_and_keeps_what_it_has() {
    let (world, _peer) = world(1);
    connect(&world, &app(&world));
    let before = values(&world);
    world.lose_key();
    world.restart_browser();
    let worker = app(&world);
    world.run(worker.0.startup());
    let seen = ask_ok(&world, &worker.0, "popup", "overview", json!({}));
    assert_eq!((&seen["problem"]["code"], &seen["accounts"]), (&json!("vault_unreadable"), &json!([])));
    let kept: Vec<String> = values(&world).into_values().collect();
    assert!(before.values().all(|value| kept.contains(value)), "set aside, not thrown away");
    connect(&world, &worker);
    assert_eq!(only_account(&world, &worker.0)["health"], "fresh");
    let kept: Vec<String> = values(&world).into_values().collect();
    assert!(before.values().all(|value| kept.contains(value)), "nor by a new sign-in");
}

#[test]
fn d34_when_the_key_is_back_so_are_the_accounts() {
    let (world, _fixture) = world_of(FIRST);
    let key: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap() * 7 + 1);
    world.lose_key();
    world.run(app(&world).0.startup());
    let seen = overview(&world);
    assert_eq!((&seen["problem"]["code"], &seen["accounts"]), (&json!("vault_unreadable"), &json!([])));
    world.set_key(key);
    world.restart_browser();
    let worker = app(&world).0;
    world.run(worker.startup());
    everything_of_the_fixture_is_there(&world, &worker);
    let seen = ask_ok(&world, &worker, "popup", "overview", json!({}));
    assert_eq!((&seen["problem"], seen["accounts"].as_array().unwrap().len()), (&json!(null), 2));
    let id = seen["accounts"][0]["id"].as_str().unwrap();
    let history = world.run(worker.tokens().history(id)).unwrap();
    assert!(history.iter().any(|event| event.kind == EventKind::VaultRecovered), "{history:?}");
}

#[test]
fn an_account_whose_tokens_are_damaged_stays_and_wants_a_new_sign_in() {
    let (world, _peer) = world(1);
    let id = connect(&world, &app(&world));
    let tokens = key_of(&world, "tokens:");
    plant(&world, &tokens, "3.d.1.damaged");
    world.restart_browser();
    let worker = app(&world);
    let account = only_account(&world, &worker.0);
    assert_eq!((&account["id"], &account["problem"]["code"]), (&json!(id), &json!("reauth_required")), "{account}");
    assert_eq!(account["site"]["id"], "site-0");
    assert_eq!(values(&world)[&format!("aside:1:{tokens}")], "3.d.1.damaged");
    connect(&world, &worker);
    assert_eq!(only_account(&world, &worker.0)["health"], "fresh");
    assert_eq!(values(&world)[&format!("aside:1:{tokens}")], "3.d.1.damaged");
}

#[test]
fn moving_a_record_aside_and_back_leaves_it_somewhere_at_every_step() {
    let key: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap() * 7 + 1);
    for back in [false, true] {
        let mut finished = false;
        for step in 0..ALL {
            let (world, fixture) = world_of(FIRST);
            world.lose_key();
            if back {
                world.run(app(&world).0.startup());
                world.set_key(key);
            }
            world.restart_browser();
            let (dying, memory) = app(&world);
            memory.kill_after(step);
            finished = world.run_until_killed(dying.startup()).is_some();
            let kept: Vec<String> = values(&world).into_values().collect();
            for (key, record) in fixture["records"].as_object().unwrap() {
                assert!(kept.iter().any(|kept| record["value"] == **kept), "step {step}: {key} is gone");
            }
            world.set_key(key);
            world.restart_browser();
            let next = app(&world).0;
            world.run(next.startup());
            everything_of_the_fixture_is_there(&world, &next);
            assert_eq!(world.stored().len(), 4, "step {step}: {:?}", world.stored().keys());
            if finished {
                assert!(step > 10);
                break;
            }
        }
        assert!(finished, "it never finished");
    }
}

#[test]
fn a_write_that_fails_or_is_killed_leaves_the_old_record_or_the_new_one() {
    let (world, _peer) = world(1);
    let memory = world.worker();
    let tokens = |generation| Tokens { generation, ..Tokens::default() };
    world.run(Vault::new(&memory).write_if("tokens:a", 0, &tokens(1))).unwrap();
    for fault in [StoreError::Full, StoreError::Failed("the disk is gone".to_owned())] {
        world.fail_writes(Some(fault));
        let failed = world.run(Vault::new(&memory).write_if("tokens:a", 1, &tokens(2)));
        assert!(matches!(failed, Err(VaultError::Failed(_))), "{failed:?}");
        world.fail_writes(None);
        assert_eq!(world.run(Vault::new(&memory).read::<Tokens>("tokens:a")).unwrap().unwrap().0.generation, 1);
    }
    let mut generation = 1;
    for step in 0..ALL {
        let dying = world.worker();
        dying.kill_after(step);
        let next = tokens(generation + 1);
        let vault = Vault::new(&dying);
        let finished = world.run_until_killed(vault.write_if("tokens:a", generation, &next)).is_some();
        let found = world.run(Vault::new(&world.worker()).read::<Tokens>("tokens:a")).unwrap().unwrap();
        assert_eq!(found.0.generation, found.1, "step {step}: neither the old nor the new one");
        assert!(found.1 == generation || found.1 == generation + 1, "step {step}");
        generation = found.1;
        if finished {
            assert!(step >= 3);
            return;
        }
    }
    panic!("the write never finished");
}

#[test]
fn a_full_disk_hides_and_loses_nothing() {
    let (world, _fixture) = world_of(FIRST);
    plant(&world, "account:damaged", "AAAA");
    world.fail_writes(Some(StoreError::Full));
    let before = values(&world);
    let listing = world.run(app(&world).0.tokens().list()).unwrap();
    assert_eq!((listing.pairs.len(), listing.unreadable), (2, true));
    assert_eq!(values(&world), before);
}

#[test]
fn damaged_settings_are_set_aside_and_do_not_stand_in_the_way() {
    let (world, _peer) = world(1);
    let worker = app(&world).0;
    plant(&world, "settings", "3.a.1.damaged");
    world.run(worker.startup());
    ask_ok(&world, &worker, "options", "change_settings", json!({"change": {"retries": 5}}));
    let seen = ask_ok(&world, &app(&world).0, "options", "settings", json!({}));
    assert_eq!(seen["settings"]["retries"], 5, "{seen}");
    assert_eq!(values(&world)["aside:1:settings"], "3.a.1.damaged");
}

#[test]
fn a_thousand_accounts_are_listed_with_a_handful_of_calls_to_the_store() {
    let (world, _peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    let account = world.run(worker.0.tokens().account(&id)).unwrap();
    for number in 0..999 {
        let copy = Account { id: format!("copy-{number}"), ..account.clone() };
        world.run(worker.0.tokens().save(&copy, &Tokens::default())).unwrap();
    }
    let (next, memory) = app(&world);
    let listing = world.run(next.tokens().list()).unwrap();
    assert_eq!(listing.pairs.len(), 1000);
    // Two thousand of them open a record each.
    assert!(memory.calls() <= 2010, "{} calls", memory.calls());
}
