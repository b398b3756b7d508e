//! Types of the `cw20` crate.

use ::cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceInfo,
    AllowanceResponse, BalanceResponse, DownloadLogoResponse, EmbeddedLogo, Expiration, Logo,
    LogoInfo, MarketingInfoResponse, MinterResponse, SpenderAllowanceInfo, TokenInfoResponse,
};
use cosmwasm_std::{Binary, Timestamp};

use crate::{
    write_bare_variant, write_object, write_variant, Errors, FromJson, Json, Object, ToJson,
    Variant,
};

impl FromJson for Expiration {
    fn blank() -> Self {
        Self::Never {}
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        let mut written = Variant::of(json, errors);
        if written.is("AtHeight") {
            Self::AtHeight(u64::read(written.take_body(errors), errors))
        } else if written.is("AtTime") {
            Self::AtTime(Timestamp::read(written.take_body(errors), errors))
        } else if written.is("Never") {
            written.take_fields(&[], errors);
            Self::Never {}
        } else {
            written.is_none_of(&["AtHeight", "AtTime", "Never"], errors);
            Self::blank()
        }
    }
}

impl FromJson for Logo {
    fn blank() -> Self {
        Self::Url(String::new())
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        let mut written = Variant::of(json, errors);
        if written.is("Url") {
            Self::Url(String::read(written.take_body(errors), errors))
        } else if written.is("Embedded") {
            Self::Embedded(EmbeddedLogo::read(written.take_body(errors), errors))
        } else {
            written.is_none_of(&["Url", "Embedded"], errors);
            Self::blank()
        }
    }
}

impl FromJson for EmbeddedLogo {
    fn blank() -> Self {
        Self::Svg(Binary::default())
    }

    fn read(json: Json, errors: &mut Errors) -> Self {
        let mut written = Variant::of(json, errors);
        if written.is("Svg") {
            Self::Svg(Binary::read(written.take_body(errors), errors))
        } else if written.is("Png") {
            Self::Png(Binary::read(written.take_body(errors), errors))
        } else {
            written.is_none_of(&["Svg", "Png"], errors);
            Self::blank()
        }
    }
}

impl ToJson for Expiration {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::AtHeight(height) => write_variant(out, "AtHeight", height),
            Self::AtTime(time) => write_variant(out, "AtTime", time),
            Self::Never {} => write_variant(out, "Never", &Object(&[], &[])),
        }
    }
}

impl ToJson for Logo {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Url(url) => write_variant(out, "Url", url),
            Self::Embedded(logo) => write_variant(out, "Embedded", logo),
        }
    }
}

impl ToJson for EmbeddedLogo {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Svg(data) => write_variant(out, "Svg", data),
            Self::Png(data) => write_variant(out, "Png", data),
        }
    }
}

impl ToJson for LogoInfo {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Url(url) => write_variant(out, "Url", url),
            Self::Embedded => write_bare_variant(out, "Embedded"),
        }
    }
}

macro_rules! written {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl ToJson for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                write_object(out, &[$(stringify!($field)),+], &[$($field),+]);
            }
        }
    )+};
}

written! {
    BalanceResponse { balance }
    TokenInfoResponse { name, symbol, decimals, total_supply }
    MinterResponse { minter, cap }
    AllowanceResponse { allowance, expires }
    AllowanceInfo { spender, allowance, expires }
    SpenderAllowanceInfo { owner, allowance, expires }
    AllAllowancesResponse { allowances }
    AllSpenderAllowancesResponse { allowances }
    AllAccountsResponse { accounts }
    MarketingInfoResponse { project, description, logo, marketing }
    DownloadLogoResponse { mime_type, data }
}
