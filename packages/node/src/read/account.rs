//! Accounts.

use crate::error::NodeError;
use crate::node::Node;
use crate::proto::Any;
use crate::proto::cosmos::auth::v1beta1::{
    BaseAccount, ModuleAccount, QueryAccountRequest, QueryAccountResponse,
    QueryModuleAccountByNameRequest, QueryModuleAccountByNameResponse,
};
use crate::proto::cosmos::vesting::v1beta1::{
    BaseVestingAccount, ContinuousVestingAccount, DelayedVestingAccount, PeriodicVestingAccount,
    PermanentLockedAccount,
};
use crate::proto::prost::Message;

/// What a signature needs of an account. Both numbers may be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Given once, when it first received something.
    pub number: u64,
    /// Transactions that it has sent.
    pub sequence: u64,
}

impl Node {
    /// An account; NodeError::NoAccount when the chain does not know it.
    pub fn account(&self, address: &str) -> Result<Account, NodeError> {
        self.account_with_height(address)
            .map(|(account, _)| account)
    }

    /// The same, with the height at which it was so.
    pub(crate) fn account_with_height(&self, address: &str) -> Result<(Account, u64), NodeError> {
        let request = QueryAccountRequest {
            address: address.to_string(),
        };
        let path = "/cosmos.auth.v1beta1.Query/Account";
        let unknown = || NodeError::NoAccount {
            address: address.to_string(),
            chain_id: self.chain_id().to_string(),
        };
        match self.query_with_height::<_, QueryAccountResponse>(path, &request, None) {
            Ok((answer, height)) => {
                let account = answer.account;
                let account = account.ok_or_else(|| self.missing(path, "the account"))?;
                let account = read(&account, address)?;
                Ok((account, height))
            }
            Err(error) if error.is_not_found() => Err(unknown()),
            Err(error) => Err(error),
        }
    }
}

impl Node {
    /// The address of a module's account, as `bonded_tokens_pool`.
    pub fn module_account(&self, name: &str) -> Result<String, NodeError> {
        let request = QueryModuleAccountByNameRequest {
            name: name.to_string(),
        };
        let path = "/cosmos.auth.v1beta1.Query/ModuleAccountByName";
        let answer: QueryModuleAccountByNameResponse = self.query(path, &request, None)?;
        let account = answer.account.unwrap_or_default();
        let base = ModuleAccount::decode(account.value.as_slice())
            .ok()
            .and_then(|account| account.base_account);
        base.map(|base| base.address).ok_or(NodeError::AccountType {
            address: name.to_string(),
            type_url: account.type_url,
        })
    }
}

/// The base account inside whatever the SDK wraps it in.
fn read(account: &Any, address: &str) -> Result<Account, NodeError> {
    let bytes = account.value.as_slice();
    let vesting =
        |vesting: Option<BaseVestingAccount>| vesting.and_then(|inner| inner.base_account);
    let base = match account.type_url.trim_start_matches('/') {
        "cosmos.auth.v1beta1.BaseAccount" => BaseAccount::decode(bytes).ok(),
        "cosmos.auth.v1beta1.ModuleAccount" => ModuleAccount::decode(bytes)
            .ok()
            .and_then(|account| account.base_account),
        "cosmos.vesting.v1beta1.BaseVestingAccount" => {
            vesting(BaseVestingAccount::decode(bytes).ok())
        }
        "cosmos.vesting.v1beta1.ContinuousVestingAccount" => vesting(
            ContinuousVestingAccount::decode(bytes)
                .ok()
                .and_then(|account| account.base_vesting_account),
        ),
        "cosmos.vesting.v1beta1.DelayedVestingAccount" => vesting(
            DelayedVestingAccount::decode(bytes)
                .ok()
                .and_then(|account| account.base_vesting_account),
        ),
        "cosmos.vesting.v1beta1.PeriodicVestingAccount" => vesting(
            PeriodicVestingAccount::decode(bytes)
                .ok()
                .and_then(|account| account.base_vesting_account),
        ),
        "cosmos.vesting.v1beta1.PermanentLockedAccount" => vesting(
            PermanentLockedAccount::decode(bytes)
                .ok()
                .and_then(|account| account.base_vesting_account),
        ),
        _ => None,
    };
    match base {
        Some(base) => Ok(Account {
            number: base.account_number,
            sequence: base.sequence,
        }),
        None => Err(NodeError::AccountType {
            address: address.to_string(),
            type_url: account.type_url.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> BaseAccount {
        BaseAccount {
            address: "a".into(),
            pub_key: None,
            account_number: 0,
            sequence: 7,
        }
    }

    fn vesting() -> Option<BaseVestingAccount> {
        Some(BaseVestingAccount {
            base_account: Some(base()),
            ..Default::default()
        })
    }

    fn any(name: &str, message: &impl Message) -> Any {
        Any {
            type_url: format!("/cosmos.{name}"),
            value: message.encode_to_vec(),
        }
    }

    /// Who had a vesting account could not send with programs that read base accounts only; and number 0 is one.
    #[test]
    fn lesson_12_every_account_of_the_sdk_is_read() {
        let all = [
            any("auth.v1beta1.BaseAccount", &base()),
            any(
                "auth.v1beta1.ModuleAccount",
                &ModuleAccount {
                    base_account: Some(base()),
                    ..Default::default()
                },
            ),
            any("vesting.v1beta1.BaseVestingAccount", &vesting().unwrap()),
            any(
                "vesting.v1beta1.ContinuousVestingAccount",
                &ContinuousVestingAccount {
                    base_vesting_account: vesting(),
                    start_time: 1,
                },
            ),
            any(
                "vesting.v1beta1.DelayedVestingAccount",
                &DelayedVestingAccount {
                    base_vesting_account: vesting(),
                },
            ),
            any(
                "vesting.v1beta1.PeriodicVestingAccount",
                &PeriodicVestingAccount {
                    base_vesting_account: vesting(),
                    ..Default::default()
                },
            ),
            any(
                "vesting.v1beta1.PermanentLockedAccount",
                &PermanentLockedAccount {
                    base_vesting_account: vesting(),
                },
            ),
        ];
        for account in all {
            assert_eq!(
                read(&account, "a"),
                Ok(Account {
                    number: 0,
                    sequence: 7
                }),
                "{}",
                account.type_url
            );
        }
    }

    #[test]
    fn lesson_12_an_account_of_another_kind_is_named() {
        let strange = Any {
            type_url: "/stride.vesting.StridePeriodicVestingAccount".into(),
            value: vec![],
        };
        let error = read(&strange, "stride1abc").unwrap_err().to_string();
        assert_eq!(
            error,
            "stride1abc is an account of type /stride.vesting.StridePeriodicVestingAccount, which this program cannot read"
        );
    }
}
