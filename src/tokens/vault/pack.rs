//! Records are made smaller before they are sealed: what an account has in common with every other costs next to nothing, and
//! a token, which is text of 64 different characters, three quarters.
//!
//! A packed record is a row of these, told apart by their first byte:
//!
//! | First byte | What follows | Stands for |
//! |---|---|---|
//! | below 96 | one byte more than it says | these bytes |
//! | `011HHHHH` | the byte `L`, then the characters | `HL` and [`LEAST_TEXT`] characters of [`ALPHABET`], 6 bits each |
//! | `1CCCHHHH` | the byte `L`; where `CCC` is [`LONG_COPY`], the byte `M` | `CCC`, `M` and [`LEAST_COPY`] bytes that stand at the place `HL` of [`KNOWN`] with the record so far behind it |
//!
//! Not the browser's `CompressionStream`: it takes ten promises for each record, and without [`KNOWN`] does half as much.

#[cfg(test)]
mod tests;

/// The characters of tokens and ids (RFC 4648 §5).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What stands before every record: what records are mostly made of. It is a part of the stored form, as is its order: it may
/// not be changed but with a new form.
const KNOWN: &[u8] = br#""":true,["https://https://login.microsoftonline.com//oauth2/v2.0/authorizehttps://graph.microsoft.com//rest/oauth2/latest/authorize/rest/oauth2/latest/token/token?x-client-SKU=chat-for-jira"openid","profile","email"WRITE"READ"write:jira-work","authentication":{"in_header":false,"method":"from_policy"},"method":"none"},"method":"secret_basic","secret":"jira_data_center"microsoft_entra"provider":"other"client_credentials"api_token"personal_access_token"trouble":{"attempts":1,"failed_at":179,"kind":"passing","message":"dead_grant"misconfigured"not_before":null,"retry_at":179{"access_token":"","attempted_at":17900000,"by_credentials":false,"expires_at":17900000,"generation":1,"issued_at":1790,"refresh_ends_at":null,"refresh_token":null,"refreshed_at":null,"scopes":["read:jira-work","read:jira-user","read:me","offline_access"],"signed_in_at":1790,"skew_ms":-1,"trouble":null}{"created_at":1790,"id":"","identity":{"avatar_url":"https://secure.gravatar.com/avatar/https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/712020:/128.png","email":null.com","id":"712020:557058:","name":""},"label":null,"redirect_uri":"https://.chromiumapp.org/oauth","registration":{"api_root":"https://api.atlassian.com","authentication":{"method":"secret_post","secret":""},"authorization_endpoint":"https://auth.atlassian.com/authorize","authorize_extra":[],"broker":false,"client_id":"","grant":"authorization_code","issuer":null,"issuer_is_sent":false,"provider":"jira_cloud","revocation_endpoint":"https://auth.atlassian.com/oauth/revoke","scopes":["read:jira-work","read:jira-user","read:me","offline_access"],"single_page":false,"site_url":"","source":null,"token_endpoint":"https://auth.atlassian.com/oauth/token","token_extra":[],"user":"","userinfo_endpoint":null},"site":"","sites":[{"id":"","name":"","url":"https://.atlassian.net"}],"threshold_minutes":null}"#;

/// Most plain bytes in a row.
const MOST_PLAIN: usize = 96;
/// What begins a packed text.
const TEXT: u8 = 0b0110_0000;
/// Fewer characters are as short as they are.
const LEAST_TEXT: usize = 8;
/// Most characters in a row.
const MOST_TEXT: usize = LEAST_TEXT + 0x1FFF;
/// What begins a copy.
const COPY: u8 = 0b1000_0000;
/// Fewer bytes are as short as they are.
const LEAST_COPY: usize = 4;
/// From here on a copy's length takes a byte more.
const LONG_COPY: usize = 7;
/// Most bytes in a row.
const MOST_COPY: usize = LEAST_COPY + LONG_COPY + 0xFF;
/// Places that a copy can be of.
const PLACES: usize = 0x1000;

/// How many earlier places are looked at for a copy.
const LOOKS: usize = 64;

/// The record, smaller where it can be.
pub(super) fn pack(record: &[u8]) -> Vec<u8> {
    let whole = [KNOWN, record].concat();
    let (mut seen, mut packed, mut plain, mut at) = (Seen::default(), Vec::new(), KNOWN.len(), KNOWN.len());
    while at < whole.len() {
        let rest = &whole[at..];
        let text = rest.iter().take(MOST_TEXT).take_while(|byte| ALPHABET.contains(byte)).count();
        let (place, copy) = seen.longest(&whole, at);
        let is_copy = copy >= LEAST_COPY && (copy >= LEAST_TEXT || copy >= text);
        if !is_copy && text < LEAST_TEXT {
            at += 1;
            continue;
        }
        put_plain(&mut packed, &whole[plain..at]);
        if is_copy {
            put_copy(&mut packed, place, copy);
            at += copy;
        } else {
            put_text(&mut packed, &rest[..text]);
            at += text;
        }
        plain = at;
    }
    put_plain(&mut packed, &whole[plain..]);
    packed
}

