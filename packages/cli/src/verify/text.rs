//! The checks, for a terminal.

use defenders_client::verify::{Finding, Release, Report};

use crate::terminal::Screen;

/// A line each, what is found broken into lines below.
pub fn render(report: &Report, screen: &Screen) -> String {
    let title = format!(
        "{} on {}, height {}",
        report.vault, report.chain_id, report.height
    );
    let whole = |text: &str, begin: &str| {
        let options = textwrap::Options::new(screen.width)
            .initial_indent(begin)
            .subsequent_indent(begin)
            // names and addresses are whole
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    };
    let mut text = format!("{}\n", whole(&title, ""));
    if let Some(release) = &report.release {
        text += &format!("{}\n", whole(&tell_release(release), ""));
    }
    text.push('\n');
    for check in &report.checks {
        let word = match check.finding {
            Finding::Ok => "ok",
            Finding::NotOk => "not ok",
            Finding::CannotTell => "cannot tell",
        };
        let because = whole(&check.because, "             ");
        text += &format!("{word:<11}  {}\n{because}\n", check.what);
    }
    text + &format!("\n{}\n", screen.wrap(&report.tell_verdict()))
}

fn tell_release(release: &Release) -> String {
    let word = |text: &Option<String>| text.clone().unwrap_or("not told".to_string());
    format!(
        "held against {}: source {}, builder {}",
        release.checksums,
        word(&release.source),
        word(&release.builder)
    )
}
