//! Both tokens, side by side.

use std::panic::{catch_unwind, AssertUnwindSafe};

use cosmwasm_std::testing::{mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    coin, from_json, to_json_vec, Addr, Binary, CosmosMsg, DepsMut, Empty, Env, MessageInfo, Order,
    OwnedDeps, Response, Storage, Timestamp, Uint128,
};
use cw20::{Cw20Coin, MinterResponse};
use cw20_base::msg::{InstantiateMarketingInfo, InstantiateMsg as BaseInstantiateMsg};
use cw20_base::ContractError as BaseError;
use defenders_types::{FeePolicyInput, InstantiateMsg, PowerSource, ShareInput};
use defenders_vault::contract;
use defenders_vault::shares::{Shares, SharesError};
use defenders_vault::state::CONFIG;
use serde_json::{json, Value};

use crate::random::{account, vault, Step, ACCOUNTS, BALANCE, BUSY, HEIGHT, SECONDS, TIME_STEP};
use crate::refusal::{why, why_base, why_shares, Refusal};

type Deps = OwnedDeps<MockStorage, MockApi, MockQuerier>;

/// The shares of the seed.
const SEED: u128 = 1_000_000;

/// The vault, and cw20-base with the vault for its minter.
pub struct Pair {
    vault: Deps,
    base: Deps,
    env: Env,
}

impl Pair {
    /// Both have the seed, and all accounts their first shares.
    pub fn new() -> Self {
        let mut env = mock_env();
        env.contract.address = vault();
        env.block.height = HEIGHT;
        env.block.time = Timestamp::from_seconds(SECONDS);
        let mut pair = Self {
            vault: deps(),
            base: deps(),
            env,
        };
        pair.instantiate();
        for index in 0..ACCOUNTS {
            assert_eq!(pair.play(&Step::Mint(index, BALANCE)), Ok(()));
        }
        pair
    }

    fn instantiate(&mut self) {
        let msg = InstantiateMsg {
            owner: account(0).into(),
            share: ShareInput::Cw20 {
                name: "Defenders stake".to_owned(),
                symbol: "DEFEND".to_owned(),
                decimals: 6,
            },
            reward_pot_code_id: 1,
            bonded_pool: account(0).into(),
            power_source: PowerSource::Rank { least_rank: 100 },
            fee: FeePolicyInput {
                recipient: account(0).into(),
                performance_fee_rate: cosmwasm_std::Decimal::zero(),
                keeper_bounty_share: cosmwasm_std::Decimal::zero(),
            },
            policy: None,
            parameters: None,
        };
        let info = MessageInfo {
            sender: account(0),
            funds: vec![coin(SEED, "ustake")],
        };
        contract::instantiate(self.vault.as_mut(), self.env.clone(), info, msg).unwrap();

        let msg = BaseInstantiateMsg {
            name: "Defenders stake".to_owned(),
            symbol: "DEFEND".to_owned(),
            decimals: 6,
            initial_balances: vec![Cw20Coin {
                address: vault().into(),
                amount: SEED.into(),
            }],
            mint: Some(MinterResponse {
                minter: vault().into(),
                cap: None,
            }),
            marketing: Some(InstantiateMarketingInfo {
                project: None,
                description: None,
                marketing: Some(account(0).into()),
                logo: None,
            }),
        };
        let info = sent_by(&account(0));
        cw20_base::contract::instantiate(self.base.as_mut(), self.env.clone(), info, msg).unwrap();
    }

