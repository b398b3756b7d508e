//! Balances, and what the bank says of denoms.

use crate::coin::Coin;
use crate::error::NodeError;
use crate::node::Node;
use crate::page::gather;
use crate::proto::cosmos::bank::v1beta1::{
    Metadata, QueryAllBalancesRequest, QueryAllBalancesResponse, QueryBalanceRequest,
    QueryBalanceResponse, QueryDenomMetadataRequest, QueryDenomMetadataResponse,
    QuerySpendableBalanceByDenomRequest, QuerySpendableBalanceByDenomResponse,
    QuerySpendableBalancesRequest, QuerySpendableBalancesResponse,
};
use crate::proto::cosmos::base::v1beta1::Coin as ProtoCoin;

impl Node {
    /// What an account has of a denom; 0 when it has none.
    pub fn balance(&self, address: &str, denom: &str) -> Result<u128, NodeError> {
        let request = QueryBalanceRequest {
            address: address.to_string(),
            denom: denom.to_string(),
        };
        let path = "/cosmos.bank.v1beta1.Query/Balance";
        let answer: QueryBalanceResponse = self.query(path, &request, None)?;
        self.amount_of(path, answer.balance.as_ref())
    }

    /// What is missing in an answer is not 0.
    pub(crate) fn amount_of(
        &self,
        path: &str,
        coin: Option<&ProtoCoin>,
    ) -> Result<u128, NodeError> {
        let coin = coin.and_then(Coin::from_proto);
        coin.map(|coin| coin.amount)
            .ok_or_else(|| self.missing(path, "the amount"))
    }

    /// Everything that an account has.
    pub fn balances(&self, address: &str) -> Result<Vec<Coin>, NodeError> {
        let ask = |pagination| {
            let request = QueryAllBalancesRequest {
                address: address.to_string(),
                pagination: Some(pagination),
                resolve_denom: false,
            };
            let path = "/cosmos.bank.v1beta1.Query/AllBalances";
            let answer: QueryAllBalancesResponse = self.query(path, &request, None)?;
            let coins = answer.balances.iter().filter_map(Coin::from_proto);
            Ok((coins.collect(), answer.pagination))
        };
        gather(ask, |coin: &Coin| coin.denom.clone())
    }

    /// What the bank says of a denom: display unit, decimals. None when it says nothing.
    pub fn denom_metadata(&self, denom: &str) -> Result<Option<Metadata>, NodeError> {
        let request = QueryDenomMetadataRequest {
            denom: denom.to_string(),
        };
        let path = "/cosmos.bank.v1beta1.Query/DenomMetadata";
        match self.query::<_, QueryDenomMetadataResponse>(path, &request, None) {
            Ok(answer) => Ok(answer.metadata),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What an account may send of a denom: what still vests is not in it.
    pub fn spendable(&self, address: &str, denom: &str) -> Result<u128, NodeError> {
        let request = QuerySpendableBalanceByDenomRequest {
            address: address.to_string(),
            denom: denom.to_string(),
        };
        let path = "/cosmos.bank.v1beta1.Query/SpendableBalanceByDenom";
        match self.query::<_, QuerySpendableBalanceByDenomResponse>(path, &request, None) {
            Ok(answer) => self.amount_of(path, answer.balance.as_ref()),
            Err(error) if error.is_of_node() => Err(error),
            // an SDK before 0.47
            Err(_) => {
                let all = self.spendable_of_all(address)?;
                let coin = all.into_iter().find(|coin| coin.denom == denom);
                Ok(coin.map_or(0, |coin| coin.amount))
            }
        }
    }

    fn spendable_of_all(&self, address: &str) -> Result<Vec<Coin>, NodeError> {
        let ask = |pagination| {
            let request = QuerySpendableBalancesRequest {
                address: address.to_string(),
                pagination: Some(pagination),
            };
            let path = "/cosmos.bank.v1beta1.Query/SpendableBalances";
            let answer: QuerySpendableBalancesResponse = self.query(path, &request, None)?;
            let coins = answer.balances.iter().filter_map(Coin::from_proto);
            Ok((coins.collect(), answer.pagination))
        };
        gather(ask, |coin: &Coin| coin.denom.clone())
    }
}
