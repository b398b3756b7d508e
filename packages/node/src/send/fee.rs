//! What a transaction costs at this moment.

use crate::coin::Coin;
use crate::error::NodeError;
use crate::message::Message;
use crate::node::Node;
use crate::price::GasPrice;
use crate::proto::cosmos::base::node::v1beta1::{ConfigRequest, ConfigResponse};

use crate::send::error::SendError;

/// Which price is paid, and how much more gas is asked for than a trial run used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeePolicy {
    /// What is paid; the chain is asked when None.
    pub price: Option<GasPrice>,
    /// More than this is never paid.
    pub max_price: Option<GasPrice>,
    /// What is paid for storing code, and the most that is, in place of both: some chains ask more for so much gas.
    pub upload_price: Option<GasPrice>,
    /// Gas limit in thousandths of what a trial run used; at least 1200.
    pub gas_thousandths: u64,
}

/// Below this trial runs were too small for what followed.
const LEAST_GAS_THOUSANDTHS: u64 = 1_200;
/// What is known by the next block can make a call do more than its trial run did.
const USUAL_GAS_THOUSANDTHS: u64 = 1_500;

impl Default for FeePolicy {
    fn default() -> Self {
        Self {
            price: None,
            max_price: None,
            upload_price: None,
            gas_thousandths: USUAL_GAS_THOUSANDTHS,
        }
    }
}

impl FeePolicy {
    /// The limit for what a trial run used.
    pub fn gas_limit(&self, used: u64) -> u64 {
        let factor = u128::from(self.gas_thousandths.max(LEAST_GAS_THOUSANDTHS));
        let limit = (u128::from(used) * factor).div_ceil(1_000);
        u64::try_from(limit).unwrap_or(u64::MAX)
    }

    /// The prices that hold for what a transaction does.
    #[must_use]
    pub fn for_messages(&self, messages: &[Message]) -> Self {
        let stores = messages
            .iter()
            .any(|message| matches!(message, Message::Store(_)));
        match &self.upload_price {
            Some(price) if stores => Self {
                price: Some(price.clone()),
                max_price: None,
                ..self.clone()
            },
            _ => self.clone(),
        }
    }

    /// The price at this moment: what is given, or more where the chain asks for more, up to the maximum. Without
    /// a maximum a given price is the maximum.
    pub fn price_now(&self, node: &Node) -> Result<GasPrice, SendError> {
        let denom = match (&self.price, &self.max_price) {
            (Some(price), _) | (None, Some(price)) => Some(price.denom.as_str()),
            (None, None) => None,
        };
        let asked = node.asked_price(denom)?;
        let price = match (&self.price, asked) {
            (Some(given), None) => given.clone(),
            (Some(given), Some(asked)) => given.clone().or_more(&asked),
            (None, Some(asked)) => asked,
            (None, None) => return Err(SendError::NoPrice),
        };
        match self.max_price.as_ref().or(self.price.as_ref()) {
            Some(most) if price.is_above(most) => Err(SendError::TooDear {
                asked: price,
                most: most.clone(),
            }),
            _ => Ok(price),
        }
    }

    /// The fee of a limit at this moment.
    pub fn fee_now(&self, node: &Node, gas: u64) -> Result<Coin, SendError> {
        let price = self.price_now(node)?;
        let fee = price.fee_ceil(gas);
        fee.ok_or(SendError::FeeOverflow { gas, price })
    }
}

/// `feemarket.feemarket.v1.GasPriceRequest`.
#[derive(Clone, PartialEq, prost::Message)]
struct MarketPriceRequest {
    #[prost(string, tag = "1")]
    denom: String,
}

/// `feemarket.feemarket.v1.GasPriceResponse`: a `DecCoin`.
#[derive(Clone, PartialEq, prost::Message)]
struct MarketPriceResponse {
    #[prost(message, optional, tag = "1")]
    price: Option<crate::proto::cosmos::base::v1beta1::DecCoin>,
}

/// `osmosis.txfees.v1beta1.QueryEipBaseFeeResponse`.
#[derive(Clone, PartialEq, prost::Message)]
struct BaseFeeResponse {
    #[prost(string, tag = "1")]
    base_fee: String,
}

