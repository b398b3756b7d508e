//! Everything beside `serde` with `#[cw_serde]` and `deny_unknown_fields`: what is read, what is refused,
//! and the bytes that are written.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{from_json, to_json_vec, Addr, Binary, Coin, Decimal, Timestamp, Uint128};
use defenders_json::{answer, message, read, write, FromJson, Json, ToJson};
use proptest::prelude::*;

/// The same items twice.
macro_rules! twins {
    ($($(#[$meta:meta])* $vis:vis $kind:ident $name:ident $body:tt)+) => {
        mod ours {
            use super::*;
            $( message! { $(#[$meta])* $vis $kind $name $body } )+
        }
        mod serdes {
            use super::*;
            $(
                #[cw_serde]
                #[serde(deny_unknown_fields)]
                $(#[$meta])*
                $vis $kind $name $body
            )+
        }
    };
}

twins! {
    pub enum Order {
        Bare,
        WithNothing {},
        WithTwoWords { amount: Uint128, to: Option<String> },
        Deep { inner: Option<Inner>, list: Vec<Inner>, small: Option<u8> },
        Wrapped(Inner),
    }

    pub struct Inner {
        pub a: u64,
        pub b: Option<bool>,
        pub c: Option<Decimal>,
        pub d: Option<u32>,
        pub e: Option<Timestamp>,
        pub f: Option<Binary>,
    }
}

answer! {
    struct Answer {
        text: String,
        numbers: Vec<u64>,
        coins: Vec<Coin>,
        rate: Option<Decimal>,
        at: Timestamp,
        data: Binary,
        account: Addr,
        yes: bool,
        what: Vec<What>,
    }
}

answer! {
    #[derive(Eq)]
    enum What {
        Nothing,
        Something { what: Option<u32>, why: String },
        Other {},
        One(Uint128),
    }
}

/// Names and values that are right, nearly right, and wrong.
fn text() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "bare",
        "with_nothing",
        "with_two_words",
        "withTwoWords",
        "WithNothing",
        "deep",
        "wrapped",
        "amount",
        "to",
        "inner",
        "list",
        "small",
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "x",
        "",
    ]);
    let scalar = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "1",
        "255",
        "256",
        "4294967295",
        "4294967296",
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "-0",
        "1.5",
        "1e3",
        "\"\"",
        "\"7\"",
        "\"+7\"",
        "\"-7\"",
        "\"0.5\"",
        "\"1.0000000000000000001\"",
        "\"340282366920938463463374607431768211455\"",
        "\"340282366920938463463374607431768211456\"",
        "\"bare\"",
        "\"with_nothing\"",
        "\"AQID\"",
        "\"AQI\"",
        "\"a\\u0000\\n\\\"b\"",
        "\"\u{e4}\u{1f600}\"",
        "{}",
        "[]",
    ]);
    let leaf = scalar.prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((name.clone(), inner), 0..4).prop_map(|fields| {
                let fields: Vec<_> = fields.iter().map(|(n, v)| format!("\"{n}\":{v}")).collect();
                format!("{{{}}}", fields.join(" , "))
            }),
        ]
    })
}

/// JSON that is of the right form but for one place now and then.
fn order() -> impl Strategy<Value = String> {
    let amount = prop::sample::select(vec!["\"7\"", "\"x\"", "7", "null"]);
    let to = prop::sample::select(vec![
        "",
        ",\"to\":null",
        ",\"to\":\"b\"",
        ",\"to\":1",
        ",\"too\":\"b\"",
        ",\"to\":\"b\",\"to\":\"c\"",
    ]);
    let inner = (
        prop::sample::select(vec!["1", "-1", "\"1\""]),
        prop::sample::select(vec![
            "",
            ",\"b\":true",
            ",\"b\":0",
            ",\"c\":\"0.25\"",
            ",\"c\":\"-1\"",
            ",\"d\":4294967296",
            ",\"e\":\"5\"",
            ",\"f\":\"AQID\"",
            ",\"f\":\"?\"",
            ",\"g\":1",
        ]),
    )
        .prop_map(|(a, rest)| format!("{{\"a\":{a}{rest}}}"));
    prop_oneof![
        (amount, to).prop_map(|(a, to)| format!("{{\"with_two_words\":{{\"amount\":{a}{to}}}}}")),
        inner.clone().prop_map(|i| format!("{{\"wrapped\":{i}}}")),
        (
            inner,
            prop::sample::select(vec!["", ",\"small\":255", ",\"small\":256"])
        )
            .prop_map(|(i, s)| format!("{{\"deep\":{{\"list\":[{i}],\"inner\":{i}{s}}}}}")),
        text(),
    ]
}

