//! Pictures: a small PNG for everyone, drawn from the name, so that no two look alike and none comes from outside.

use crate::random::fingerprint;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

/// Pixels of one edge; the pattern has half as many columns, mirrored.
const EDGE: usize = 48;

/// `GET /avatar/{name}.png`
pub(crate) async fn person(Path(name): Path<String>) -> Response {
    picture(&name)
}

/// `GET /avatar/project/{name}.png`
pub(crate) async fn project(Path(name): Path<String>) -> Response {
    picture(&format!("project {name}"))
}

fn picture(name: &str) -> Response {
    ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "public, max-age=86400")], png(name)).into_response()
}

/// A mirrored pattern of 8 × 8 squares in two colours.
fn png(name: &str) -> Vec<u8> {
    let digits = fingerprint(name) + &fingerprint(&format!("{name} again"));
    let nibbles: Vec<u8> =
        digits.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|n| u8::try_from(n).ok()).collect();
    let shade = |place: usize| nibbles.get(place).copied().unwrap_or(0);
    let colour = [40 + shade(0) * 10, 40 + shade(1) * 8, 90 + shade(2) * 10];
    let mut rows = Vec::with_capacity(EDGE * (EDGE * 3 + 1));
    for y in 0..EDGE {
        rows.push(0);
        for x in 0..EDGE {
            let (column, row) = (x / 6, y / 6);
            let column = column.min(7 - column);
            let on = shade(row + 4) >> column & 1 == 1;
            rows.extend(if on { [240, 243, 248] } else { colour });
        }
    }
    encode(&rows)
}

/// A PNG of 24-bit pixels, stored without compression.
fn encode(rows: &[u8]) -> Vec<u8> {
    let edge = u32::try_from(EDGE).unwrap_or(0).to_be_bytes();
    let mut file = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    let header: Vec<u8> = edge.into_iter().chain(edge).chain([8, 2, 0, 0, 0]).collect();
    chunk(&mut file, *b"IHDR", &header);
    let mut data = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = rows.chunks(65_535).collect();
    for (place, block) in blocks.iter().enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        data.push(u8::from(place + 1 == blocks.len()));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend_from_slice(block);
    }
    data.extend(adler(rows).to_be_bytes());
    chunk(&mut file, *b"IDAT", &data);
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let body: Vec<u8> = kind.into_iter().chain(data.iter().copied()).collect();
    file.extend_from_slice(&body);
    file.extend(crc(&body).to_be_bytes());
}

/// CRC-32 as PNG wants it.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _: u8| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// Adler-32 as zlib wants it.
fn adler(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}
