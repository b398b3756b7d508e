//! Listings, beside what they say now.

use defenders_types::{ListingGroupsInput, ListingInfo, ListingInput};

use super::context::Context;
use super::effects::{AT_ONCE, EffectRow, when_loosened};

/// What becomes of one listing.
pub fn read(input: &ListingInput, context: &Context) -> EffectRow {
    let row = EffectRow::act(format!("listing of {}", input.validator), "");
    let (earliest, later) = when_loosened(context);
    if context.listings.is_none() {
        return EffectRow {
            effect: "depends",
            reason: "new ones, higher maxima and other groups wait, all else acts at once"
                .to_string(),
            when: format!("{AT_ONCE}, or {later}"),
            ..row
        };
    }
    match context.listing(&input.validator) {
        None => EffectRow {
            now_is_known: true,
            now: Some("not listed".to_string()),
            then: Some("listed".to_string()),
            effect: "loosens",
            reason: "it is not listed, or drained".to_string(),
            earliest,
            when: later,
            ..row
        },
        Some(now) => {
            let row = EffectRow {
                now_is_known: true,
                now: Some(tell(now)),
                then: Some(tell_input(input)),
                ..row
            };
            match find_raised(input, now, context.now) {
                Some(reason) => EffectRow {
                    effect: "loosens",
                    reason: reason.to_string(),
                    earliest,
                    when: later,
                    ..row
                },
                None => EffectRow {
                    effect: "tightens",
                    reason: "nothing is raised".to_string(),
                    ..row
                },
            }
        }
    }
}

fn find_raised(input: &ListingInput, now: &ListingInfo, time: u64) -> Option<&'static str> {
    if now.ends_at.is_some_and(|end| end <= time) {
        return Some("the listing has ended");
    }
    let raised = match (now.max_tokens, input.max_tokens) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(now), Some(then)) => then > now,
    };
    if raised {
        return Some("its maximum is raised");
    }
    (groups_of(now) != input.groups.clone().unwrap_or_default()).then_some("it is in other groups")
}

fn groups_of(listing: &ListingInfo) -> ListingGroupsInput {
    ListingGroupsInput {
        operator: listing.operator.clone(),
        hosting: listing.hosting.clone(),
        jurisdiction: listing.jurisdiction.clone(),
    }
}

fn tell(listing: &ListingInfo) -> String {
    tell_terms(
        listing.max_tokens.map(|it| it.to_string()),
        &groups_of(listing),
        listing.ends_at,
    )
}

fn tell_input(input: &ListingInput) -> String {
    let groups = input.groups.clone().unwrap_or_default();
    tell_terms(
        input.max_tokens.map(|it| it.to_string()),
        &groups,
        input.ends_at,
    )
}

/// What has an effect: texts are shown with the message.
fn tell_terms(max: Option<String>, groups: &ListingGroupsInput, ends_at: Option<u64>) -> String {
    let ListingGroupsInput {
        operator,
        hosting,
        jurisdiction,
    } = groups;
    let end = ends_at.map(crate::words::tell_time);
    let terms = [
        ("maximum", &max),
        ("operator", operator),
        ("hosting", hosting),
        ("jurisdiction", jurisdiction),
        ("until", &end),
    ];
    let terms = terms.iter();
    let told: Vec<String> = terms
        .filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?)))
        .collect();
    match told.is_empty() {
        true => "without maximum, groups and end".to_string(),
        false => told.join(", "),
    }
}