    /// Plays a step on both. Both refuse it for the same reason, or say the same.
    pub fn play(&mut self, step: &Step) -> Result<(), Refusal> {
        let (vault, base) = match step {
            Step::Wait(blocks, steps) => {
                self.env.block.height += blocks;
                self.env.block.time = self.env.block.time.plus_seconds(steps * TIME_STEP);
                return Ok(());
            }
            Step::Message(sender, message) => {
                let sender = account(*sender);
                let vault = self.send_to_vault(&sender, message);
                if vault == Err(Refusal::Forbidden) {
                    // cw20-base does as it is told
                    let text = message.to_string();
                    assert!(text.contains(self.env.contract.address.as_str()), "{text}");
                    return Err(Refusal::Forbidden);
                }
                (vault, self.send_to_base(&sender, message))
            }
            Step::Mint(to, shares) => {
                let (to, shares) = (account(*to), Uint128::new(*shares));
                let msg = json!({ "mint": { "recipient": to, "amount": shares } });
                let vault = self.act(|storage| {
                    shares_of(storage)?
                        .mint(storage, &vault_address(), &to, shares)
                        .map(none)
                });
                (vault, silent(self.send_to_base(&vault_address(), &msg)))
            }
            Step::Burn(shares) => {
                let shares = Uint128::new(*shares);
                let msg = json!({ "burn": { "amount": shares } });
                let vault = self.act(|storage| {
                    shares_of(storage)?.destroy_escrowed(storage, &vault_address(), shares)
                });
                (vault, silent(self.send_to_base(&vault_address(), &msg)))
            }
            Step::Escrow(from, shares) => {
                let (from, shares) = (account(*from), Uint128::new(*shares));
                let msg = json!({ "transfer": { "recipient": vault_address(), "amount": shares } });
                let vault = self.act(|storage| {
                    shares_of(storage)?.escrow(storage, &vault_address(), &from, shares)
                });
                (vault, silent(self.send_to_base(&from, &msg)))
            }
            Step::GiveBack(to, shares) => {
                let (to, shares) = (account(*to), Uint128::new(*shares));
                let msg = json!({ "transfer": { "recipient": to, "amount": shares } });
                let vault = self.act(|storage| {
                    shares_of(storage)?
                        .give_back(storage, &vault_address(), &to, shares)
                        .map(none)
                });
                (vault, silent(self.send_to_base(&vault_address(), &msg)))
            }
        };
        // who may not touch the logo is told so before anybody looks at it
        let is_logo = step.name() == "upload_logo";
        if is_logo && vault == Err(Refusal::NotMarketing) {
            assert!(base.is_err(), "{step:?}");
        } else {
            assert_eq!(vault, base, "{step:?}");
        }
        vault.map(|_| ())
    }

    fn send_to_vault(&mut self, sender: &Addr, message: &Value) -> Result<Response, Refusal> {
        let (env, message) = (self.env.clone(), to_json_vec(message).unwrap());
        attempt(&mut self.vault, |deps| {
            let message = from_json(&message).unwrap();
            contract::execute(deps, env, sent_by(sender), message).map_err(|error| why(&error))
        })
    }

    fn send_to_base(&mut self, sender: &Addr, message: &Value) -> Result<Response, Refusal> {
        let (env, message) = (self.env.clone(), to_json_vec(message).unwrap());
        attempt(&mut self.base, |deps| {
            let message = from_json(&message).unwrap();
            overflowing(|| cw20_base::contract::execute(deps, env, sent_by(sender), message))
        })
    }

    /// Something that the vault does with shares by itself.
    fn act(
        &mut self,
        act: impl FnOnce(&mut dyn Storage) -> Result<(), SharesError>,
    ) -> Result<Response, Refusal> {
        attempt(&mut self.vault, |deps| {
            act(deps.storage).map_err(|error| why_shares(&error))?;
            Ok(Response::new())
        })
    }

    /// Asks both the same.
    pub fn compare(&self, context: &impl std::fmt::Debug) {
        let mut questions = vec![
            json!({ "token_info": {} }),
            json!({ "minter": {} }),
            json!({ "marketing_info": {} }),
            json!({ "download_logo": {} }),
            json!({ "all_accounts": {} }),
            json!({ "all_accounts": { "limit": 31 } }),
            json!({ "balance": { "address": vault() } }),
        ];
        for index in 0..BUSY {
            let owner = account(index);
            questions.extend([
                json!({ "balance": { "address": owner } }),
                json!({ "all_allowances": { "owner": owner, "limit": 31 } }),
                json!({ "all_spender_allowances": { "spender": owner, "limit": 31 } }),
            ]);
        }
        for question in questions {
            self.ask(&question, context);
        }
    }

