//! ICS-20 transfers over a channel from the chain to itself, relayed by ordinary transactions.
//!
//! The chain's `09-localhost` client is always there, its connection open, and takes as a proof that
//! which needs none: everything else is the way of any channel. A coin sent from one end is kept there
//! and is a voucher, `ibc/…`, at the other; the voucher sent back from there is the coin again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use crate::answer::{from_hex, malformed, text};
use crate::chain::Chain;
use crate::coin::{Coin, one_to_json};
use crate::error::Outcome;
use crate::msg::to_value;
use crate::tx::{Event, Receipt, Tx};

const CONNECTION: &str = "connection-localhost";
const PORT: &str = "transfer";
const VERSION: &str = "ics20-1";

/// Base64 of the one byte that the client takes as any proof.
const PROOF: &str = "AQ==";

/// A packet sent with [`Chain::transfer`] is good for an hour.
const TIMEOUT_SECONDS: u64 = 3_600;

/// An open channel of x/transfer from the chain to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loopback {
    /// The end that was opened first, such as `channel-0`.
    pub here: String,
    /// Its other end.
    pub there: String,
}

/// What a channel carries, until it is relayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    fields: Value,
}

/// What became of a packet.
#[derive(Clone, Debug, PartialEq)]
pub struct Relayed {
    /// The transaction in which the other end received it.
    pub received: Receipt,
    /// What that end answered: `result` or `error`.
    pub acknowledgement: Value,
    /// The transaction that told the sender's end, which gives the coins back after an error.
    pub acknowledged: Receipt,
}

impl Relayed {
    /// The coins arrived.
    pub fn is_arrived(&self) -> bool {
        self.acknowledgement.get("result").is_some()
    }
}

/// `MsgTransfer` out of this end of a channel, to a receiver at its other; void from a Unix time on.
pub fn transfer(
    channel: &str,
    sender: &str,
    receiver: &str,
    token: &Coin,
    memo: &str,
    timeout_seconds: u64,
) -> Value {
    json!({
        "@type": "/ibc.applications.transfer.v1.MsgTransfer",
        "source_port": PORT,
        "source_channel": channel,
        "token": one_to_json(token),
        "sender": sender,
        "receiver": receiver,
        "timeout_height": {},
        "timeout_timestamp": nanoseconds(timeout_seconds),
        "memo": memo,
    })
}

/// The memo of a transfer that calls a contract, which must be its receiver, with what it brings; where
/// the chain's `memo_calls` are on.
pub fn memo_call(contract: &str, msg: &impl Serialize) -> Outcome<String> {
    let call = json!({"contract": contract, "msg": to_value(msg)?});
    Ok(json!({"wasm": call}).to_string())
}

impl Receipt {
    /// The packets that the transaction sent, of contracts too.
    pub fn packets(&self) -> Outcome<Vec<Packet>> {
        self.events_of("send_packet").map(packet).collect()
    }
}

impl Chain {
    /// Opens a channel of x/transfer from the chain to itself, in three blocks.
    pub fn open_loopback(&mut self, signer: &str) -> Outcome<Loopback> {
        let address = self.account(signer)?;
        let init = json!({
            "@type": "/ibc.core.channel.v1.MsgChannelOpenInit",
            "port_id": PORT,
            "channel": channel("STATE_INIT", ""),
            "signer": address,
        });
        let here = self.opened(signer, init)?;
        let begin_there = json!({
            "@type": "/ibc.core.channel.v1.MsgChannelOpenTry",
            "port_id": PORT,
            "channel": channel("STATE_TRYOPEN", &here),
            "counterparty_version": VERSION,
            "proof_init": PROOF,
            "proof_height": any_height(),
            "signer": address,
        });
        let there = self.opened(signer, begin_there)?;
        let ack = json!({
            "@type": "/ibc.core.channel.v1.MsgChannelOpenAck",
            "port_id": PORT,
            "channel_id": here,
            "counterparty_channel_id": there,
            "counterparty_version": VERSION,
            "proof_try": PROOF,
            "proof_height": any_height(),
            "signer": address,
        });
        let confirm = json!({
            "@type": "/ibc.core.channel.v1.MsgChannelOpenConfirm",
            "port_id": PORT,
            "channel_id": there,
            "proof_ack": PROOF,
            "proof_height": any_height(),
            "signer": address,
        });
        self.tx(Tx::new(signer, [ack, confirm]))?;
        Ok(Loopback { here, there })
    }

    fn opened(&mut self, signer: &str, msg: Value) -> Outcome<String> {
        let receipt = self.tx(Tx::new(signer, [msg]))?;
        let response = receipt.responses.first().unwrap_or(&Value::Null);
        text(&response["channel_id"])
    }

