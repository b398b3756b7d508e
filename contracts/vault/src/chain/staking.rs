//! x/staking and x/distribution: messages, queries, answers; powers are in `power`.

use anybuf::Bufany;
use cosmwasm_std::{
    Addr, Coin, Deps, DistributionMsg, MsgResponse, QuerierWrapper, StakingMsg, StakingQuery,
    Timestamp, Uint128,
};
use defenders_allocation::sort_by;
use defenders_allocation::Gather;
use thiserror::Error;

use super::address::account_of;
use super::answers::{query, BondedDenom, Delegations, OneValidator, ValidatorAnswer, Validators};
use super::read_error::ReadError;

/// x/staking: the pair of delegator and validator has no free unbonding entry.
pub const CODE_MAX_UNBONDING_ENTRIES: &str = "codespace: staking, code: 27";

/// x/staking: more shares are needed than are owned. It displays tokens rounded down from shares,
/// but a slashed validator's rate can make their whole amount cost more shares than there are.
pub const CODE_INVALID_REQUEST: &str = "codespace: sdk, code: 18";

/// Delegates tokens of the vault.
#[must_use]
pub fn delegate(validator: &str, denom: &str, tokens: Uint128) -> StakingMsg {
    StakingMsg::Delegate {
        validator: validator.to_owned(),
        amount: Coin::new(tokens, denom),
    }
}

/// Starts to unbond tokens of the vault.
#[must_use]
pub fn undelegate(validator: &str, denom: &str, tokens: Uint128) -> StakingMsg {
    StakingMsg::Undelegate {
        validator: validator.to_owned(),
        amount: Coin::new(tokens, denom),
    }
}

/// Moves tokens of the vault from one validator to another, at once.
#[must_use]
pub fn redelegate(source: &str, destination: &str, denom: &str, tokens: Uint128) -> StakingMsg {
    StakingMsg::Redelegate {
        src_validator: source.to_owned(),
        dst_validator: destination.to_owned(),
        amount: Coin::new(tokens, denom),
    }
}

/// Pays the vault's rewards at a validator to its withdraw address.
#[must_use]
pub fn withdraw_rewards(validator: &str) -> DistributionMsg {
    DistributionMsg::WithdrawDelegatorReward {
        validator: validator.to_owned(),
    }
}

/// Sends the vault's rewards to the pot from now on.
#[must_use]
pub fn set_withdraw_address(pot: &Addr) -> DistributionMsg {
    DistributionMsg::SetWithdrawAddress {
        address: pot.to_string(),
    }
}

/// The vault's delegations as displayed, in ascending operator address; those of 0 count as
/// none.
///
/// # Errors
/// When the chain does not answer.
pub fn query_delegations(deps: Deps, vault: &Addr) -> Result<Vec<(String, Uint128)>, ReadError> {
    let mut delegations = all_delegations(&deps.querier, vault)?;
    delegations.retain(|(_, tokens)| !tokens.is_zero());
    sort_by(&mut delegations, |a, b| a.cmp(b));
    Ok(delegations)
}

fn all_delegations(
    querier: &QuerierWrapper,
    account: &Addr,
) -> Result<Vec<(String, Uint128)>, ReadError> {
    let question = StakingQuery::AllDelegations {
        delegator: account.to_string(),
    };
    let answer: Delegations = query(querier, question)?;
    let rows = answer.delegations.into_iter();
    Ok(rows.map(|row| (row.validator, row.amount.amount)).gather())
}

/// What an operator's own account delegates to its validator, tokens. `None`: the operator address is that
/// of no account, or the chain does not answer.
#[must_use]
pub fn query_self_bond(deps: Deps, operator: &str) -> Option<Uint128> {
    let account = account_of(deps.api, operator)?;
    // one delegation alone would be asked with its rewards, whose calculation can panic
    let delegations = all_delegations(&deps.querier, &account).ok()?;
    let own = delegations.into_iter().find(|(to, _)| to == operator);
    Some(own.map_or(Uint128::zero(), |(_, tokens)| tokens))
}

