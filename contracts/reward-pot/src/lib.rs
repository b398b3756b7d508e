//! Receives the vault's staking rewards and gives them to the vault only.
