//! A chain with a token factory, its messages, and what it refuses.

use anybuf::Anybuf;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, AnyMsg, Coin, CosmosMsg, Empty, coin};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, Executor, FailingModule};
use staking_sim::{ChainBuilder, SimChain, StargateRefusing};
use token_factory_sim::{FactoryError, SimTokenFactory};

pub type Factory = SimTokenFactory<StargateRefusing>;
pub type Chain = SimChain<FailingModule<Empty, Empty, Empty>, Factory>;

pub const PREFIX: &str = "/osmosis.tokenfactory.v1beta1";

pub fn account(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn alice() -> Addr {
    account("alice")
}

pub fn bob() -> Addr {
    account("bob")
}

/// Without a fee, with metadata.
pub fn factory() -> Factory {
    SimTokenFactory::beside(StargateRefusing)
}

/// Alice has 100 of the denoms `stake` and `ufee`.
pub fn chain_with(factory: Factory) -> Chain {
    let purse = [coin(100, "stake"), coin(100, "ufee")];
    let builder = ChainBuilder::new().balance(&alice(), purse);
    builder.stargate(factory).build()
}

/// Alice's.
pub fn gold() -> String {
    denom(&alice(), "gold")
}

/// On which alice has made gold.
pub fn chain_with_gold(factory: Factory) -> Chain {
    let mut chain = chain_with(factory);
    create(&mut chain, &alice(), "gold").unwrap();
    chain
}

pub fn denom(creator: &Addr, subdenom: &str) -> String {
    format!("factory/{creator}/{subdenom}")
}

pub fn message(name: &str, value: Anybuf) -> CosmosMsg {
    CosmosMsg::Any(AnyMsg {
        type_url: format!("{PREFIX}.{name}"),
        value: value.into_vec().into(),
    })
}

/// Sends a message that begins with its sender.
pub fn send(chain: &mut Chain, who: &Addr, name: &str, value: Anybuf) -> AnyResult<AppResponse> {
    let value = value.append_string(1, who);
    chain.app.execute(who.clone(), message(name, value))
}

pub fn create(chain: &mut Chain, who: &Addr, subdenom: &str) -> AnyResult<AppResponse> {
    let value = Anybuf::new().append_string(2, subdenom);
    send(chain, who, "MsgCreateDenom", value)
}

/// An amount as it is sent, which need not be one.
pub fn amount(digits: &str, denom: &str) -> Anybuf {
    let coin = Anybuf::new()
        .append_string(1, denom)
        .append_string(2, digits);
    Anybuf::new().append_message(2, &coin)
}

pub fn mint(
    chain: &mut Chain,
    who: &Addr,
    coin: &Coin,
    to: impl AsRef<str>,
) -> AnyResult<AppResponse> {
    let value = amount(&coin.amount.to_string(), &coin.denom).append_string(3, to);
    send(chain, who, "MsgMint", value)
}

pub fn burn(
    chain: &mut Chain,
    who: &Addr,
    coin: &Coin,
    from: impl AsRef<str>,
) -> AnyResult<AppResponse> {
    let value = amount(&coin.amount.to_string(), &coin.denom).append_string(3, from);
    send(chain, who, "MsgBurn", value)
}

pub fn change_admin(
    chain: &mut Chain,
    who: &Addr,
    denom: &str,
    to: impl AsRef<str>,
) -> AnyResult<AppResponse> {
    let value = Anybuf::new().append_string(2, denom).append_string(3, to);
    send(chain, who, "MsgChangeAdmin", value)
}

/// What a contract sees, and what the chain's log says.
pub fn refusal(result: AnyResult<AppResponse>) -> (String, String) {
    let error = result.expect_err("refused");
    let refused = error.downcast_ref::<FactoryError>();
    let refused = refused.unwrap_or_else(|| panic!("the factory does not refuse: {error:?}"));
    (refused.to_string(), refused.text.to_string())
}

/// The same, expected.
pub fn refused(codespace: &str, code: u32, text: impl Into<String>) -> (String, String) {
    (format!("codespace: {codespace}, code: {code}"), text.into())
}

pub fn unauthorized() -> (String, String) {
    refused("tokenfactory", 3, "unauthorized account")
}

pub fn not_enabled() -> (String, String) {
    refused(
        "tokenfactory",
        11,
        "this capability is not enabled on chain",
    )
}

/// Without a code of its own.
pub fn unregistered(text: impl Into<String>) -> (String, String) {
    refused("undefined", 1, text)
}

pub fn supply(chain: &Chain, denom: &str) -> u128 {
    let supply = chain.app.wrap().query_supply(denom).unwrap();
    supply.amount.u128()
}