    /// Sends coins of a named account out of this end of a channel, in a block of its own. They arrive
    /// when the packet is relayed.
    pub fn transfer(
        &mut self,
        sender: &str,
        channel: &str,
        receiver: &str,
        token: &Coin,
        memo: &str,
    ) -> Outcome<Packet> {
        let address = self.account(sender)?;
        let timeout = self.time_seconds().saturating_add(TIMEOUT_SECONDS);
        let msg = transfer(channel, &address, receiver, token, memo, timeout);
        let sent = self.tx(Tx::new(sender, [msg]))?.packets()?;
        let first = sent.into_iter().next();
        first.ok_or_else(|| malformed("packet sent", &Value::Null))
    }

    /// Brings a packet to its other end and the answer back, in a block each. An answer that is an error
    /// is no error here: [`Relayed::is_arrived`] tells.
    pub fn relay(&mut self, signer: &str, packet: &Packet) -> Outcome<Relayed> {
        let address = self.account(signer)?;
        let receive = json!({
            "@type": "/ibc.core.channel.v1.MsgRecvPacket",
            "packet": packet.fields,
            "proof_commitment": PROOF,
            "proof_height": any_height(),
            "signer": address,
        });
        let received = self.tx(Tx::new(signer, [receive]))?;
        let written = received.events_of("write_acknowledgement").next();
        let written = written.ok_or_else(|| malformed("answer to a packet", &Value::Null))?;
        let answer = bytes(written, "packet_ack_hex")?;
        let acknowledge = json!({
            "@type": "/ibc.core.channel.v1.MsgAcknowledgement",
            "packet": packet.fields,
            "acknowledgement": STANDARD.encode(&answer),
            "proof_acked": PROOF,
            "proof_height": any_height(),
            "signer": address,
        });
        let acknowledged = self.tx(Tx::new(signer, [acknowledge]))?;
        let acknowledgement = serde_json::from_slice(&answer)
            .map_err(|_| malformed("acknowledgement in JSON", &json!(answer)))?;
        Ok(Relayed {
            received,
            acknowledgement,
            acknowledged,
        })
    }

    /// Tells the sender's end that a packet came too late to be received: the coins go back.
    pub fn time_out(&mut self, signer: &str, packet: &Packet) -> Outcome<Receipt> {
        let msg = json!({
            "@type": "/ibc.core.channel.v1.MsgTimeout",
            "packet": packet.fields,
            "proof_unreceived": PROOF,
            "proof_height": any_height(),
            "next_sequence_recv": "1",
            "signer": self.account(signer)?,
        });
        self.tx(Tx::new(signer, [msg]))
    }

    /// The denom that coins have once they came in at this end of a channel: `ibc/` and a hash. None of
    /// them may have come yet: then the chain does not know it (`query_failed`).
    pub fn voucher(&self, channel: &str, denom: &str) -> Outcome<String> {
        let request = json!({"trace": format!("{PORT}/{channel}/{denom}")});
        let told = self.query("/ibc.applications.transfer.v1.Query/DenomHash", request)?;
        Ok(format!("ibc/{}", text(&told["hash"])?))
    }

    /// The account that calls contracts for a sender whose transfers arrive at this end of a channel.
    pub fn memo_caller(&self, channel: &str, sender: &str) -> Outcome<String> {
        let callers = json!([{"channel": channel, "sender": sender}]);
        let request = json!({"op": "addresses", "names": [], "callers": callers});
        text(&self.program().ask(&request)?["callers"][0])
    }

    /// The account that keeps what went out at this end of a channel.
    pub fn escrow(&self, channel: &str) -> Outcome<String> {
        let request = json!({"port_id": PORT, "channel_id": channel});
        let told = self.query("/ibc.applications.transfer.v1.Query/EscrowAddress", request)?;
        text(&told["escrow_address"])
    }
}

fn channel(state: &str, other_end: &str) -> Value {
    json!({
        "state": state,
        "ordering": "ORDER_UNORDERED",
        "counterparty": {"port_id": PORT, "channel_id": other_end},
        "connection_hops": [CONNECTION],
        "version": VERSION,
    })
}

/// Of a proof: the client looks into the present state, whatever this says.
fn any_height() -> Value {
    json!({"revision_number": "0", "revision_height": "1"})
}

fn nanoseconds(seconds: u64) -> String {
    format!("{seconds}000000000")
}

fn packet(sent: &Event) -> Outcome<Packet> {
    let field = |key| text(&json!(sent.attribute(key)));
    let height = field("packet_timeout_height")?;
    let (revision, height) = height
        .split_once('-')
        .ok_or_else(|| malformed("height", &json!(height)))?;
    let fields = json!({
        "sequence": field("packet_sequence")?,
        "source_port": field("packet_src_port")?,
        "source_channel": field("packet_src_channel")?,
        "destination_port": field("packet_dst_port")?,
        "destination_channel": field("packet_dst_channel")?,
        "data": STANDARD.encode(bytes(sent, "packet_data_hex")?),
        "timeout_height": {"revision_number": revision, "revision_height": height},
        "timeout_timestamp": field("packet_timeout_timestamp")?,
    });
    Ok(Packet { fields })
}

/// An attribute in hexadecimal.
fn bytes(event: &Event, key: &str) -> Outcome<Vec<u8>> {
    from_hex(&json!(event.attribute(key)))
}