impl Node {
    /// What the chain asks for a unit of gas in a denom (any, when None): its fee market's price, else the node's
    /// minimum. None when neither says anything.
    pub fn asked_price(&self, denom: Option<&str>) -> Result<Option<GasPrice>, NodeError> {
        if let Some(denom) = denom
            && let Some(price) = self.market_price(denom)?
        {
            return Ok(Some(price));
        }
        let path = "/cosmos.base.node.v1beta1.Service/Config";
        match self.query::<_, ConfigResponse>(path, &ConfigRequest {}, None) {
            Ok(answer) => Ok(pick(&answer.minimum_gas_price, denom)),
            Err(error) if error.is_of_node() => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn market_price(&self, denom: &str) -> Result<Option<GasPrice>, NodeError> {
        let request = MarketPriceRequest {
            denom: denom.to_string(),
        };
        let path = "/feemarket.feemarket.v1.Query/GasPrice";
        match self.query::<_, MarketPriceResponse>(path, &request, None) {
            Ok(answer) => {
                return Ok(answer
                    .price
                    .and_then(|coin| price_of_atomics(&coin.amount, &coin.denom)));
            }
            Err(error) if error.is_of_node() => return Err(error),
            Err(_) => {}
        }
        let path = "/osmosis.txfees.v1beta1.Query/GetEipBaseFee";
        match self.query::<_, BaseFeeResponse>(path, &ConfigRequest {}, None) {
            Ok(answer) if denom == "uosmo" => Ok(price_of_atomics(&answer.base_fee, denom)),
            Err(error) if error.is_of_node() => Err(error),
            Ok(_) | Err(_) => Ok(None),
        }
    }
}

/// A decimal as gRPC sends it: 18 places without the point.
fn price_of_atomics(atomics: &str, denom: &str) -> Option<GasPrice> {
    Some(GasPrice::from_atomics(atomics.parse().ok()?, denom))
}

/// `0.025uatom,0.1ibc/...`: the one of a denom, or the first.
fn pick(prices: &str, denom: Option<&str>) -> Option<GasPrice> {
    let mut prices = prices
        .split([',', ';'])
        .filter_map(|price| price.trim().parse::<GasPrice>().ok());
    match denom {
        Some(denom) => prices.find(|price| price.denom == denom),
        None => prices.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::StoreCode;

    #[test]
    fn lesson_4_a_limit_is_never_below_the_least_factor() {
        let bold = FeePolicy {
            gas_thousandths: 1_000,
            ..FeePolicy::default()
        };
        assert_eq!(bold.gas_limit(1_000_001), 1_200_002);
        assert_eq!(FeePolicy::default().gas_limit(100_000), 150_000);
        assert_eq!(FeePolicy::default().gas_limit(u64::MAX), u64::MAX);
    }

    #[test]
    fn lesson_5_uploads_have_a_price_of_their_own() {
        let price = |text: &str| text.parse::<GasPrice>().ok();
        let policy = FeePolicy {
            price: price("0.025uatom"),
            max_price: price("0.05uatom"),
            upload_price: price("0.2uatom"),
            ..FeePolicy::default()
        };
        let send = Message::Send {
            from: "a".to_string(),
            to: "b".to_string(),
            coins: Vec::new(),
        };
        let store = Message::Store(StoreCode {
            sender: "a".to_string(),
            wasm: vec![0],
        });
        assert_eq!(policy.for_messages(std::slice::from_ref(&send)), policy);
        let upload = policy.for_messages(&[send, store.clone()]);
        assert_eq!(upload.price, price("0.2uatom"));
        assert_eq!(upload.max_price, None);
        let without = FeePolicy {
            upload_price: None,
            ..policy
        };
        assert_eq!(without.for_messages(&[store]), without);
    }

    #[test]
    fn the_nodes_minimum_is_picked_by_denom() {
        let text = "0.0025uatom,1000000000aevmos";
        assert_eq!(pick(text, None).unwrap().to_string(), "0.0025uatom");
        assert_eq!(
            pick(text, Some("aevmos")).unwrap().to_string(),
            "1000000000aevmos"
        );
        assert_eq!(pick(text, Some("uosmo")), None);
        assert_eq!(pick("", None), None);
    }
}
