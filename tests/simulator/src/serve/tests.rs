use super::start;
use crate::state::Options;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn ask(address: &str, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

fn post(path: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

const GET: &str = "GET /generic/jwks HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn it_listens_on_loopback_and_ends_when_dropped() {
    let running = start(Options::default()).await.unwrap();
    let base = running.base();
    let address = base.strip_prefix("http://").unwrap();
    assert!(address.starts_with("127.0.0.1:"));
    assert!(ask(address, GET).await.unwrap().starts_with("HTTP/1.1 200"));
    let fault = r#"{"path": "/generic", "drop": "before"}"#;
    ask(address, &post("/_control/faults", fault)).await.unwrap();
    assert_eq!(ask(address, GET).await.unwrap_or_default(), "", "closed without a byte");
    ask(address, &post("/_control/faults", r#"{"path": "/generic", "truncate": true}"#)).await.unwrap();
    let half = ask(address, GET).await.unwrap_or_default();
    assert!(half.contains("content-length: 11") && !half.ends_with("}"), "{half}");
    drop(running);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    assert!(start(Options { port, ..Options::default() }).await.is_err());
}
