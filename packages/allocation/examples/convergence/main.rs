//! How fast a vault comes to its targets on two real validator sets, epoch by epoch:
//!
//!     cargo run --release -p defenders-allocation --example convergence

mod history;
mod world;

fn main() -> Result<(), defenders_allocation::AllocationError> {
    for history in history::all()? {
        print!("{history}");
    }
    Ok(())
}
