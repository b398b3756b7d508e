//! `defenders devnet`: a chain on one's own machine, with the vault deployed on it.

mod accounts;
mod args;
mod control;
mod error;
mod files;
mod founding;
mod home;
mod host;
mod made;
mod page;
mod program;
mod spec;
mod start;
mod status;

pub use args::Args;
pub use error::DevnetError;

use args::Action;

/// Does it.
pub fn run(args: &Args) -> Result<(), DevnetError> {
    let Some(action) = &args.action else {
        return start::start(&args.start);
    };
    match action {
        Action::Start(args) => start::start(args),
        Action::Stop(args) => control::stop(args),
        Action::Reset(args) => control::reset(args),
        Action::Status(args) => status::run(args),
        Action::Advance(args) => control::advance(args),
        Action::Absent(args) => control::absent(args),
        Action::Jail(args) => control::jail(args),
        Action::DoubleSign(args) => control::double_sign(args),
        Action::ServePage(args) => page::serve(args),
    }
}
