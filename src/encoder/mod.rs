//! Word pieces in, one vector a piece out: the learned reading that stance and topics share.

mod kernels;
mod math;
mod normalise;
mod unicode;
pub mod wordpiece;

pub use wordpiece::{Piece, Vocabulary};
