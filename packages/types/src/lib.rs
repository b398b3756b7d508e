//! Messages, responses and policy types of the Defenders vault.
