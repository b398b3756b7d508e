//! Who owns what: shares, batches, unbonding ledger, locked profit, fees.
