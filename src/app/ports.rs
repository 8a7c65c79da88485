//! Connections of open pages: many answers to one request, progress, cancelling, and taking up after the worker died.
//!
//! Page → worker: `{id, command, args}`, `{id, cancel: true}`, `{id, resume: seq}`. Worker → page: `{id, seq, item}`,
//! `{id, progress}`, then `{id, done}` or `{id, error}`; `{event}` at any time. Items are numbered from 1. A request is written
//! down before its work begins; `resume` runs it again and leaves out the items the page has seen.

use crate::app::App;
use crate::command::{self, Sender};
use crate::error::{Action, Code, Error};
use crate::few::Few;
use crate::json;
use crate::platform::{Platform, PortId, Push, SessionStore};
use crate::readable;
use futures_util::future::{AbortHandle, Abortable, abortable};
use serde::Serialize;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::future::{Pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// The open connections and what runs on them.
#[derive(Default)]
pub(super) struct Ports {
    senders: RefCell<Few<PortId, Sender>>,
    running: RefCell<Few<(PortId, String), Running>>,
}

struct Running {
    handle: AbortHandle,
    outlives_page: bool,
}

/// What is written down of a request.
#[derive(Clone, Debug, Default, Serialize)]
struct Note {
    command: String,
    args: Value,
    /// What the command wrote down itself.
    state: Option<Value>,
}

readable!(Note { command, args, state });

/// Where a request's answers go.
pub struct Sink<'a, P: Platform> {
    app: &'a App<P>,
    port: PortId,
    id: String,
    seen: u64,
    seq: Cell<u64>,
    note: RefCell<Note>,
}

impl<P: Platform> Sink<'_, P> {
    /// Sends an item, unless the page has seen it. Answers its number.
    pub fn item(&self, item: &impl Serialize) -> u64 {
        let seq = self.seq.get() + 1;
        self.seq.set(seq);
        if seq > self.seen {
            let id = self.id.as_str().into();
            self.post(&json::object([("id", id), ("seq", seq.into()), ("item", json::to_value(item))]));
        }
        seq
    }

    /// The same for whoever has no use for the number.
    pub fn tell(&self, item: &Value) {
        let _number = self.item(item);
    }

    /// The next item is the one after this: an earlier worker sent those before. Not so, and not done, if the page has not seen
    /// them all: what is sent as a connection breaks is lost.
    pub fn goes_on_after(&self, seq: u64) -> bool {
        if seq <= self.seen {
            self.seq.set(seq);
        }
        seq <= self.seen
    }

    /// Says how far the work is.
    pub fn progress(&self, progress: &impl Serialize) {
        self.post(&json::object([("id", self.id.as_str().into()), ("progress", json::to_value(progress))]));
    }

    /// Writes down how far the work is, for a later worker to take it up from there.
    pub async fn remember(&self, state: Value) -> Result<(), Error> {
        self.note.borrow_mut().state = Some(state);
        self.write().await
    }

    /// What an earlier worker wrote down, if this is a resumed request.
    pub fn remembered(&self) -> Option<Value> {
        self.note.borrow().state.clone()
    }

    async fn write(&self) -> Result<(), Error> {
        let text = json::to_text(&*self.note.borrow());
        Ok(self.app.platform().session().set(&note_key(&self.id), &text).await?)
    }

    fn post(&self, message: &Value) {
        self.app.platform().push().post(self.port, message);
    }
}

impl<P: Platform> App<P> {
    /// A page has connected.
    pub fn open_port(&self, port: PortId, sender: Sender) {
        self.0.rest.ports.senders.borrow_mut().insert(port, sender);
    }

    /// A page has gone. What only it was waiting for is stopped; a sign-in goes on, its window is still open.
    pub fn close_port(&self, port: PortId) {
        self.0.rest.ports.senders.borrow_mut().remove(&port);
        for ((of, _), running) in self.0.rest.ports.running.borrow().iter() {
            if *of == port && !running.outlives_page {
                running.handle.abort();
            }
        }
    }

