//! Messages of x/tokenfactory, drawn from what the model shows: right and wrong ones, by admins and strangers.

use cosmwasm_std::Addr;
use token_factory_sim::load_admin;
use wasmd_chain::denom::{DenomMetadata, DenomUnit, name};

use crate::model::ModelChain;
use crate::random::Random;
use crate::setting::DENOM;

/// What each account may call a denom of its own: one each, so that there are few to compare.
const SUBDENOMS: [&str; 4] = ["gold", "Gold/2", "s.i_l-v:3r", ""];
/// The unit that wallets show.
const DISPLAY: &str = "GOLD";

/// A message; amounts are digits, which may be of nothing.
#[derive(Clone, Debug)]
pub enum Deed {
    Create {
        subdenom: String,
    },
    Mint {
        denom: String,
        digits: String,
        to: String,
    },
    Burn {
        denom: String,
        digits: String,
        from: String,
    },
    ForceTransfer {
        denom: String,
        digits: String,
        from: String,
        to: String,
    },
    ChangeAdmin {
        denom: String,
        new_admin: String,
    },
    SetMetadata {
        metadata: DenomMetadata,
    },
}

impl Deed {
    /// Name of the message.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "MsgCreateDenom",
            Self::Mint { .. } => "MsgMint",
            Self::Burn { .. } => "MsgBurn",
            Self::ForceTransfer { .. } => "MsgForceTransfer",
            Self::ChangeAdmin { .. } => "MsgChangeAdmin",
            Self::SetMetadata { .. } => "MsgSetDenomMetadata",
        }
    }
}

/// A message and who sends it.
pub struct Drawn {
    /// Position among the delegators.
    pub who: usize,
    pub deed: Deed,
    /// Wrong by itself: refused before anything is known of its sender.
    pub is_flawed: bool,
}

/// Every denom that there may be.
pub fn denoms(accounts: &[Addr]) -> Vec<String> {
    let pairs = accounts.iter().zip(SUBDENOMS);
    pairs
        .map(|(account, sub)| name(account.as_str(), sub))
        .collect()
}

/// Draws one.
pub fn draw(random: &mut Random, chain: &ModelChain, accounts: &[Addr]) -> Drawn {
    let mut who = random.below(accounts.len() as u64) as usize;
    let names = denoms(accounts);
    let admin_of = |denom: &String| {
        let admin = load_admin(chain.app.storage(), denom).unwrap()?;
        Some((denom.clone(), admin))
    };
    let made: Vec<(String, String)> = names.iter().filter_map(admin_of).collect();
    let is_flawed = random.percent(10);
    if made.is_empty() || random.percent(12) {
        let subdenom = match is_flawed {
            true => random.pick(&["a b", "ä", &"x".repeat(45)]).to_owned(),
            false => SUBDENOMS[who].to_owned(),
        };
        let deed = Deed::Create { subdenom };
        return Drawn {
            who,
            deed,
            is_flawed,
        };
    }
    let (mut denom, admin) = random.pick(&made);
    let admin = accounts
        .iter()
        .position(|account| account.as_str() == admin);
    match random.below(20) {
        0 => denom = random.pick(&names), // perhaps one that is not there
        1..17 => who = admin.unwrap_or(who),
        _ => {}
    }
    let mut draw = Draw {
        random,
        chain,
        accounts,
        sender: &accounts[who],
        is_flawed,
    };
    let deed = match draw.random.below(100) {
        0..40 => draw.mint(denom),
        40..65 => draw.burn(denom),
        65..75 => draw.change_admin(denom),
        75..93 => draw.set_metadata(denom),
        _ => draw.force_transfer(denom),
    };
    Drawn {
        who,
        deed,
        is_flawed,
    }
}

struct Draw<'a> {
    random: &'a mut Random,
    chain: &'a ModelChain,
    accounts: &'a [Addr],
    sender: &'a Addr,
    is_flawed: bool,
}

