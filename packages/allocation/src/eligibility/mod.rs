//! Who may be given stake, or the one reason why not.

pub mod exclusion;
pub mod facts;
pub mod reason;
pub mod review;
pub mod standing;
pub mod top_third;

pub use exclusion::Exclusion;
pub use facts::{
    BondStatus, ChainFacts, Eligibility, EligibilityPolicy, Facts, Listing,
    COMMISSION_RETURN_PERIOD,
};
pub use reason::compute_exclusion;
pub use review::{compute_review, Review, ReviewMemory, SUSPECT_PERIOD};
pub use standing::{compute_standing, ABSENCE_GRACE};
pub use top_third::{
    compute_top_third_with_margins, TopThird, SIZE_MARGIN_PERCENT, TOP_THIRD_MARGIN_PERCENT,
};
