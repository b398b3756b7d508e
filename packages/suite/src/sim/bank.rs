//! cw-multi-test's bank, which can be made to send nothing to an account, to mint or to burn nothing, and which says as the chain does that
//! somebody has too little.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::bail;
use cosmwasm_std::testing::MockQuerier;
use cosmwasm_std::{
    Addr, Api, BalanceResponse, BankMsg, BankQuery, Binary, BlockInfo, Coin, CustomMsg,
    CustomQuery, Empty, Querier, Storage, from_json,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, Bank, BankKeeper, BankSudo, CosmosRouter, Module};
use serde::de::DeserializeOwned;

/// What the token factory's denoms begin with: a pool of x/staking burns others.
const FACTORY: &str = "factory/";

/// What goes wrong. All copies are the same.
#[derive(Clone, Debug, Default)]
pub struct BankFaults(Rc<RefCell<Wrong>>);

#[derive(Debug, Default)]
struct Wrong {
    /// Accounts that receive nothing.
    blocked: BTreeSet<String>,
    refuses_mints: bool,
    refuses_burns: bool,
}

impl BankFaults {
    /// This account receives nothing from now on.
    pub fn block(&self, address: &str) {
        self.0.borrow_mut().blocked.insert(address.to_owned());
    }

    /// No denom of the token factory is minted from now on.
    pub fn refuse_mints(&self) {
        self.0.borrow_mut().refuses_mints = true;
    }

    /// None is burnt from now on.
    pub fn refuse_burns(&self) {
        self.0.borrow_mut().refuses_burns = true;
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        *self.0.borrow_mut() = Wrong::default();
    }

    fn refuses(&self, msg: &BankMsg) -> bool {
        let wrong = self.0.borrow();
        match msg {
            BankMsg::Send { to_address, .. } => wrong.blocked.contains(to_address),
            BankMsg::Burn { amount } => wrong.refuses_burns && is_of_factory(amount),
            _ => false,
        }
    }

    fn refuses_minting(&self, coins: &[Coin]) -> bool {
        self.0.borrow().refuses_mints && is_of_factory(coins)
    }
}

fn is_of_factory(coins: &[Coin]) -> bool {
    coins.iter().any(|coin| coin.denom.starts_with(FACTORY))
}

/// The bank.
pub struct StrictBank {
    keeper: BankKeeper,
    faults: BankFaults,
}

impl StrictBank {
    /// With these faults.
    pub fn new(faults: BankFaults) -> Self {
        let keeper = BankKeeper::new();
        Self { keeper, faults }
    }
}

impl StrictBank {
    fn balance(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        block: &BlockInfo,
        of: &Addr,
        denom: &str,
    ) -> AnyResult<Coin> {
        let query = BankQuery::Balance {
            address: of.to_string(),
            denom: denom.to_owned(),
        };
        let nobody = MockQuerier::<Empty>::new(&[]);
        let answer = self.keeper.query(api, storage, &nobody, block, query)?;
        Ok(from_json::<BalanceResponse>(answer)?.amount)
    }
}

impl Bank for StrictBank {}

impl Module for StrictBank {
    type ExecT = BankMsg;
    type QueryT = BankQuery;
    type SudoT = BankSudo;

    fn execute<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: BankMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        if self.faults.refuses(&msg) {
            bail!("codespace: sdk, code: 4");
        }
        if let BankMsg::Send { amount, .. } | BankMsg::Burn { amount } = &msg {
            for coin in amount {
                let balance = self.balance(api, storage, block, &sender, &coin.denom)?;
                if balance.amount < coin.amount {
                    bail!("spendable balance {balance} is smaller than {coin}: insufficient funds");
                }
            }
        }
        (self.keeper).execute(api, storage, router, block, sender, msg)
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: BankQuery,
    ) -> AnyResult<Binary> {
        self.keeper.query(api, storage, querier, block, request)
    }

    fn sudo<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        msg: BankSudo,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let BankSudo::Mint { amount, .. } = &msg;
        if self.faults.refuses_minting(amount) {
            bail!("codespace: sdk, code: 4");
        }
        self.keeper.sudo(api, storage, router, block, msg)
    }
}
