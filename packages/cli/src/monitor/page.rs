//! The text that Prometheus reads.

use super::metric::{Kind, Sample, Spec};
use super::names::ALL;

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Prometheus' own, version 0.0.4.
    Prometheus,
    /// OpenMetrics 1.0.0.
    OpenMetrics,
}

impl Format {
    /// What a reader that accepts this gets.
    pub fn of_accept(accept: &str) -> Self {
        match accept.contains("application/openmetrics-text") {
            true => Format::OpenMetrics,
            false => Format::Prometheus,
        }
    }

    /// Its name in HTTP.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
            Format::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }
}

/// All samples as text, each metric's together, in the order of [`ALL`].
pub fn render(samples: &[Sample], format: Format) -> String {
    let mut text = String::new();
    for spec in ALL {
        let mut own = samples
            .iter()
            .filter(|sample| sample.spec.name == spec.name)
            .peekable();
        if own.peek().is_none() {
            continue;
        }
        write_head(&mut text, spec, format);
        let name = spec.sample_name();
        for sample in own {
            let labels = render_labels(spec, &sample.labels);
            text += &format!("{name}{labels} {}\n", sample.value.0);
        }
    }
    if format == Format::OpenMetrics {
        text += "# EOF\n";
    }
    text
}

fn write_head(text: &mut String, spec: &Spec, format: Format) {
    let kind = match spec.kind {
        Kind::Gauge => "gauge",
        Kind::Counter => "counter",
    };
    // in Prometheus' own text a counter's family is named as its samples
    let name = match format {
        Format::Prometheus => spec.sample_name(),
        Format::OpenMetrics => spec.name.to_string(),
    };
    *text += &format!("# HELP {name} {}\n# TYPE {name} {kind}\n", spec.help);
    if !spec.unit.is_empty() && format == Format::OpenMetrics {
        *text += &format!("# UNIT {name} {}\n", spec.unit);
    }
}

fn render_labels(spec: &Spec, values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    let pairs: Vec<String> = spec
        .labels
        .iter()
        .zip(values)
        .map(|(name, value)| format!("{name}=\"{}\"", escape(value)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

fn escape(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::super::metric::Page;
    use super::super::names;
    use super::*;

    fn page() -> Page {
        let mut page = Page::default();
        page.set(&names::TRANSACTIONS, &["settle", "done"], 3u64);
        page.set(&names::WORTH, &["ua\"\\\nb"], 10u128.pow(24));
        page.set(&names::TRANSACTIONS, &["submit", "failed"], 1u64);
        page
    }

    #[test]
    fn prometheus_text_has_each_metric_together() {
        assert_eq!(
            render(&page().samples, Format::Prometheus),
            "\
# HELP defenders_vault_worth_tokens What the vault is worth, base units of the denom.
# TYPE defenders_vault_worth_tokens gauge
defenders_vault_worth_tokens{denom=\"ua\\\"\\\\\\nb\"} 1000000000000000000000000
# HELP defenders_keeper_transactions_total Transactions that ended, by what they were for and how.
# TYPE defenders_keeper_transactions_total counter
defenders_keeper_transactions_total{job=\"settle\",result=\"done\"} 3
defenders_keeper_transactions_total{job=\"submit\",result=\"failed\"} 1
"
        );
    }

    #[test]
    fn open_metrics_text_has_units_and_an_end() {
        let text = render(&page().samples, Format::OpenMetrics);
        assert!(text.contains("# UNIT defenders_vault_worth_tokens tokens\n"));
        assert!(text.contains("# TYPE defenders_keeper_transactions counter\n"));
        assert!(text.contains("\ndefenders_keeper_transactions_total{job="));
        assert!(text.ends_with("# EOF\n"));
        let accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
        assert_eq!(Format::of_accept(accept), Format::OpenMetrics);
        assert_eq!(Format::of_accept("*/*"), Format::Prometheus);
    }
}
