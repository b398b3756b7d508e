//! What `keep` and `watch` share: metrics and the server that tells them, lines of JSON, notes on disk, back-off.

mod back_off;
mod board;
mod hide;
mod log;
pub mod metric;
pub mod names;
mod notes;
mod page;
mod server;
#[cfg(test)]
mod tests;
pub mod vault;

pub use back_off::{back_off_seconds, draw, node_back_off_seconds};
pub use board::Source;
pub use hide::{Hide, host_of};
pub use log::Log;
pub use metric::Page;
pub use notes::{NotesFile, notes_folder};
pub use server::{Shared, serve};
