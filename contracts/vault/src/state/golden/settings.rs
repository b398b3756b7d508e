//! What people decide: configuration, and what waits to change it.

use cosmwasm_std::{Binary, Decimal};
use defenders_settings::{Pending, Schedule, SettingName, Subject};
use defenders_types::{
    AllocationPolicy, ListingGroupsInput, ListingInput, OwnContract, Parameters, PowerSource,
};

use super::{addr, n, Golden};
use crate::messages::upgrade::Upgrade;
use crate::state::changes::{Content, NewCode};
use crate::state::config::Config;
use crate::state::roles::PendingOwner;
use crate::state::shares::ShareDenom;

pub(super) fn config(golden: &mut Golden) {
    golden.pin(&PowerSource::Grpc, "00");
    golden.pin(&PowerSource::Stargate, "01");
    let attested = PowerSource::Attested {
        attester: Some("a".to_owned()),
    };
    golden.pin(&attested, "02 010161");
    let nobody = PowerSource::Attested { attester: None };
    golden.pin(&nobody, "04");
    golden.pin(&PowerSource::Rank { least_rank: 300 }, "03 02012c");
    let policy = AllocationPolicy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: None,
        bond_factor: None,
        operator_cap: Decimal::percent(20),
        hosting_cap: Decimal::percent(30),
        jurisdiction_cap: Decimal::percent(40),
        floor: Decimal::percent(25),
        max_commission_rate: Decimal::one(),
        max_commission_ceiling: None,
        commission_return_period: 9,
    };
    golden.pin(
        &policy,
        "010111 01010310 00 00 010211 010311 010411 011910 010112 00 0109",
    );
    let parameters = Parameters {
        minimum_seed: n(1),
        min_delegation: n(2),
        max_messages_per_deposit: 3,
        max_messages_per_piece: 4,
        max_messages_per_invest: 5,
        max_moves: 2,
        turnover_quality: Decimal::percent(1),
        turnover_emergency: Decimal::percent(2),
        harvest_page: 6,
        refresh_page: 7,
        batch_period: 8,
        profit_unlock_period: 9,
        harvest_period: 10,
        refresh_period: 11,
        book_max_age: 12,
        retry_after: 300,
    };
    golden.pin(
        &parameters,
        "0101 0102 0103 0104 0105 0102 010110 010210 0106 0107 0108 0109 010a 010b 010c 02012c",
    );
    let config = Config {
        owner: addr("o"),
        denom: "d".to_owned(),
        reward_pot: addr("p"),
        bonded_pool: addr("b"),
        power_source: PowerSource::Grpc,
        fee_recipient: addr("f"),
        performance_fee_rate: Decimal::percent(5),
        keeper_bounty_share: Decimal::zero(),
        seed_shares: n(256),
        policy,
        parameters,
        guardian: None,
        exit_slack: 9,
        share_denom: None,
    };
    golden.pin(
        &config,
        "01016f 010164 010170 010162 00 010166 010510 0000 020100 \
         010111 01010310 00 00 010211 010311 010411 011910 010112 00 0109 \
         0101 0102 0103 0104 0105 0102 010110 010210 0106 0107 0108 0109 010a 010b 010c 02012c 00 0109 00",
    );
    let share_denom = ShareDenom {
        denom: "s".to_owned(),
        message_prefix: "/m".to_owned(),
    };
    golden.pin(&share_denom, "010173 01022f6d");
    let pending = PendingOwner {
        owner: addr("o"),
        expires_at: 7,
    };
    golden.pin(&pending, "01016f 0107");
    changes(golden);
}

fn changes(golden: &mut Golden) {
    for (name, number) in SettingName::ALL.iter().zip(0..) {
        golden.pin(name, &format!("{number:02x}"));
    }
    let setting = Subject::Setting(SettingName::ChainShareCap);
    golden.pin(&setting, "00 01");
    golden.pin(&Subject::Listings(vec!["v".to_owned()]), "01 0101 010176");
    golden.pin(&Subject::Upgrade(OwnContract::Vault), "02 00");
    golden.pin(&Subject::Upgrade(OwnContract::RewardPot), "02 01");
    let pending = Pending {
        id: 1,
        subject: setting,
        scheduled_at: 2,
        exit_delay: 3,
    };
    golden.pin(&pending, "0101 00 01 0102 0103");
    let schedule = Schedule {
        next_id: 4,
        pending: vec![pending],
    };
    golden.pin(&schedule, "0104 0101 0101 00 01 0102 0103");
    golden.pin(&Content::Setting(Some("7".to_owned())), "00 01 010137");
    let groups = ListingGroupsInput {
        operator: Some("o".to_owned()),
        hosting: None,
        jurisdiction: None,
    };
    golden.pin(&groups, "01 01016f 00 00");
    let listing = ListingInput {
        validator: "v".to_owned(),
        name: Some("n".to_owned()),
        website: Some("w".to_owned()),
        contact: Some("c".to_owned()),
        reason: Some("r".to_owned()),
        groups: Some(groups),
        max_tokens: Some(7u128.into()),
        ends_at: Some(8),
    };
    let packed =
        "010176 01 01016e 01 010177 01 010163 01 010172 01 01 01016f 00 00 01 0107 01 0108";
    golden.pin(&listing, packed);
    golden.pin(
        &Content::Listings(vec![listing]),
        &format!("01 0101 {packed}"),
    );
    let new_code = NewCode {
        code_id: 1,
        checksum: "ab".to_owned(),
        msg: Binary::from(b"{}"),
    };
    golden.pin(&new_code, "0101 01026162 01027b7d");
    golden.pin(&Content::Upgrade(new_code), "02 0101 01026162 01027b7d");
    golden.pin(&OwnContract::Vault, "00");
    golden.pin(&OwnContract::RewardPot, "01");
    let upgrade = Upgrade {
        contract: OwnContract::RewardPot,
        name: "n".to_owned(),
        version: "1".to_owned(),
        totals: vec![7u128.into()],
    };
    golden.pin(&upgrade, "01 01016e 010131 0101 0107");
}
