//! Carry out a plan that the person has confirmed.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::act;
use crate::error::Result;
use crate::platform::Platform;

pub use crate::chat::act::Confirmation as Args;

/// Sends what came of it as a card.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<()> {
    act::confirm(app, args, sink).await
}