    /// A message of a page; runs to the end of the work it starts.
    pub async fn port_message(&self, port: PortId, message: Value) {
        let sender = self.0.rest.ports.senders.borrow().get(&port).cloned();
        let (Some(id), Some(sender)) = (message["id"].as_str().map(str::to_owned), sender) else {
            return;
        };
        if message["cancel"] == true {
            if let Some(running) = self.0.rest.ports.running.borrow().get(&(port, id)) {
                running.handle.abort();
            }
            return;
        }
        // Whoever stops it before it runs stops it too.
        let (handle, _) = AbortHandle::new_pair();
        self.0.rest.ports.running.borrow_mut().insert((port, id.clone()), Running { handle, outlives_page: true });
        self.lock_time(true).await;
        self.watch_the_clock().await;
        let outcome = match message["resume"].as_u64() {
            Some(seen) => self.resume(port, &id, seen, &sender).await,
            None => {
                let command = message["command"].as_str().unwrap_or_default().to_owned();
                let note = Note { command, args: message["args"].clone(), state: None };
                self.start(port, &id, note, &sender).await
            }
        };
        let end = match outcome {
            Ok(value) => json::object([("id", id.as_str().into()), ("done", value)]),
            Err(error) => json::object([("id", id.as_str().into()), ("error", json::to_value(&error))]),
        };
        self.0.rest.ports.running.borrow_mut().remove(&(port, id.clone()));
        self.publish_if_changed().await;
        self.platform().push().post(port, &end);
        // A note left behind costs some bytes until the browser ends.
        let _forgotten = self.platform().session().remove(&note_key(&id)).await;
    }

    async fn start(&self, port: PortId, id: &str, note: Note, sender: &Sender) -> Result<Value, Error> {
        let sink = Sink { app: self, port, id: id.to_owned(), seen: 0, seq: Cell::new(0), note: RefCell::new(note) };
        let request = self.stream_of(&sink, sender)?;
        if request.is_sign_in() {
            // The form of a sign-in holds a client secret: it is not written down, and cannot be run again.
            sink.note.borrow_mut().args = Value::Null;
        } else if let Some(args) = sink.note.borrow_mut().args.as_object_mut() {
            // A file is too large for what is kept here; whoever takes one keeps it.
            args.remove("file");
        }
        sink.write().await?;
        self.run(request, &sink).await
    }

    async fn resume(&self, port: PortId, id: &str, seen: u64, sender: &Sender) -> Result<Value, Error> {
        let kept = self.platform().session().get(&note_key(id)).await?;
        let Some(note) = kept.and_then(|text| json::from_text::<Note>(&text)) else {
            return Err(interrupted());
        };
        let sink = Sink { app: self, port, id: id.to_owned(), seen, seq: Cell::new(0), note: RefCell::new(note) };
        if let Some(value) = command::finished(self, &sink).await? {
            return Ok(value);
        }
        let request = self.stream_of(&sink, sender).map_err(|_not_written_down| interrupted())?;
        self.run(request, &sink).await
    }

    fn stream_of(&self, sink: &Sink<'_, P>, sender: &Sender) -> Result<command::Stream, Error> {
        let note = sink.note.borrow();
        command::Stream::read(&note.command, &note.args, sender, &self.platform().build())
    }

    async fn run(&self, request: command::Stream, sink: &Sink<'_, P>) -> Result<Value, Error> {
        let key = (sink.port, sink.id.clone());
        let outlives_page = request.is_sign_in();
        let (cancelled, handle) = abortable(std::future::pending::<()>());
        let is_gone = !outlives_page && self.0.rest.ports.senders.borrow().get(&sink.port).is_none();
        let running = Running { handle: handle.clone(), outlives_page };
        let before = self.0.rest.ports.running.borrow_mut().insert(key, running);
        if is_gone || before.is_some_and(|before| before.handle.is_aborted()) {
            handle.abort();
        }
        let is_busy = || self.tokens().is_asking() || self.live().is_writing();
        let outcome = until_cancelled(&is_busy, cancelled, request.run(self, sink)).await;
        // Cancelled: done, with nothing.
        outcome.unwrap_or(Ok(Value::Null))
    }
}

/// Runs `work` until `cancelled` is aborted, and then as long as a token request is under way: its answer may hold the only
/// copy of a rotated token, and a server without leeway would end the session if it were dropped. As long as a change is under
/// way, too: nobody would know whether it was made.
async fn until_cancelled<T>(
    is_busy: &dyn Fn() -> bool,
    cancelled: Abortable<Pending<()>>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let (mut cancelled, mut work) = (pin!(cancelled), pin!(work));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending if cancelled.as_mut().poll(context).is_ready() && !is_busy() => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await
}

fn interrupted() -> Error {
    let message = "The browser stopped this halfway, and it cannot be taken up again. Start it anew.";
    Error::new(Code::Interrupted, message).with(Action::Retry { at: None })
}

fn note_key(id: &str) -> String {
    format!("stream:{id}")
}
