//! All settings of a vault, each reached by its name.

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{AllocationPolicy, FeePolicy, Parameters, PowerSource};

use crate::bounds::wrong_kind;
use crate::error::SettingsError;
use crate::table::SettingName as Name;
use crate::value::SettingValue as Value;

/// All settings of a vault.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Caps and floor, and who is eligible.
    pub policy: AllocationPolicy,
    /// The fee on rewards.
    pub fee: FeePolicy,
    /// Periods, budgets and bounds per call.
    pub parameters: Parameters,
    /// Where powers come from.
    pub power_source: PowerSource,
    /// May pause deposits and quality moves, and cancel scheduled changes.
    pub guardian: Option<String>,
    /// Part of the exit delay, seconds.
    pub exit_slack: u64,
}

impl Settings {
    /// The value of this setting. A source without attester has none.
    #[must_use]
    pub fn get(&self, name: Name) -> Value {
        let (policy, fee, parameters) = (&self.policy, &self.fee, &self.parameters);
        let number: u128 = match name {
            Name::FeeRecipient => return Value::account(Some(&fee.recipient)),
            Name::Guardian => return Value::account(self.guardian.as_deref()),
            Name::PowerSource => return Value::Source(self.power_source.clone()),
            Name::Attester => {
                return match &self.power_source {
                    PowerSource::Attested { attester } => Value::account(attester.as_deref()),
                    _ => Value::Absent,
                }
            }
            Name::ChainShareCap => return optional(policy.chain_share_cap),
            Name::MatchCap => return optional(policy.match_cap),
            Name::BondFactor => return optional(policy.bond_factor),
            Name::MaxCommissionCeiling => return optional(policy.max_commission_ceiling),
            Name::VaultShareCap => atomics(policy.vault_share_cap),
            Name::OperatorCap => atomics(policy.operator_cap),
            Name::HostingCap => atomics(policy.hosting_cap),
            Name::JurisdictionCap => atomics(policy.jurisdiction_cap),
            Name::Floor => atomics(policy.floor),
            Name::MaxCommissionRate => atomics(policy.max_commission_rate),
            Name::CommissionReturnPeriod => policy.commission_return_period.into(),
            Name::PerformanceFeeRate => atomics(fee.performance_fee_rate),
            Name::KeeperBountyShare => atomics(fee.keeper_bounty_share),
            Name::TurnoverQuality => atomics(parameters.turnover_quality),
            Name::TurnoverEmergency => atomics(parameters.turnover_emergency),
            Name::BatchPeriod => parameters.batch_period.into(),
            Name::ProfitUnlockPeriod => parameters.profit_unlock_period.into(),
            Name::HarvestPeriod => parameters.harvest_period.into(),
            Name::RefreshPeriod => parameters.refresh_period.into(),
            Name::BookMaxAge => parameters.book_max_age.into(),
            Name::RetryAfter => parameters.retry_after.into(),
            Name::ExitSlack => self.exit_slack.into(),
            Name::MaxMessagesPerDeposit => parameters.max_messages_per_deposit.into(),
            Name::MaxMessagesPerPiece => parameters.max_messages_per_piece.into(),
            Name::MaxMessagesPerInvest => parameters.max_messages_per_invest.into(),
            Name::MaxMoves => parameters.max_moves.into(),
            Name::HarvestPage => parameters.harvest_page.into(),
            Name::RefreshPage => parameters.refresh_page.into(),
            Name::MinDelegation => parameters.min_delegation.u128(),
            Name::MinimumSeed => parameters.minimum_seed.u128(),
        };
        Value::Number(number)
    }

