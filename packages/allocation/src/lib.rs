//! Who should hold how much: caps, target rule, fill list, shave.
