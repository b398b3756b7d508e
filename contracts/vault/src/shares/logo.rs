//! What a logo may be.

use cw20::{EmbeddedLogo, Logo};

use super::error::SharesError;

/// Most bytes of an embedded logo.
const MOST: usize = 5 * 1024;
/// How every PNG begins.
const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// An embedded logo is small, and begins as its kind does. A link may be anything.
///
/// # Errors
/// [`SharesError::LogoTooBig`], [`SharesError::NoSvg`], [`SharesError::NoPng`].
pub fn ensure(logo: &Logo) -> Result<(), SharesError> {
    match logo {
        Logo::Url(_) => Ok(()),
        Logo::Embedded(EmbeddedLogo::Svg(svg)) => {
            if !has_xml_preamble(svg) {
                return Err(SharesError::NoSvg {});
            }
            ensure_small(svg)
        }
        Logo::Embedded(EmbeddedLogo::Png(png)) => {
            ensure_small(png)?;
            if !png.starts_with(&PNG) {
                return Err(SharesError::NoPng {});
            }
            Ok(())
        }
    }
}

fn has_xml_preamble(svg: &[u8]) -> bool {
    let first = svg.split_inclusive(|byte| *byte == b'>').next();
    first.is_some_and(|first| first.starts_with(b"<?xml ") && first.ends_with(b"?>"))
}

fn ensure_small(picture: &[u8]) -> Result<(), SharesError> {
    if picture.len() <= MOST {
        return Ok(());
    }
    Err(SharesError::LogoTooBig {
        most: MOST,
        got: picture.len(),
    })
}