    /// Gives this setting another value. It judges only the kind: bounds are for
    /// [`crate::ensure_in_bounds`].
    ///
    /// # Errors
    /// [`SettingsError::NotAValue`] when the value cannot be one of this setting;
    /// [`SettingsError::NoAttester`] when the source has none.
    pub fn set(&mut self, name: Name, value: Value) -> Result<(), SettingsError> {
        let (policy, fee, parameters) = (&mut self.policy, &mut self.fee, &mut self.parameters);
        let field = match name {
            Name::FeeRecipient => Field::Text(&mut fee.recipient),
            Name::Guardian => Field::OptionalText(&mut self.guardian),
            Name::PowerSource => Field::Source(&mut self.power_source),
            Name::Attester => match &mut self.power_source {
                PowerSource::Attested { attester } => Field::OptionalText(attester),
                source => {
                    return Err(SettingsError::NoAttester {
                        power_source: source.name(),
                    })
                }
            },
            Name::ChainShareCap => Field::OptionalDecimal(&mut policy.chain_share_cap),
            Name::MatchCap => Field::OptionalDecimal(&mut policy.match_cap),
            Name::BondFactor => Field::OptionalDecimal(&mut policy.bond_factor),
            Name::MaxCommissionCeiling => {
                Field::OptionalDecimal(&mut policy.max_commission_ceiling)
            }
            Name::VaultShareCap => Field::Decimal(&mut policy.vault_share_cap),
            Name::OperatorCap => Field::Decimal(&mut policy.operator_cap),
            Name::HostingCap => Field::Decimal(&mut policy.hosting_cap),
            Name::JurisdictionCap => Field::Decimal(&mut policy.jurisdiction_cap),
            Name::Floor => Field::Decimal(&mut policy.floor),
            Name::MaxCommissionRate => Field::Decimal(&mut policy.max_commission_rate),
            Name::CommissionReturnPeriod => Field::Long(&mut policy.commission_return_period),
            Name::PerformanceFeeRate => Field::Decimal(&mut fee.performance_fee_rate),
            Name::KeeperBountyShare => Field::Decimal(&mut fee.keeper_bounty_share),
            Name::TurnoverQuality => Field::Decimal(&mut parameters.turnover_quality),
            Name::TurnoverEmergency => Field::Decimal(&mut parameters.turnover_emergency),
            Name::BatchPeriod => Field::Long(&mut parameters.batch_period),
            Name::ProfitUnlockPeriod => Field::Long(&mut parameters.profit_unlock_period),
            Name::HarvestPeriod => Field::Long(&mut parameters.harvest_period),
            Name::RefreshPeriod => Field::Long(&mut parameters.refresh_period),
            Name::BookMaxAge => Field::Long(&mut parameters.book_max_age),
            Name::RetryAfter => Field::Long(&mut parameters.retry_after),
            Name::ExitSlack => Field::Long(&mut self.exit_slack),
            Name::MaxMessagesPerDeposit => Field::Short(&mut parameters.max_messages_per_deposit),
            Name::MaxMessagesPerPiece => Field::Short(&mut parameters.max_messages_per_piece),
            Name::MaxMessagesPerInvest => Field::Short(&mut parameters.max_messages_per_invest),
            Name::MaxMoves => Field::Short(&mut parameters.max_moves),
            Name::HarvestPage => Field::Short(&mut parameters.harvest_page),
            Name::RefreshPage => Field::Short(&mut parameters.refresh_page),
            Name::MinDelegation => Field::Tokens(&mut parameters.min_delegation),
            Name::MinimumSeed => Field::Tokens(&mut parameters.minimum_seed),
        };
        match field.put(&value) {
            Some(()) => Ok(()),
            None => Err(wrong_kind(name, &value)),
        }
    }
}

/// Where a value goes, by its type.
enum Field<'a> {
    Decimal(&'a mut Decimal),
    OptionalDecimal(&'a mut Option<Decimal>),
    Long(&'a mut u64),
    Short(&'a mut u32),
    Tokens(&'a mut Uint128),
    Text(&'a mut String),
    OptionalText(&'a mut Option<String>),
    Source(&'a mut PowerSource),
}

impl Field<'_> {
    fn put(self, value: &Value) -> Option<()> {
        match (self, value) {
            (Self::OptionalDecimal(field), Value::Absent) => *field = None,
            (Self::OptionalText(field), Value::Absent) => *field = None,
            (Self::Decimal(field), Value::Number(number)) => *field = decimal(*number),
            (Self::OptionalDecimal(field), Value::Number(number)) => {
                *field = Some(decimal(*number))
            }
            (Self::Long(field), Value::Number(number)) => *field = (*number).try_into().ok()?,
            (Self::Short(field), Value::Number(number)) => *field = (*number).try_into().ok()?,
            (Self::Tokens(field), Value::Number(number)) => *field = Uint128::new(*number),
            (Self::Text(field), Value::Account(text)) => field.clone_from(text),
            (Self::OptionalText(field), Value::Account(text)) => *field = Some(text.clone()),
            (Self::Source(field), Value::Source(source)) => *field = source.clone(),
            _ => return None,
        }
        Some(())
    }
}

const fn atomics(value: Decimal) -> u128 {
    value.atomics().u128()
}

const fn decimal(atomics: u128) -> Decimal {
    Decimal::new(Uint128::new(atomics))
}

fn optional(value: Option<Decimal>) -> Value {
    value.map_or(Value::Absent, Value::decimal)
}
