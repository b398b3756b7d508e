//! The share token's texts and its logo.

use cosmwasm_std::Addr;
use cw20::{EmbeddedLogo, Logo};

use crate::store::packed::{packed, Packed, Unread};
use crate::store::Item;

/// What the token says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marketing {
    /// A link.
    pub project: Option<String>,
    /// A text.
    pub description: Option<String>,
    /// Who may change all this. `None`: nobody any more.
    pub account: Option<Addr>,
}

/// Written by the instantiation, a new owner, and the marketing account.
pub const MARKETING: Item<Marketing> = Item::new("marketing");
/// Written by the marketing account; absent until then.
pub const LOGO: Item<Logo> = Item::new("logo");

packed! {
    Marketing { project, description, account }
}

/// Its number, then its link or its bytes.
impl Packed for Logo {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Url(url) => {
                to.push(0);
                url.write(to);
            }
            Self::Embedded(EmbeddedLogo::Svg(svg)) => {
                to.push(1);
                svg.write(to);
            }
            Self::Embedded(EmbeddedLogo::Png(png)) => {
                to.push(2);
                png.write(to);
            }
        }
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Url(Packed::read(from)),
            1 => Self::Embedded(EmbeddedLogo::Svg(Packed::read(from))),
            2 => Self::Embedded(EmbeddedLogo::Png(Packed::read(from))),
            _ => from.damaged(Self::Url(String::new())),
        }
    }
}
