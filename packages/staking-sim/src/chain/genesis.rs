//! The validators a chain begins with.

use cosmwasm_std::{Addr, Coin, Decimal, Timestamp, Uint128, coin};

use crate::dec18::Dec18;
use crate::distribution::initialize_delegation;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::params::{Params, QueryProfile};
use crate::staking::index::{create_validator, ranked_operators};
use crate::staking::{load_validator, validator_set};
use crate::store::{
    DELEGATIONS, Member, OPEN_BLOCK, OpenBlock, PARAMS, PROFILE, Status, VALIDATORS,
    ValidatorState, load_params,
};

/// A validator of the genesis, its tokens delegated by its own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisValidator {
    /// Operator address: any non-empty string.
    pub operator: String,
    /// The operator's account; holds the first delegation.
    pub self_delegator: Addr,
    /// Tokens delegated, minted for it.
    pub tokens: Uint128,
    /// Part of the rewards kept by the operator.
    pub commission_rate: Decimal,
    /// Highest commission allowed.
    pub max_commission_rate: Decimal,
    /// Largest change of commission per day.
    pub max_change_rate: Decimal,
    /// The operator going below it is jailed.
    pub min_self_delegation: Uint128,
    /// Begins in jail, hence unbonded.
    pub jailed: bool,
}

impl GenesisValidator {
    /// A validator with 10 % commission, at most 20 %, at most 1 % more per day.
    pub fn new(
        operator: impl Into<String>,
        self_delegator: Addr,
        tokens: impl Into<Uint128>,
    ) -> Self {
        Self {
            operator: operator.into(),
            self_delegator,
            tokens: tokens.into(),
            commission_rate: Decimal::percent(10),
            max_commission_rate: Decimal::percent(20),
            max_change_rate: Decimal::percent(1),
            min_self_delegation: Uint128::one(),
            jailed: false,
        }
    }

    /// With this commission rate, raising the highest allowed if need be.
    pub fn commission_rate(mut self, rate: Decimal) -> Self {
        self.commission_rate = rate;
        self.max_commission_rate = self.max_commission_rate.max(rate);
        self
    }

    /// With this highest commission rate.
    pub fn max_commission_rate(mut self, rate: Decimal) -> Self {
        self.max_commission_rate = rate;
        self
    }

    /// With this largest change per day.
    pub fn max_change_rate(mut self, rate: Decimal) -> Self {
        self.max_change_rate = rate;
        self
    }

    /// With this least self-delegation.
    pub fn min_self_delegation(mut self, tokens: impl Into<Uint128>) -> Self {
        self.min_self_delegation = tokens.into();
        self
    }

    /// In jail from the beginning, or not.
    pub fn jailed(mut self, jailed: bool) -> Self {
        self.jailed = jailed;
        self
    }
}

/// What a chain begins with.
#[derive(Default)]
pub(super) struct Genesis {
    pub params: Params,
    pub profile: QueryProfile,
    pub validators: Vec<GenesisValidator>,
    pub balances: Vec<(Addr, Vec<Coin>)>,
    /// Delegator, validator, tokens.
    pub delegations: Vec<(Addr, String, Uint128)>,
}

/// The state of the first block, which is open.
pub(super) fn initialize(env: &mut Env<'_>, genesis: &Genesis) -> Outcome<()> {
    PARAMS.save(env.storage, &genesis.params)?;
    PROFILE.save(env.storage, &genesis.profile)?;
    let open = OpenBlock {
        height: env.block.height,
        time: env.block.time,
        is_ended: false,
    };
    OPEN_BLOCK.save(env.storage, &open)?;
    let delegations = add_up_delegations(genesis)?;
    create_validators(env, &genesis.validators, &delegations)?;
    for ((delegator, validator), tokens) in &delegations {
        fund(env, delegator, validator, *tokens)?;
    }
    let mut balances = genesis.balances.iter();
    balances.try_for_each(|(address, coins)| env.bank.mint(env.storage, address, coins.clone()))
}

/// Tokens by delegator and validator; those of operators first, then in the order given.
type Delegations = Vec<((Addr, String), Uint128)>;

fn add_up_delegations(genesis: &Genesis) -> Outcome<Delegations> {
    let mut all = Delegations::new();
    let own = genesis.validators.iter();
    for validator in own.filter(|validator| !validator.tokens.is_zero()) {
        let pair = (validator.self_delegator.clone(), validator.operator.clone());
        all.push((pair, validator.tokens));
    }
    for (delegator, validator, tokens) in &genesis.delegations {
        let mut operators = genesis.validators.iter().map(|one| &one.operator);
        if !operators.any(|operator| operator == validator) {
            return Err(ChainError::NoValidatorFound {
                validator: validator.clone(),
            });
        }
        if tokens.is_zero() {
            return Err(ChainError::InvalidRequest {
                reason: "a delegation of nothing",
            });
        }
        let pair = (delegator.clone(), validator.clone());
        match all.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, sum)) => *sum = sum.checked_add(*tokens)?,
            None => all.push((pair, *tokens)),
        }
    }
    Ok(all)
}

/// Creates the validators; the highest `max_validators` with power are bonded.
fn create_validators(
    env: &mut Env<'_>,
    validators: &[GenesisValidator],
    delegations: &Delegations,
) -> Outcome<()> {
    for genesis in validators {
        let own = delegations.iter();
        let own = own.filter(|((_, validator), _)| *validator == genesis.operator);
        let tokens = own.map(|(_, tokens)| *tokens).sum();
        create_validator(env, &unbonded(genesis, tokens))?;
    }
    let max_validators = load_params(env.storage)?.max_validators as usize;
    let members: Vec<Member> = ranked_operators(env.storage)
        .take_while(|item| item.as_ref().map_or(true, |(power, _)| *power > 0))
        .take(max_validators)
        .map(|item| item.map(|(power, operator)| Member { operator, power }))
        .collect::<Outcome<_>>()?;
    for Member { operator, .. } in &members {
        let mut validator = load_validator(env.storage, operator)?;
        validator.status = Status::Bonded;
        VALIDATORS.save(env.storage, operator, &validator)?;
    }
    validator_set::initialize(env, &members)
}

fn unbonded(genesis: &GenesisValidator, tokens: Uint128) -> ValidatorState {
    ValidatorState {
        operator: genesis.operator.clone(),
        self_delegator: genesis.self_delegator.clone(),
        tokens,
        delegator_shares: Dec18::from_int(tokens),
        status: Status::Unbonded,
        jailed: genesis.jailed,
        tombstoned: false,
        jailed_until: Timestamp::default(),
        commission_rate: genesis.commission_rate,
        max_commission_rate: genesis.max_commission_rate,
        max_change_rate: genesis.max_change_rate,
        min_self_delegation: genesis.min_self_delegation,
        unbonding_height: 0,
        unbonding_time: Timestamp::default(),
    }
}

/// Records a delegation, a share for a token, and mints its tokens into the right pool.
fn fund(env: &mut Env<'_>, delegator: &Addr, operator: &str, tokens: Uint128) -> Outcome<()> {
    let validator = load_validator(env.storage, operator)?;
    let shares = Dec18::from_int(tokens);
    DELEGATIONS.save(env.storage, (delegator, operator), &shares)?;
    initialize_delegation(env, &validator, delegator, shares)?;
    let pool = if validator.is_bonded() {
        env.accounts.bonded_pool.clone()
    } else {
        env.accounts.not_bonded_pool.clone()
    };
    let tokens = coin(tokens.u128(), load_params(env.storage)?.bond_denom);
    env.bank.mint(env.storage, &pool, vec![tokens])
}
