//! What people say: one act per file. Each handler loads, decides, saves, then speaks.

pub mod brake;
pub mod changes;
pub mod claim_fee;
pub mod cw20;
pub mod deposit;
pub mod own_maximum;
pub mod owner;
pub mod post_powers;
pub mod tick;
pub mod withdraw;
