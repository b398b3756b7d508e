//! A transaction before it is signed.

use cosmrs::crypto::PublicKey;
use sha2::{Digest, Sha256};

use crate::coin::Coin;
use crate::error::NodeError;
use crate::message::Message;
use crate::node::Node;
use crate::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfo, SignerInfo, SimulateRequest, SimulateResponse, TxBody, TxRaw,
    mode_info,
};
use crate::proto::prost::Message as ProtoMessage;
use crate::read::Event;
use crate::send::error::SendError;
use crate::send::fee::FeePolicy;
use crate::words::tell_refusal;

/// What one transaction is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Carried out in this order, all or none.
    pub messages: Vec<Message>,
    /// Anybody can read it.
    pub memo: String,
    /// What it is for, in words: kept beside it while it is under way.
    pub what: String,
    /// What the user asked for, where the messages have bounds that depend on the moment: two drafts of the same wish
    /// are one intention. None: the messages say it.
    pub wish: Option<String>,
}

/// What a trial run used and told, and what it will cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Used by the trial run.
    pub gas_used: u64,
    /// What the transaction may use.
    pub gas_limit: u64,
    /// What it costs.
    pub fee: Coin,
    /// What the trial run told.
    pub events: Vec<Event>,
}

/// Runs a transaction's bytes on the latest state without keeping anything: the gas used, and the answer.
pub(crate) fn simulate(
    node: &Node,
    tx_bytes: Vec<u8>,
) -> Result<(u64, SimulateResponse), SendError> {
    let request = SimulateRequest {
        tx_bytes,
        ..SimulateRequest::default()
    };
    let path = "/cosmos.tx.v1beta1.Service/Simulate";
    let answer: SimulateResponse =
        node.query(path, &request, None)
            .map_err(|error| match error {
                error if error.is_unfinished() => SendError::Node(error),
                NodeError::Query { log, .. } => SendError::WouldFail {
                    reason: tell_refusal(&log),
                },
                error => SendError::Node(error),
            })?;
    let gas = answer.gas_info.as_ref();
    let gas_used = gas
        .map(|info| info.gas_used)
        .filter(|gas_used| *gas_used > 0)
        .ok_or_else(|| node.missing(path, "gas_info"))?;
    Ok((gas_used, answer))
}

impl Draft {
    /// A transaction of these messages.
    pub fn new(what: impl Into<String>, messages: Vec<Message>) -> Self {
        Self {
            messages,
            memo: String::new(),
            what: what.into(),
            wish: None,
        }
    }

    /// The same for the same wish, or else for the same messages and memo: SHA-256, hex.
    pub fn intention(&self) -> String {
        let body = match &self.wish {
            Some(wish) => format!("wish: {wish}").into_bytes(),
            None => self.body(0).encode_to_vec(),
        };
        crate::read::hex(&Sha256::digest(body))
    }

    pub(crate) fn body(&self, last_height: u64) -> TxBody {
        TxBody {
            messages: self.messages.iter().map(Message::to_any).collect(),
            memo: self.memo.clone(),
            timeout_height: last_height,
            ..TxBody::default()
        }
    }

    /// Every message has to be signed by this account.
    pub(crate) fn ensure_signer(&self, address: &str) -> Result<(), SendError> {
        match self
            .messages
            .iter()
            .find(|message| message.signer() != address)
        {
            Some(message) => Err(SendError::WrongSigner {
                found: message.signer().to_string(),
                expected: address.to_string(),
            }),
            None => Ok(()),
        }
    }

    /// Runs it on the latest state without keeping anything, unsigned.
    pub(crate) fn estimate(
        &self,
        node: &Node,
        sequence: u64,
        public_key: Option<PublicKey>,
        policy: &FeePolicy,
    ) -> Result<Estimate, SendError> {
        let auth = auth_info(public_key, sequence, Fee::default())?;
        let raw = TxRaw {
            body_bytes: self.body(0).encode_to_vec(),
            auth_info_bytes: auth.encode_to_vec(),
            signatures: vec![Vec::new()],
        };
        let (gas_used, answer) = simulate(node, raw.encode_to_vec())?;
        let policy = policy.for_messages(&self.messages);
        let gas_limit = policy.gas_limit(gas_used);
        let result = answer.result.unwrap_or_default();
        let events = result.events.iter().map(|event| Event {
            kind: event.r#type.clone(),
            attributes: event
                .attributes
                .iter()
                .map(|attribute| (attribute.key.clone(), attribute.value.clone()))
                .collect(),
        });
        Ok(Estimate {
            gas_used,
            gas_limit,
            fee: policy.fee_now(node, gas_limit)?,
            events: events.collect(),
        })
    }
}

/// One signer, by the bytes themselves (`SIGN_MODE_DIRECT`).
pub(crate) fn auth_info(
    public_key: Option<PublicKey>,
    sequence: u64,
    fee: Fee,
) -> Result<AuthInfo, SendError> {
    let unusable = |error: cosmrs::ErrorReport| SendError::Key {
        reason: error.to_string(),
    };
    let public_key = public_key
        .map(|key| key.to_any())
        .transpose()
        .map_err(unusable)?;
    let single = mode_info::Single { mode: 1 };
    let info = SignerInfo {
        public_key,
        mode_info: Some(ModeInfo {
            sum: Some(mode_info::Sum::Single(single)),
        }),
        sequence,
    };
    Ok(AuthInfo {
        signer_infos: vec![info],
        fee: Some(fee),
        ..AuthInfo::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds that are computed anew must not make a second transaction of one wish.
    #[test]
    fn a_wish_is_one_intention_whatever_the_messages_say() {
        let send = |amount: u128| Message::Send {
            from: "a".to_string(),
            to: "b".to_string(),
            coins: vec![Coin::new(amount, "uatom")],
        };
        let draft = |amount: u128, wish: Option<&str>| {
            let mut draft = Draft::new("words", vec![send(amount)]);
            draft.wish = wish.map(str::to_string);
            draft.intention()
        };
        assert_eq!(draft(1, Some("w")), draft(2, Some("w")));
        assert_ne!(draft(1, Some("w")), draft(1, Some("v")));
        assert_ne!(draft(1, Some("w")), draft(1, None));
        assert_ne!(draft(1, None), draft(2, None));
        assert_eq!(draft(1, None), draft(1, None));
    }
}
