//! The checks of the cipher.

use super::{Check, Ground, done, ensure, same};
use crate::platform::{Cipher, CipherError, Platform};
use futures_util::future::join_all;

const PLAIN: &[u8] = b"a refresh token, say";

pub(super) async fn a_profile_without_a_key_says_so<P: Platform>(ground: &Ground<P>) -> Check {
    let sealed = [7; 60];
    same("the first opening", ground.here.cipher().open("contract", &sealed).await, Err(CipherError::KeyMissing))?;
    // Opening must not make a key: what was sealed would then look damaged, not lost.
    same("the second opening", ground.there.cipher().open("contract", &sealed).await, Err(CipherError::KeyMissing))
}

pub(super) async fn what_is_sealed_opens_in_every_context<P: Platform>(ground: &Ground<P>) -> Check {
    // All at once: on a profile without a key each of them wants to make it, and all must end up with the same.
    let sealers = (0..10).map(|number| async move {
        let platform = if number % 2 == 0 { &ground.here } else { &ground.there };
        platform.cipher().seal("contract", PLAIN).await
    });
    for sealed in join_all(sealers).await {
        let sealed = done("seal", sealed)?;
        for platform in [&ground.here, &ground.there] {
            same("opened", platform.cipher().open("contract", &sealed).await, Ok(PLAIN.to_vec()))?;
        }
    }
    let nothing = done("seal", ground.here.cipher().seal("", b"").await)?;
    same("nothing", ground.here.cipher().open("", &nothing).await, Ok(Vec::new()))
}

pub(super) async fn the_same_text_is_never_sealed_alike<P: Platform>(ground: &Ground<P>) -> Check {
    let mut nonces = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let sealed = done("seal", ground.here.cipher().seal("contract", PLAIN).await)?;
        nonces.insert(sealed.into_iter().take(12).collect::<Vec<_>>());
    }
    same("different nonces", nonces.len(), 100)
}

pub(super) async fn a_changed_byte_is_refused<P: Platform>(ground: &Ground<P>) -> Check {
    let cipher = ground.here.cipher();
    let sealed = done("seal", cipher.seal("contract", PLAIN).await)?;
    for position in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed.iter_mut().skip(position).take(1).for_each(|byte| *byte ^= 1);
        let what = format!("byte {position} changed");
        same(&what, cipher.open("contract", &changed).await, Err(CipherError::Refused))?;
    }
    Ok(())
}

pub(super) async fn a_cut_one_is_refused<P: Platform>(ground: &Ground<P>) -> Check {
    let cipher = ground.here.cipher();
    let sealed = done("seal", cipher.seal("contract", PLAIN).await)?;
    for length in 0..sealed.len() {
        let cut: Vec<u8> = sealed.iter().copied().take(length).collect();
        let what = format!("cut to {length} bytes");
        same(&what, cipher.open("contract", &cut).await, Err(CipherError::Refused))?;
    }
    let longer = [sealed.as_slice(), &[0]].concat();
    same("one byte more", cipher.open("contract", &longer).await, Err(CipherError::Refused))
}

pub(super) async fn another_record_is_refused<P: Platform>(ground: &Ground<P>) -> Check {
    let cipher = ground.here.cipher();
    let sealed = done("seal", cipher.seal("contract/a", PLAIN).await)?;
    for other in ["contract/b", "contract/", "contract/a ", ""] {
        same("moved", cipher.open(other, &sealed).await, Err(CipherError::Refused))?;
    }
    Ok(())
}

pub(super) async fn the_text_is_not_to_be_seen<P: Platform>(ground: &Ground<P>) -> Check {
    let sealed = done("seal", ground.here.cipher().seal("contract", PLAIN).await)?;
    ensure(!sealed.windows(8).any(|piece| PLAIN.windows(8).any(|known| known == piece)), "the text lies there openly")
}
