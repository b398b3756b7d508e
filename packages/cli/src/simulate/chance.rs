//! Where all chance comes from.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Chance for one purpose: a change in one does not disturb the others.
pub fn stream(seed: u64, purpose: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(purpose);
    rng
}
