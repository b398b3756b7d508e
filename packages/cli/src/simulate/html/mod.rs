//! The report as one web page that needs nothing else: pictures, each with its table.
//! Whole numbers only, so that the same report is the same bytes on every machine.

mod axis;
mod chain;
mod page;
mod plot;
mod section;
mod style;
mod table;
mod text;
mod turnover;
mod vault;
mod words;

#[cfg(test)]
mod tests;

use super::daily::Days;
use super::report::Report;
use crate::terminal::{Labels, Screen};
use page::Page;
use section::Section;
use style::STYLE;

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
