//! Settings as a person writes them.

use defenders_settings::{
    Moment, SettingName, SettingValue, Unit, compute_changed, ensure_in_bounds,
};
use defenders_types::{ExecuteMsg, SettingInput};

use super::scope::Scope;
use crate::input::numbers::{parse_share, parse_tokens};
use crate::input::{InputError, Json, Node, Object, hint};
use crate::proposal::read_account;

/// Most settings of a message.
const MOST: usize = 20;
/// What the field of the act `fee` sets.
const FEE: [(&str, &str); 3] = [
    ("rate", "performance_fee_rate"),
    ("bounty", "keeper_bounty_share"),
    ("recipient", "fee_recipient"),
];

/// The message.
pub fn propose(settings: Vec<SettingInput>, scope: &Scope) -> ExecuteMsg {
    ExecuteMsg::ProposeSettings {
        settings,
        valid_until: Some(scope.valid_until),
    }
}

/// Reads the object `set`: names with values.
pub fn read_all(node: Node, scope: &mut Scope) -> Result<Vec<SettingInput>, InputError> {
    let number = node.wrong("1 to 20 settings");
    let fields = node.fields()?;
    if fields.is_empty() || fields.len() > MOST {
        return Err(number);
    }
    let fields = fields.into_iter();
    fields
        .map(|(name, node)| read_value(&name, &node, scope))
        .collect()
}

/// Reads what the act `fee` says, at least one thing.
pub fn read_fee(mut act: Object, scope: &mut Scope) -> Result<Vec<SettingInput>, InputError> {
    let mut settings = Vec::new();
    for (field, name) in FEE {
        if let Some(node) = act.optional(field) {
            settings.push(read_value(name, &node, scope)?);
        }
    }
    match settings.is_empty() {
        true => Err(act.missing("rate, bounty or recipient")),
        false => Ok(settings),
    }
}

/// Reads the value of a setting, and judges it as the vault does.
pub fn read_value(name: &str, node: &Node, scope: &mut Scope) -> Result<SettingInput, InputError> {
    let Some(setting) = SettingName::find(name) else {
        let names = SettingName::ALL.iter().map(|setting| setting.text());
        return Err(InputError::Misnamed {
            path: node.path().to_string(),
            kind: "setting",
            name: name.to_string(),
            hint: hint(name, names),
        });
    };
    scope.name_setting(node, name)?;
    let text = read_text(setting, node, scope)?;
    let refused = |error: defenders_settings::SettingsError| node.impossible(error.to_string());
    let value = SettingValue::parse(setting, text.as_deref()).map_err(refused)?;
    ensure_in_bounds(setting, &value, Moment::Change).map_err(refused)?;
    if let Some(settings) = &scope.context.settings {
        // what is placed is not known here, so that bound is left to the vault
        compute_changed(settings, setting, value.clone(), u128::MAX).map_err(refused)?;
    }
    Ok(SettingInput {
        name: name.to_string(),
        value: value.tell(setting.row().unit),
    })
}

/// The value as a text; null is none.
fn read_text(
    setting: SettingName,
    node: &Node,
    scope: &Scope,
) -> Result<Option<String>, InputError> {
    if *node.json() == Json::Null {
        return Ok(None);
    }
    let whole = |expected| match node.json() {
        Json::Number(_) => Ok(node.count()?.to_string()),
        _ => node.text(expected, |text| parse_tokens(text).map(|it| it.to_string())),
    };
    let text = match setting.row().unit {
        Unit::Share | Unit::Factor => node.text(
            "a decimal number in quotes, as \"0.05\" for 5 %, with at most 18 places",
            |text| parse_share(text).map(|_| text.to_string()),
        )?,
        Unit::Seconds => whole("whole seconds, as 86400 for a day")?,
        Unit::Count => whole("a whole number")?,
        Unit::Tokens => node.tokens()?.to_string(),
        Unit::Account => read_account(&scope.prefix, node)?,
        Unit::Source => read_source(node, scope)?,
    };
    Ok(Some(text))
}

/// An attester is an account.
fn read_source(node: &Node, scope: &Scope) -> Result<String, InputError> {
    let text = node.name()?;
    if let Some(attester) = text.strip_prefix("attested:") {
        let attester = Node::at(node.path().to_string(), Json::Text(attester.to_string()));
        read_account(&scope.prefix, &attester)?;
    }
    Ok(text)
}
