//! Who may replace the vault's code.
//!
//! Succeeds when the vault is the wasm admin of itself and of its pot, however it was deployed: then deposits are
//! open after the first refresh.
//!
//! Fails to take deposits while the chain shows anybody else.

use defenders_suite::chain::Tx;
use defenders_suite::{BLOCK, Deployment, SuiteBuilder, TOKEN};
use defenders_types::Job;

#[test]
fn every_deployment_ends_with_the_vault_as_admin_of_itself_and_of_its_pot() {
    for way in [
        Deployment::Predicted,
        Deployment::HandedOver,
        Deployment::ByFactory,
    ] {
        let mut suite = SuiteBuilder::base().deployed(way).build();
        let vault = Some(suite.vault.clone());
        assert_eq!(suite.chain.admin(&suite.vault), vault, "{way:?}");
        assert_eq!(suite.chain.admin(&suite.pot), vault, "{way:?}");
        assert!(suite.health().is_own_admin, "{way:?}");
        let alice = suite.user("alice");
        suite.deposit(&alice, TOKEN);
    }
}

#[test]
fn deposits_are_closed_until_a_refresh_finds_the_vault_to_be_its_own_admin() {
    let mut suite = SuiteBuilder::base().deployed(Deployment::Kept).build();
    let alice = suite.user_with("alice", TOKEN);
    let says = format!(
        "deposits are closed until a refresh finds {} to be wasm admin of itself and of its pot {}: \
         its admin names it by MsgUpdateAdmin",
        suite.vault, suite.pot
    );
    let refusal = suite.try_deposit(&alice, TOKEN).unwrap_err();
    assert!(refusal.says(&says), "{}", refusal.text);
    assert!(!suite.health().is_own_admin);

    let tx = Tx::UpdateAdmin {
        sender: suite.owner.clone(),
        contract: suite.vault.clone(),
        admin: suite.vault.clone(),
    };
    suite.tx(tx).unwrap();
    assert!(suite.try_deposit(&alice, TOKEN).is_err());
    let at = suite.job(Job::Refresh).next_at.unwrap();
    suite.advance(at - suite.now());
    suite.advance(BLOCK);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
    suite.try_deposit(&alice, TOKEN).unwrap();
    assert!(suite.health().is_own_admin);
}

#[test]
fn nobody_takes_the_code_from_the_vault() {
    let mut suite = SuiteBuilder::base().build();
    let owner = suite.owner.clone();
    for contract in [suite.vault.clone(), suite.pot.clone()] {
        let update = Tx::UpdateAdmin {
            sender: owner.clone(),
            contract: contract.clone(),
            admin: owner.clone(),
        };
        assert!(suite.tx(update).is_err());
        let migrate = Tx::Migrate {
            sender: owner.clone(),
            contract,
            code_id: 1,
            msg: "{}".into(),
        };
        assert!(suite.tx(migrate).is_err());
    }
}
