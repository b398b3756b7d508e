//! The report as one web page that needs nothing else: pictures, each with its table.
//! Whole numbers only, so that the same report is the same bytes on every machine.

mod axis;
mod chain;
mod plot;
mod section;
mod style;
mod table;
mod turnover;
mod vault;
mod words;

#[cfg(test)]
mod tests;

use super::daily::Days;
use super::report::Report;
use crate::terminal::{Labels, Screen, Unit};
use section::Section;
use style::STYLE;

/// Most letters of an amount in a table, before a larger unit is taken.
const MOST_LETTERS: usize = 7;
/// The same beside an axis.
const MOST_BESIDE_AXIS: usize = 5;

/// What all parts of the page are made from.
pub struct Page<'a> {
    /// The numbers.
    pub report: &'a Report,
    /// The days.
    pub days: &'a Days,
    /// Names of validators.
    pub labels: Labels,
    /// Where sentences are told.
    pub screen: &'a Screen,
}

impl Page<'_> {
    /// The unit in which amounts up to the `largest` fit a table.
    pub fn unit(&self, largest: u128) -> Unit {
        self.short_unit(largest, MOST_LETTERS)
    }

    /// The unit in which amounts up to the `largest` fit beside an axis.
    pub fn axis_unit(&self, largest: u128) -> Unit {
        self.short_unit(largest, MOST_BESIDE_AXIS)
    }

    fn short_unit(&self, largest: u128, letters: usize) -> Unit {
        let mut unit = self.screen.unit.clone();
        while unit.show(largest).chars().count() > letters
            && let Some(larger) = unit.larger()
        {
            unit = larger;
        }
        unit
    }
}

/// The whole HTML file.
pub fn draw(report: &Report, days: &Days, screen: &Screen) -> String {
    let validators = report.validators.iter();
    let labels = Labels::new(validators.map(|row| (row.validator.as_str(), row.name.as_deref())));
    let page = Page {
        report,
        days,
        labels,
        screen,
    };
    let sections = [
        chain::power(&page),
        chain::ranks(&page),
        chain::levels(&page),
        vault::rate(&page),
        turnover::turnover(&page),
        turnover::locks(&page),
        vault::spread(&page),
        vault::spread_by_day(&page),
    ];
    let sections: String = sections.iter().map(Section::render).collect();
    let title = words::title(&page);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}\
         <div class=\"plots\">\n{sections}</div>\n{}</main>\n</body>\n</html>\n",
        words::head(&page),
        words::tail(&page),
    )
}

/// Text as HTML takes it, in elements and in attributes, which has no control characters.
pub fn escape(text: &str) -> String {
    super::picture::escape(text)
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// No line ends before a sign of percent.
pub fn keep_percents(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}
