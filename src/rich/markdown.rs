#![doc = include_str!("markdown.md")]

mod blocks;
mod emphasis;
mod inlines;
mod leaf;
mod link;
mod rest;
mod table;
mod write;
mod write_inlines;

pub use blocks::read;
pub use write::write;
