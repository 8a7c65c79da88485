//! A file as a form (RFC 7578).

use crate::error::{Code, Error, Result};
use crate::jira::request::Upload;
use crate::platform::{HttpRequest, Random};
use crate::secret::Secret;

/// The request with a file as its body. Error: `bad_request` for a file that is no text, which the network port does not carry.
pub(super) fn with_file(mut request: HttpRequest, file: &Upload, random: &impl Random) -> Result<HttpRequest> {
    let Ok(content) = std::str::from_utf8(&file.bytes) else {
        return Err(Error::new(
            Code::BadRequest,
            "Only text files can be attached from here. Attach it in Jira itself.",
        ));
    };
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let boundary: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    // What would end the header, or the name in it, is written as browsers write it.
    let name = file.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let clean = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
    let known = !file.media_type.is_empty() && file.media_type.chars().all(clean);
    let kind = if known { &file.media_type } else { "application/octet-stream" };
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n{content}\r\n--{boundary}--\r\n"
    );
    let content_type = format!("multipart/form-data; boundary={boundary}");
    request.headers.push(("content-type".to_owned(), Secret::new(content_type)));
    request.headers.push(("x-atlassian-token".to_owned(), Secret::new("no-check")));
    Ok(HttpRequest { body: Some(Secret::new(body)), ..request })
}
