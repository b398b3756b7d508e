/// Declares a struct or an enum that is read by [`FromJson`](crate::FromJson), and so by `Deserialize`
/// as well. It has `ToJson`, and otherwise what `#[cw_serde]` gives: `Serialize`, `JsonSchema`, `Clone`,
/// `Debug` and `PartialEq`; variants are written in snake case.
///
/// Unknown fields are refused. With `grows` before a struct it may have more fields than are known, as an
/// answer of another contract or of the chain.
#[macro_export]
macro_rules! message {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty ),* $(,)?
        }
    ) => {
        $crate::message! { @declare
            #[serde(deny_unknown_fields)]
            $(#[$meta])*
            $vis struct $name { $( $(#[$field_meta])* $field_vis $field: $type, )* }
        }

        impl $crate::FromJson for $name {
            fn blank() -> Self {
                Self { $( $field: $crate::FromJson::blank(), )* }
            }

            fn read(json: $crate::Json, errors: &mut $crate::Errors) -> Self {
                $crate::message! { @fields json errors [Self] { $($field)* } }
            }
        }
    };

    (
        grows
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty ),* $(,)?
        }
    ) => {
        $crate::message! { @declare
            $(#[$meta])*
            $vis struct $name { $( $(#[$field_meta])* $field_vis $field: $type, )* }
        }

        impl $crate::FromJson for $name {
            fn blank() -> Self {
                Self { $( $field: $crate::FromJson::blank(), )* }
            }

            fn read(json: $crate::Json, errors: &mut $crate::Errors) -> Self {
                let mut fields = $crate::Fields::among(json, errors);
                Self { $( $field: fields.read(stringify!($field)), )* }
            }
        }
    };

    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident
                $({ $( $(#[$field_meta:meta])* $field:ident: $type:ty ),* $(,)? })?
                $(($inner:ty))?
            ),* $(,)?
        }
    ) => {
        $crate::message! { @declare
            #[serde(deny_unknown_fields, rename_all = "snake_case")]
            $(#[$meta])*
            $vis enum $name {
                $(
                    $(#[$variant_meta])*
                    $variant
                    $({ $( $(#[$field_meta])* $field: $type, )* })?
                    $(($inner))?,
                )*
            }
        }

        impl $crate::FromJson for $name {
            #[allow(unreachable_code, reason = "the first variant serves")]
            fn blank() -> Self {
                $( return $crate::message! { @blank $variant $({ $($field)* })? $(($inner))? }; )*
            }

            fn read(json: $crate::Json, errors: &mut $crate::Errors) -> Self {
                #[allow(unused_mut, reason = "variants without content")]
                let mut written = $crate::Variant::of(json, errors);
                $(
                    if written.is(stringify!($variant)) {
                        return $crate::message! {
                            @variant written errors $variant $({ $($field)* })? $(($inner))?
                        };
                    }
                )*
                written.is_none_of(&[$(stringify!($variant),)*], errors);
                Self::blank()
            }
        }
    };

    (@blank $variant:ident { $($field:ident)* }) => {
        Self::$variant { $( $field: $crate::FromJson::blank(), )* }
    };
    (@blank $variant:ident ($inner:ty)) => { Self::$variant(<$inner as $crate::FromJson>::blank()) };
    (@blank $variant:ident) => { Self::$variant };

    (@variant $written:ident $errors:ident $variant:ident { $($field:ident)* }) => {{
        $crate::message! { @fields $written $errors [Self::$variant] { $($field)* } }
    }};
    (@variant $written:ident $errors:ident $variant:ident ($inner:ty)) => {
        Self::$variant(<$inner as $crate::FromJson>::read($written.take_body($errors), $errors))
    };
    (@variant $written:ident $errors:ident $variant:ident) => {{
        $written.ensure_bare($errors);
        Self::$variant
    }};

    (@fields $json:ident $errors:ident [$($made:tt)+] {}) => {{
        $json.take_fields(&[], $errors);
        $($made)+ {}
    }};
    (@fields $json:ident $errors:ident [$($made:tt)+] $fields:tt) => {{
        let mut fields = $json.take_fields(&$crate::message! { @names $fields }, $errors);
        $crate::message! { @made fields [$($made)+] $fields }
    }};
    (@names { $($field:ident)+ }) => { [$(stringify!($field)),+] };
    (@made $from:ident [$($made:tt)+] { $($field:ident)+ }) => {
        $crate::message! { @literal [$($made)+] $( $field: $from.read(stringify!($field)), )+ }
    };
    (@literal [$($made:tt)+] $($content:tt)*) => { $($made)+ { $($content)* } };

    (@declare $(#[$meta:meta])* $vis:vis $kind:ident $name:ident $body:tt) => {
        #[derive(
            $crate::export::serde::Serialize,
            $crate::export::cosmwasm_schema::schemars::JsonSchema,
            Clone, Debug, PartialEq,
        )]
        #[allow(clippy::derive_partial_eq_without_eq)]
        #[serde(crate = "::defenders_json::export::serde")]
        #[schemars(crate = "::defenders_json::export::cosmwasm_schema::schemars")]
        $(#[$meta])*
        $vis $kind $name $body

        $crate::writable! { $kind $name $body }

        impl<'de> $crate::export::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::export::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let json = <$crate::Json as $crate::export::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                $crate::read(json).map_err(<D::Error as $crate::export::serde::de::Error>::custom)
            }
        }
    };
}

/// Declares structs and enums that are answered: as `#[cw_serde]`, and [`ToJson`](crate::ToJson).
#[macro_export]
macro_rules! answer {
    ($(#[$meta:meta])* $vis:vis $kind:ident $name:ident $body:tt) => {
        #[$crate::export::cosmwasm_schema::cw_serde(crate = "::defenders_json::export::cosmwasm_schema")]
        $(#[$meta])*
        $vis $kind $name $body

        $crate::writable! { $kind $name $body }
    };
}

/// Implements [`ToJson`](crate::ToJson).
#[doc(hidden)]
#[macro_export]
macro_rules! writable {
    (struct $name:ident {
        $( $(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty ),* $(,)?
    }) => {
        impl $crate::ToJson for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $crate::write_object(out, &[$(stringify!($field)),*], &[$($field),*]);
            }
        }
    };
    (enum $name:ident {
        $(
            $(#[$variant_meta:meta])*
            $variant:ident
            $({ $( $(#[$field_meta:meta])* $field:ident: $type:ty ),* $(,)? })?
            $(($inner:ty))?
        ),* $(,)?
    }) => {
        impl $crate::ToJson for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let name = match self {
                    $( Self::$variant { .. } => stringify!($variant), )*
                };
                $( $crate::writable! {
                    @variant self out name $variant $({ $($field)* })? $(($inner))?
                } )*
                $crate::write_bare_variant(out, name);
            }
        }
    };
    (@variant $self:ident $out:ident $name:ident $variant:ident { $($field:ident)* }) => {
        if let Self::$variant { $($field),* } = $self {
            return $crate::write_variant(
                $out,
                $name,
                &$crate::Object(&[$(stringify!($field)),*], &[$($field),*]),
            );
        }
    };
    (@variant $self:ident $out:ident $name:ident $variant:ident ($inner:ty)) => {
        if let Self::$variant(content) = $self {
            return $crate::write_variant($out, $name, content);
        }
    };
    // without content: only its name is written
    (@variant $self:ident $out:ident $name:ident $variant:ident) => {};
}
