//! Listening. Only the machine itself may connect.

use crate::pipeline;
use crate::state::{Options, Sim, Simulator};
use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A simulator that runs until it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// `http://127.0.0.1:PORT`
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a simulator on 127.0.0.1. Fails when the port is taken.
pub async fn start(options: Options) -> std::io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let sim = Arc::new(Simulator::new(options));
    sim.listens_at(format!("http://{address}"));
    let router = crate::router(&sim);
    let task = tokio::spawn(async move {
        loop {
            // An error here is one connection that could not be taken; the next one can.
            if let Ok((stream, peer)) = listener.accept().await
                && peer.ip().is_loopback()
            {
                tokio::spawn(connection(Arc::clone(&sim), router.clone(), stream));
            }
        }
    });
    Ok(Running { address, task })
}

async fn connection(sim: Sim, router: Router, stream: TcpStream) {
    let service = service_fn(|request| {
        let (sim, router) = (Arc::clone(&sim), router.clone());
        async move { pipeline::answer(&sim, router, hyper::Request::map(request, Body::new)).await }
    });
    // A connection that breaks off, by the client or by a fault on purpose, is no event here.
    drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}