impl Draw<'_> {
    fn mint(&mut self, denom: String) -> Deed {
        let digits = self.random.between(1, 1_000_000).to_string();
        let to = match self.random.below(10) {
            0..4 => String::new(),
            4 => self.capital(),
            5 => self.chain.distribution_address().into_string(), // receives nothing
            _ => self.anybody(),
        };
        let (denom, digits, to) = match (self.is_flawed, self.random.below(4)) {
            (false, _) => (denom, digits, to),
            (true, 0) => (denom, digits, "nobody".into()),
            (true, 1) => ("a b".into(), digits, to),
            (true, _) => (denom, self.random.pick(&["0", "-1"]).into(), to),
        };
        Deed::Mint { denom, digits, to }
    }

    /// A part, all, or one too many; mostly a mint where there is nothing.
    fn burn(&mut self, denom: String) -> Deed {
        let owned = self.chain.balance(self.sender, &denom).u128();
        if owned == 0 && self.random.percent(80) {
            return self.mint(denom);
        }
        let digits = match self.random.below(6) {
            0 => owned + 1,
            1 => owned.max(1),
            _ => (owned * u128::from(self.random.between(1, 99)) / 100).max(1),
        };
        let digits = digits.to_string();
        let from = match self.random.below(10) {
            0 => self.sender.to_string(),
            1 => self.anybody(),
            _ => String::new(),
        };
        let (digits, from) = match (self.is_flawed, self.random.below(2)) {
            (false, _) => (digits, from),
            (true, 0) => (digits, "nobody".into()),
            (true, _) => (self.random.pick(&["0", "-1"]).into(), from),
        };
        Deed::Burn {
            denom,
            digits,
            from,
        }
    }

    fn force_transfer(&mut self, denom: String) -> Deed {
        let digits = match self.is_flawed {
            true => "-1".into(),
            false => self.random.below(2).to_string(),
        };
        Deed::ForceTransfer {
            denom,
            digits,
            from: self.anybody(),
            to: self.anybody(),
        }
    }

    fn change_admin(&mut self, denom: String) -> Deed {
        let new_admin = match self.random.below(20) {
            0 => self.capital(), // nobody is called so: the denom has no admin from then on
            _ => self.anybody(),
        };
        let wrong = ["a b", DENOM, "fabric/a/b", "factory/nobody/gold"];
        let (denom, new_admin) = match (self.is_flawed, self.random.below(3)) {
            (false, _) => (denom, new_admin),
            (true, 0) => (denom, self.random.pick(&["", "nobody"]).into()),
            (true, _) => (self.random.pick(&wrong).into(), new_admin),
        };
        Deed::ChangeAdmin { denom, new_admin }
    }

    fn set_metadata(&mut self, denom: String) -> Deed {
        let unit = |denom: &str, exponent, aliases: &[&str]| DenomUnit {
            denom: denom.into(),
            exponent,
            aliases: aliases.iter().map(ToString::to_string).collect(),
        };
        let exponent = self.random.pick(&[6, 18]);
        let mut metadata = DenomMetadata {
            description: self.random.pick(&["", "It shines"]).into(),
            denom_units: vec![unit(&denom, 0, &["dust"]), unit(DISPLAY, exponent, &[])],
            display: self.random.pick(&[DISPLAY, &denom]).into(),
            base: denom,
            name: self.random.pick(&["Gold", "More gold"]).into(),
            symbol: self.random.pick(&["AU", "G"]).into(),
            uri: self.random.pick(&["", "https://example.org"]).into(),
            uri_hash: self.random.pick(&["", "00"]).into(),
        };
        if self.is_flawed {
            let units = &mut metadata.denom_units;
            match self.random.below(8) {
                0 => metadata.name = " ".into(),
                1 => metadata.symbol = String::new(),
                2 => metadata.base = DENOM.into(),
                3 => metadata.display = "SILVER".into(),
                4 => units.swap(0, 1),
                5 => units.push(unit(DISPLAY, exponent + 1, &[])),
                6 => units.push(unit("SILVER", exponent, &[])),
                _ => units.push(unit("SILVER", exponent + 1, &["ag", "ag"])),
            }
        }
        Deed::SetMetadata { metadata }
    }

    fn anybody(&mut self) -> String {
        self.random.pick(self.accounts).into_string()
    }

    /// Somebody's address in capital letters: bech32 takes it for the same.
    fn capital(&mut self) -> String {
        self.anybody().to_ascii_uppercase()
    }
}
