//! Strict x/staking, x/distribution and x/slashing modules for cw-multi-test.
