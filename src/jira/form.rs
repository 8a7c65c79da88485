//! A file as a form (RFC 7578).

use crate::jira::request::Upload;
use crate::platform::{Content, HttpRequest, Random};
use crate::secret::Secret;

/// The request with a file as its body.
pub(super) fn with_file(mut request: HttpRequest, file: &Upload, random: &impl Random) -> HttpRequest {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let boundary: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    // What would end the header, or the name in it, is written as browsers write it.
    let name = file.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let clean = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
    let known = !file.media_type.is_empty() && file.media_type.chars().all(clean);
    let kind = if known { &file.media_type } else { "application/octet-stream" };
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let content_type = format!("multipart/form-data; boundary={boundary}");
    request.headers.push(("content-type".to_owned(), Secret::new(content_type)));
    request.headers.push(("x-atlassian-token".to_owned(), Secret::new("no-check")));
    let body = Content::Bytes([head.as_bytes(), &file.bytes, tail.as_bytes()].concat());
    HttpRequest { body: Some(body), ..request }
}
