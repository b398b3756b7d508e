//! cw-multi-test's bank, in which accounts can be made to receive nothing, and which says as the chain does that
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

/// Accounts that receive nothing. All copies are the same list.
#[derive(Clone, Debug, Default)]
pub struct Blocked(Rc<RefCell<BTreeSet<String>>>);

impl Blocked {
    /// It receives nothing from now on.
    pub fn add(&self, address: &str) {
        self.0.borrow_mut().insert(address.to_owned());
    }

    /// Everybody receives.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    fn contains(&self, address: &str) -> bool {
        self.0.borrow().contains(address)
    }
}

/// The bank.
pub struct StrictBank {
    keeper: BankKeeper,
    blocked: Blocked,
}

impl StrictBank {
    /// With this list.
    pub fn new(blocked: Blocked) -> Self {
        let keeper = BankKeeper::new();
        Self { keeper, blocked }
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
        if let BankMsg::Send { to_address, .. } = &msg
            && self.blocked.contains(to_address)
        {
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
        self.keeper.sudo(api, storage, router, block, msg)
    }
}