/// Operator addresses of the bonded validators, most powerful first.
///
/// # Errors
/// When the chain does not answer.
pub fn query_bonded_validators(querier: &QuerierWrapper) -> Result<Vec<String>, ReadError> {
    let answer: Validators = query(querier, StakingQuery::AllValidators {})?;
    Ok(answer.validators.into_iter().map(|v| v.address).gather())
}

/// The bond denom.
///
/// # Errors
/// When the chain does not answer.
pub fn query_bond_denom(querier: &QuerierWrapper) -> Result<String, ReadError> {
    let answer: BondedDenom = query(querier, StakingQuery::BondedDenom {})?;
    Ok(answer.denom)
}

/// What every contract may ask of a validator, bonded or not, on every chain. `None`: x/staking does not
/// know it. The chain takes other forms of the same address, such as one in capital letters.
///
/// # Errors
/// When the chain does not answer.
pub fn query_validator(
    querier: &QuerierWrapper,
    validator: &str,
) -> Result<Option<ValidatorAnswer>, ReadError> {
    let question = StakingQuery::Validator {
        address: validator.to_owned(),
    };
    let answer: OneValidator = query(querier, question)?;
    Ok(answer.validator)
}

/// x/staking answered without what the ledger needs.
#[derive(Error, Debug, PartialEq, Eq)]
#[error("the answer to undelegating from {validator} lacks {field}")]
pub struct IncompleteAnswer {
    /// The validator.
    pub validator: String,
    /// What is missing.
    pub field: &'static str,
}

/// What the chain answers to an undelegation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndelegateAnswer {
    /// When the entry completes.
    pub completion_time: Timestamp,
    /// Tokens that really unbond.
    pub tokens: Uint128,
}

/// Decodes `MsgUndelegateResponse {completion_time = 1, amount = 2}`. Both must be there: an
/// entry that the ledger does not know would never be settled.
///
/// # Errors
/// [`IncompleteAnswer`].
pub fn parse_undelegate_answer(
    validator: &str,
    responses: &[MsgResponse],
) -> Result<UndelegateAnswer, IncompleteAnswer> {
    let lacks = |field: &'static str| IncompleteAnswer {
        validator: validator.to_owned(),
        field,
    };
    let response = responses.first().ok_or_else(|| lacks("a response"))?;
    let answer = Bufany::deserialize(&response.value).map_err(|_| lacks("protobuf"))?;

    let time = answer
        .message(1)
        .ok_or_else(|| lacks("the completion time"))?;
    let completion_time = parse_time(&time).ok_or_else(|| lacks("the completion time"))?;

    let coin = answer.message(2).ok_or_else(|| lacks("the amount"))?;
    let tokens = coin
        .string(2)
        .and_then(|amount| amount.parse::<u128>().ok())
        .ok_or_else(|| lacks("the amount"))?;
    Ok(UndelegateAnswer {
        completion_time,
        tokens: tokens.into(),
    })
}

/// Decodes `MsgBeginRedelegateResponse {completion_time = 1}`. A redelegation from an unbonded validator
/// is complete at once, and has the zero time of Go, which lies before 1970: `None`. One that is missing
/// is an error: a lock that the ledger does not know would make the chain refuse what is planned later.
///
/// # Errors
/// [`IncompleteAnswer`].
pub fn parse_redelegate_answer(
    source: &str,
    responses: &[MsgResponse],
) -> Result<Option<Timestamp>, IncompleteAnswer> {
    let lacks = |field: &'static str| IncompleteAnswer {
        validator: source.to_owned(),
        field,
    };
    let response = responses.first().ok_or_else(|| lacks("a response"))?;
    let answer = Bufany::deserialize(&response.value).map_err(|_| lacks("protobuf"))?;
    let time = answer
        .message(1)
        // protobuf cannot tell a missing message from an empty one
        .filter(|time| time.int64(1).unwrap_or_default() != 0)
        .ok_or_else(|| lacks("the completion time"))?;
    Ok(parse_time(&time))
}