    /// Asks both for pages that begin and end anywhere, and for single allowances.
    pub fn compare_pages(&self, pages: &[(String, Option<String>, Option<u32>)]) {
        for (account, start_after, limit) in pages {
            let other = start_after.as_deref().unwrap_or("nobody");
            for question in [
                json!({ "all_accounts": { "start_after": start_after, "limit": limit } }),
                json!({ "all_allowances": {
                    "owner": account, "start_after": start_after, "limit": limit,
                } }),
                json!({ "all_spender_allowances": {
                    "spender": account, "start_after": start_after, "limit": limit,
                } }),
                json!({ "allowance": { "owner": account, "spender": other } }),
                json!({ "allowance": { "owner": other, "spender": account } }),
                json!({ "balance": { "address": account } }),
            ] {
                self.ask(&question, &pages);
            }
        }
    }

    fn ask(&self, question: &Value, context: &impl std::fmt::Debug) {
        let asked = to_json_vec(question).unwrap();
        let (vault, base) = (self.vault.as_ref(), self.base.as_ref());
        let message = from_json(&asked).unwrap();
        let vault = contract::query(vault, self.env.clone(), message);
        let message = from_json(&asked).unwrap();
        let base = cw20_base::contract::query(base, self.env.clone(), message);
        let (vault, base) = (text(vault.ok()), text(base.ok()));
        assert_eq!(vault, base, "{question} after {context:?}");
    }
}

fn deps() -> Deps {
    let mut querier = MockQuerier::<Empty>::new(&[]);
    querier.staking.update("ustake", &[], &[]);
    OwnedDeps {
        storage: MockStorage::new(),
        api: MockApi::default(),
        querier,
        custom_query_type: std::marker::PhantomData,
    }
}

fn vault_address() -> Addr {
    vault()
}

fn sent_by(sender: &Addr) -> MessageInfo {
    MessageInfo {
        sender: sender.clone(),
        funds: vec![],
    }
}

/// An answer as the caller sees it.
fn text(answer: Option<Binary>) -> Option<String> {
    answer.map(|answer| String::from_utf8(answer.into()).unwrap())
}

/// The vault says what these mean in events of its own.
fn silent(said: Result<Response, Refusal>) -> Result<Response, Refusal> {
    said.map(|_| Response::new())
}

/// Runs something as a chain does: what is refused changes nothing.
fn attempt(
    deps: &mut Deps,
    act: impl FnOnce(DepsMut) -> Result<Response, Refusal>,
) -> Result<Response, Refusal> {
    let before = copy(&deps.storage);
    let said = act(deps.as_mut());
    if said.is_err() {
        deps.storage = before;
    }
    said
}

/// cw20-base panics where a sum is beyond 128 bits.
fn overflowing(act: impl FnOnce() -> Result<Response, BaseError>) -> Result<Response, Refusal> {
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(said) => said.map_err(|error| why_base(&error)),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>();
            assert_eq!(text, Some(&"attempt to add with overflow"));
            Err(Refusal::Overflow)
        }
    }
}

fn copy(storage: &MockStorage) -> MockStorage {
    let mut copy = MockStorage::new();
    for (key, value) in storage.range(None, None, Order::Ascending) {
        copy.set(&key, &value);
    }
    copy
}

fn shares_of(storage: &dyn Storage) -> Result<Shares, SharesError> {
    Shares::load(storage, &CONFIG.load(storage)?)
}

/// A cw20 needs no message to the chain.
fn none(messages: Vec<CosmosMsg>) {
    assert_eq!(messages, vec![]);
}