/// The record that was packed; `None` for what no record packs to.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let (mut whole, mut rest) = (KNOWN.to_vec(), packed);
    while let Some((&first, after)) = rest.split_first() {
        let low = usize::from(first & 0x1F);
        rest = if first >= COPY {
            let (&second, after) = after.split_first()?;
            let place = usize::from(first & 0x0F) << 8 | usize::from(second);
            let short = usize::from(first >> 4 & 7);
            let (more, after) = if short < LONG_COPY {
                (0, after)
            } else {
                after.split_first().map(|(&more, rest)| (usize::from(more), rest))?
            };
            let copied = whole.get(place..place + LEAST_COPY + short + more)?.to_vec();
            whole.extend(copied);
            after
        } else if first >= TEXT {
            let (&second, after) = after.split_first()?;
            let count = (low << 8 | usize::from(second)) + LEAST_TEXT;
            let (sixes, after) = after.split_at_checked((count * 6).div_ceil(8))?;
            whole.extend((0..count).map(|number| character(sixes, number)));
            after
        } else {
            let (bytes, after) = after.split_at_checked(usize::from(first) + 1)?;
            whole.extend_from_slice(bytes);
            after
        };
    }
    Some(whole.split_off(KNOWN.len()))
}

/// Where four bytes were seen before.
struct Seen {
    /// The last place, by a number made of the bytes; 0 is none.
    last: [u16; 0x400],
    /// The one before each.
    before: Vec<u16>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { last: [0; 0x400], before: Vec::new() }
    }
}

fn number_of(bytes: &[u8]) -> usize {
    bytes.iter().take(LEAST_COPY).fold(0, |number, byte| number * 37 + usize::from(*byte)) & 0x3FF
}

impl Seen {
    /// The longest copy there is of what is at `at`: its place and how many bytes. Places that can be none are not remembered.
    fn longest(&mut self, whole: &[u8], at: usize) -> (usize, usize) {
        for place in self.before.len()..at.min(PLACES) {
            let last = &mut self.last[number_of(&whole[place..])];
            self.before.push(std::mem::replace(last, u16::try_from(place).unwrap_or(0)));
        }
        let rest = &whole[at..];
        let (mut best, mut place) = ((0, 0), usize::from(self.last[number_of(rest)]));
        for _ in 0..LOOKS {
            let there = whole[place..at].iter().zip(rest).take(MOST_COPY);
            let count = there.take_while(|(known, new)| known == new).count();
            if count > best.1 {
                best = (place, count);
            }
            if place == 0 {
                break;
            }
            place = usize::from(self.before[place]);
        }
        best
    }
}

fn low_byte(number: usize) -> u8 {
    u8::try_from(number & 0xFF).unwrap_or(0)
}

fn put_plain(packed: &mut Vec<u8>, bytes: &[u8]) {
    for some in bytes.chunks(MOST_PLAIN) {
        packed.push(low_byte(some.len() - 1));
        packed.extend_from_slice(some);
    }
}

fn put_copy(packed: &mut Vec<u8>, place: usize, count: usize) {
    let more = count - LEAST_COPY;
    packed.push(COPY | low_byte(more.min(LONG_COPY)) << 4 | low_byte(place >> 8));
    packed.push(low_byte(place));
    if more >= LONG_COPY {
        packed.push(low_byte(more - LONG_COPY));
    }
}

fn put_text(packed: &mut Vec<u8>, text: &[u8]) {
    let more = text.len() - LEAST_TEXT;
    packed.extend([TEXT | low_byte(more >> 8), low_byte(more)]);
    for four in text.chunks(4) {
        let value = |at: usize| {
            let character = four.get(at).copied().unwrap_or(ALPHABET[0]);
            ALPHABET.iter().position(|known| *known == character).unwrap_or(0)
        };
        let bits = value(0) << 18 | value(1) << 12 | value(2) << 6 | value(3);
        let three = [low_byte(bits >> 16), low_byte(bits >> 8), low_byte(bits)];
        packed.extend(&three[..(four.len() * 6).div_ceil(8)]);
    }
}

fn character(sixes: &[u8], number: usize) -> u8 {
    let byte = |at: usize| usize::from(sixes.get(at).copied().unwrap_or(0));
    let first = number * 6 / 8;
    let bits = byte(first) << 8 | byte(first + 1);
    ALPHABET[bits >> (10 - number * 6 % 8) & 0x3F]
}
