//! What an operation works with: storage, the bank, the open block and the module accounts.

use cosmwasm_std::{
    Addr, Api, BalanceResponse, BankMsg, BankQuery, BlockInfo, CanonicalAddr, Coin, CustomMsg,
    CustomQuery, QueryRequest, Storage, Uint128, from_json,
};
use cw_multi_test::{BankSudo, CosmosRouter, SudoMsg};
use sha2::{Digest, Sha256};

use crate::error::{ChainError, Outcome};

/// The bank, reached through the application's router.
pub(crate) trait Bank {
    fn send(
        &self,
        storage: &mut dyn Storage,
        from: &Addr,
        to: &Addr,
        coins: Vec<Coin>,
    ) -> Outcome<()>;
    fn mint(&self, storage: &mut dyn Storage, to: &Addr, coins: Vec<Coin>) -> Outcome<()>;
    fn burn(&self, storage: &mut dyn Storage, from: &Addr, coins: Vec<Coin>) -> Outcome<()>;
    fn balance(&self, storage: &dyn Storage, of: &Addr, denom: &str) -> Outcome<Uint128>;
}

/// [`Bank`] over any router of cw-multi-test.
pub(crate) struct RouterBank<'a, ExecC, QueryC> {
    pub api: &'a dyn Api,
    pub router: &'a dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
    pub block: &'a BlockInfo,
}

impl<ExecC, QueryC> RouterBank<'_, ExecC, QueryC>
where
    ExecC: CustomMsg,
    QueryC: CustomQuery,
{
    fn execute(&self, storage: &mut dyn Storage, sender: &Addr, msg: BankMsg) -> Outcome<()> {
        self.router
            .execute(self.api, storage, self.block, sender.clone(), msg.into())
            .map(drop)
            .map_err(ChainError::unregistered)
    }
}

impl<ExecC, QueryC> Bank for RouterBank<'_, ExecC, QueryC>
where
    ExecC: CustomMsg,
    QueryC: CustomQuery,
{
    fn send(
        &self,
        storage: &mut dyn Storage,
        from: &Addr,
        to: &Addr,
        coins: Vec<Coin>,
    ) -> Outcome<()> {
        let amount = positive(coins);
        if amount.is_empty() {
            return Ok(());
        }
        self.execute(
            storage,
            from,
            BankMsg::Send {
                to_address: to.to_string(),
                amount,
            },
        )
    }

    fn mint(&self, storage: &mut dyn Storage, to: &Addr, coins: Vec<Coin>) -> Outcome<()> {
        let amount = positive(coins);
        if amount.is_empty() {
            return Ok(());
        }
        let msg = SudoMsg::Bank(BankSudo::Mint {
            to_address: to.to_string(),
            amount,
        });
        self.router
            .sudo(self.api, storage, self.block, msg)
            .map(drop)
            .map_err(ChainError::unregistered)
    }

    fn burn(&self, storage: &mut dyn Storage, from: &Addr, coins: Vec<Coin>) -> Outcome<()> {
        let amount = positive(coins);
        if amount.is_empty() {
            return Ok(());
        }
        self.execute(storage, from, BankMsg::Burn { amount })
    }

    fn balance(&self, storage: &dyn Storage, of: &Addr, denom: &str) -> Outcome<Uint128> {
        let query = BankQuery::Balance {
            address: of.to_string(),
            denom: denom.to_string(),
        };
        let answer = self
            .router
            .query(self.api, storage, self.block, QueryRequest::Bank(query))
            .map_err(ChainError::unregistered)?;
        Ok(from_json::<BalanceResponse>(answer)?.amount.amount)
    }
}

/// The bank of cw-multi-test refuses zero coins; the chain drops them.
fn positive(coins: Vec<Coin>) -> Vec<Coin> {
    coins
        .into_iter()
        .filter(|coin| !coin.amount.is_zero())
        .collect()
}