/// Reads the text both ways: the same value, written the same, or neither.
fn compare<O, S>(text: &str) -> Result<(), TestCaseError>
where
    O: FromJson
        + ToJson
        + serde::Serialize
        + serde::de::DeserializeOwned
        + PartialEq
        + std::fmt::Debug,
    S: serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug,
{
    let ours = from_json::<Json>(text)
        .ok()
        .and_then(|json| read::<O>(json).ok());
    let serdes = from_json::<S>(text).map_err(|error| error.to_string());
    prop_assert_eq!(ours.is_some(), serdes.is_ok(), "{}: {:?}", text, serdes);
    if let (Some(ours), Ok(serdes)) = (ours, serdes) {
        prop_assert_eq!(write(&ours), to_json_vec(&serdes).unwrap());
        prop_assert_eq!(to_json_vec(&ours).unwrap(), to_json_vec(&serdes).unwrap());
        prop_assert_eq!(&from_json::<O>(text).unwrap(), &ours);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_read_and_what_is_refused_is_the_same(text in order()) {
        compare::<ours::Order, serdes::Order>(&text)?;
        compare::<ours::Inner, serdes::Inner>(&text)?;
    }

    #[test]
    fn cw20_types_are_read_the_same(
        height in any::<u64>(), time in any::<u64>(), url in ".*", data in prop::collection::vec(any::<u8>(), 0..40)
    ) {
        use cw20::{EmbeddedLogo, Expiration, Logo};
        for expiration in [
            Expiration::AtHeight(height),
            Expiration::AtTime(Timestamp::from_nanos(time)),
            Expiration::Never {},
        ] {
            let text = to_json_vec(&expiration).unwrap();
            prop_assert_eq!(&write(&expiration), &text);
            prop_assert_eq!(read::<Expiration>(from_json(text).unwrap()), Ok(expiration));
        }
        let data = Binary::from(data);
        for logo in [
            Logo::Url(url),
            Logo::Embedded(EmbeddedLogo::Svg(data.clone())),
            Logo::Embedded(EmbeddedLogo::Png(data)),
        ] {
            let text = to_json_vec(&logo).unwrap();
            prop_assert_eq!(&write(&logo), &text);
            prop_assert_eq!(read::<Logo>(from_json(text).unwrap()), Ok(logo));
        }
    }

    #[test]
    fn the_bytes_that_are_written_are_the_same(
        text in any::<String>(), numbers in prop::collection::vec(any::<u64>(), 0..4),
        atomics in any::<u128>(), data in prop::collection::vec(any::<u8>(), 0..40), yes in any::<bool>(),
        control in prop::collection::vec(0_u8..128, 0..40), what in any::<Option<u32>>()
    ) {
        let control = String::from_utf8(control).unwrap();
        let answer = Answer {
            text: text.clone(),
            coins: numbers.iter().map(|amount| Coin::new(*amount, "ustake")).collect(),
            at: Timestamp::from_nanos(numbers.first().copied().unwrap_or_default()),
            rate: yes.then(|| Decimal::raw(atomics)),
            numbers,
            data: data.into(),
            account: Addr::unchecked(text),
            yes,
            what: vec![
                What::Nothing,
                What::Something { what, why: control },
                What::Other {},
                What::One(atomics.into()),
            ],
        };
        prop_assert_eq!(write(&answer), to_json_vec(&answer).unwrap());
    }
}

#[test]
fn cw20_answers_are_written_the_same() {
    use cw20::*;
    fn check(answer: &(impl ToJson + serde::Serialize)) {
        assert_eq!(write(answer), to_json_vec(answer).unwrap());
    }
    let expires = Expiration::AtHeight(7);
    check(&BalanceResponse {
        balance: Uint128::MAX,
    });
    check(&TokenInfoResponse {
        name: "a\"b".into(),
        symbol: "S".into(),
        decimals: 6,
        total_supply: Uint128::one(),
    });
    for cap in [None, Some(Uint128::one())] {
        check(&MinterResponse {
            minter: "m".into(),
            cap,
        });
    }
    check(&AllowanceResponse {
        allowance: Uint128::zero(),
        expires,
    });
    check(&AllAllowancesResponse {
        allowances: vec![AllowanceInfo {
            spender: "s".into(),
            allowance: Uint128::one(),
            expires,
        }],
    });
    check(&AllSpenderAllowancesResponse {
        allowances: vec![SpenderAllowanceInfo {
            owner: "o".into(),
            allowance: Uint128::one(),
            expires,
        }],
    });
    check(&AllAccountsResponse {
        accounts: vec!["a".into(), "b".into()],
    });
    for logo in [
        None,
        Some(LogoInfo::Embedded),
        Some(LogoInfo::Url("u".into())),
    ] {
        check(&MarketingInfoResponse {
            project: None,
            description: Some("d".into()),
            logo,
            marketing: Some(Addr::unchecked("m")),
        });
    }
    check(&DownloadLogoResponse {
        mime_type: "image/png".into(),
        data: Binary::from(b"x"),
    });
}