/// `google.protobuf.Timestamp {seconds = 1, nanos = 2}`. `None`: not later than the beginning of 1970.
fn parse_time(time: &Bufany) -> Option<Timestamp> {
    let seconds = u64::try_from(time.int64(1).unwrap_or_default()).ok()?;
    let nanos = u64::try_from(time.int32(2).unwrap_or_default()).ok()?;
    let nanos = seconds.checked_mul(1_000_000_000)?.checked_add(nanos)?;
    (seconds > 0).then(|| Timestamp::from_nanos(nanos))
}

#[cfg(test)]
mod tests {
    use anybuf::Anybuf;

    use super::*;

    fn answer(time: Option<Anybuf>, coin: Option<Anybuf>) -> Vec<MsgResponse> {
        let mut message = Anybuf::new();
        if let Some(time) = time {
            message = message.append_message(1, &time);
        }
        if let Some(coin) = coin {
            message = message.append_message(2, &coin);
        }
        vec![MsgResponse {
            type_url: "/cosmos.staking.v1beta1.MsgUndelegateResponse".to_owned(),
            value: message.into_vec().into(),
        }]
    }

    fn time(seconds: i64, nanos: i32) -> Option<Anybuf> {
        Some(
            Anybuf::new()
                .append_int64(1, seconds)
                .append_int32(2, nanos),
        )
    }

    fn coin(amount: &str) -> Option<Anybuf> {
        Some(
            Anybuf::new()
                .append_string(1, "ustake")
                .append_string(2, amount),
        )
    }

    fn lacks(field: &'static str) -> Result<UndelegateAnswer, IncompleteAnswer> {
        Err(IncompleteAnswer {
            validator: "valoper1".to_owned(),
            field,
        })
    }

    #[test]
    fn amount_and_completion_time_are_read_to_the_nanosecond() {
        let answer = answer(time(1_700_000_000, 123_456_789), coin("99"));
        assert_eq!(
            parse_undelegate_answer("valoper1", &answer),
            Ok(UndelegateAnswer {
                completion_time: Timestamp::from_nanos(1_700_000_000_123_456_789),
                tokens: Uint128::new(99),
            })
        );
    }

    #[test]
    fn an_amount_of_zero_is_an_answer() {
        let answer = answer(time(1_700_000_000, 0), coin("0"));
        let tokens = parse_undelegate_answer("valoper1", &answer).map(|answer| answer.tokens);
        assert_eq!(tokens, Ok(Uint128::zero()));
    }

    #[test]
    fn an_answer_that_lacks_what_the_ledger_needs_is_refused() {
        let parse = |answer: &[MsgResponse]| parse_undelegate_answer("valoper1", answer);
        assert_eq!(parse(&[]), lacks("a response"));
        assert_eq!(
            parse(&answer(None, coin("1"))),
            lacks("the completion time")
        );
        assert_eq!(
            parse(&answer(time(0, 0), coin("1"))),
            lacks("the completion time")
        );
        assert_eq!(
            parse(&answer(time(-1, 0), coin("1"))),
            lacks("the completion time")
        );
        assert_eq!(parse(&answer(time(1, 0), None)), lacks("the amount"));
        assert_eq!(parse(&answer(time(1, 0), coin("x"))), lacks("the amount"));
        assert_eq!(parse(&answer(time(1, 0), coin("-1"))), lacks("the amount"));
    }

    #[test]
    fn a_redelegation_that_is_complete_at_once_is_told_from_one_without_an_answer() {
        let parse = |answer: &[MsgResponse]| parse_redelegate_answer("valoper1", answer);
        let later = answer(time(1_700_000_000, 5), None);
        let at = Timestamp::from_nanos(1_700_000_000_000_000_005);
        assert_eq!(parse(&later), Ok(Some(at)));
        let year_one = answer(time(-62_135_596_800, 0), None);
        assert_eq!(parse(&year_one), Ok(None));
        let incomplete = |field| {
            Err(IncompleteAnswer {
                validator: "valoper1".to_owned(),
                field,
            })
        };
        assert_eq!(parse(&[]), incomplete("a response"));
        assert_eq!(
            parse(&answer(None, None)),
            incomplete("the completion time")
        );
    }
}