/// Addresses of the module accounts: the first twenty bytes of the SHA-256 of the module
/// account's name, as on a real chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleAccounts {
    /// Holds the tokens of bonded validators (`bonded_tokens_pool`).
    pub bonded_pool: Addr,
    /// Holds all other delegated tokens and the unbonding entries (`not_bonded_tokens_pool`).
    pub not_bonded_pool: Addr,
    /// Holds rewards, commission and the community pool (`distribution`).
    pub distribution: Addr,
}

impl ModuleAccounts {
    /// The module accounts under the address prefix of `api`.
    pub fn new(api: &dyn Api) -> Outcome<Self> {
        Ok(Self {
            bonded_pool: compute_module_address(api, "bonded_tokens_pool")?,
            not_bonded_pool: compute_module_address(api, "not_bonded_tokens_pool")?,
            distribution: compute_module_address(api, "distribution")?,
        })
    }

    /// Whether the bank lets nobody send coins to `address`.
    pub fn is_blocked(&self, address: &Addr) -> bool {
        [&self.bonded_pool, &self.not_bonded_pool, &self.distribution].contains(&address)
    }
}

fn compute_module_address(api: &dyn Api, name: &str) -> Outcome<Addr> {
    let hash = Sha256::digest(name.as_bytes());
    let bytes: Vec<u8> = hash.iter().take(20).copied().collect();
    Ok(api.addr_humanize(&CanonicalAddr::from(bytes))?)
}

/// Everything a state transition needs.
pub(crate) struct Env<'a> {
    pub storage: &'a mut dyn Storage,
    pub bank: &'a dyn Bank,
    pub block: BlockInfo,
    pub accounts: ModuleAccounts,
}

impl<'a> Env<'a> {
    pub fn new(
        api: &dyn Api,
        storage: &'a mut dyn Storage,
        bank: &'a dyn Bank,
        block: &BlockInfo,
    ) -> Outcome<Self> {
        let accounts = ModuleAccounts::new(api)?;
        Ok(Self {
            storage,
            bank,
            block: block.clone(),
            accounts,
        })
    }

    /// Sends `coins` between accounts.
    pub fn send(&mut self, from: &Addr, to: &Addr, coins: Vec<Coin>) -> Outcome<()> {
        self.bank.send(self.storage, from, to, coins)
    }

    /// Moves staked tokens from the not-bonded to the bonded pool.
    pub fn move_to_bonded(&mut self, coin: Coin) -> Outcome<()> {
        let (from, to) = (&self.accounts.not_bonded_pool, &self.accounts.bonded_pool);
        self.bank.send(self.storage, from, to, vec![coin])
    }

    /// Moves staked tokens from the bonded to the not-bonded pool.
    pub fn move_to_not_bonded(&mut self, coin: Coin) -> Outcome<()> {
        let (from, to) = (&self.accounts.bonded_pool, &self.accounts.not_bonded_pool);
        self.bank.send(self.storage, from, to, vec![coin])
    }

    /// Burns tokens of the bonded pool.
    pub fn burn_bonded(&mut self, coin: Coin) -> Outcome<()> {
        self.bank
            .burn(self.storage, &self.accounts.bonded_pool, vec![coin])
    }

    /// Burns tokens of the not-bonded pool.
    pub fn burn_not_bonded(&mut self, coin: Coin) -> Outcome<()> {
        self.bank
            .burn(self.storage, &self.accounts.not_bonded_pool, vec![coin])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockApi;

    #[test]
    fn module_accounts_are_those_of_the_cosmos_hub() {
        let api = MockApi::default().with_prefix("cosmos");
        let accounts = ModuleAccounts::new(&api).unwrap();
        assert_eq!(
            accounts.bonded_pool.as_str(),
            "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"
        );
        assert_eq!(
            accounts.not_bonded_pool.as_str(),
            "cosmos1tygms3xhhs3yv487phx3dw4a95jn7t7lpm470r"
        );
        assert_eq!(
            accounts.distribution.as_str(),
            "cosmos1jv65s3grqf6v6jl3dp4t6c9t9rk99cd88lyufl"
        );
    }
}
