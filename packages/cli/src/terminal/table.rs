//! Tables without frames that fit the terminal: names and addresses are shortened first, then
//! amounts get a larger unit.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, TableComponent};
use unicode_width::UnicodeWidthStr;

use super::amounts::Unit;
use super::screen::Screen;
use super::validators::{ADDRESS_WIDTH, Labels, NAME_WIDTH, shorten_address, shorten_name};

/// Columns between two columns.
const GAP: usize = 2;
/// Narrower than that, names and addresses say nothing.
const LEAST_LABEL: usize = 10;

/// What stands in a column, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Words, to the left.
    Words(&'static str),
    /// Validators by operator address, to the left; their names in a column before.
    Validator(&'static str),
    /// Amounts as text of base units, to the right.
    Amount(&'static str),
    /// Other numbers, to the right.
    Number(&'static str),
}

impl Column {
    fn title(self) -> &'static str {
        match self {
            Column::Words(title)
            | Column::Validator(title)
            | Column::Amount(title)
            | Column::Number(title) => title,
        }
    }

    fn is_right(self) -> bool {
        matches!(self, Column::Amount(_) | Column::Number(_))
    }
}

/// A table to be shown.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    /// What is said below it.
    note: Option<String>,
}

impl Table {
    /// An empty one.
    pub fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
            note: None,
        }
    }

    /// One more row.
    pub fn add<const N: usize>(&mut self, row: [String; N]) {
        self.rows.push(row.into());
    }

    /// One more row of any length.
    pub fn add_all(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Says something below the rows.
    pub fn note(&mut self, note: String) {
        self.note = Some(note);
    }

    /// Whether there is a row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table under a title, which names the unit of its amounts.
    pub fn render(&self, title: &str, labels: &Labels, screen: &Screen) -> String {
        let (lines, unit) = self.fit(labels, screen);
        let has_amounts = self
            .columns
            .iter()
            .any(|it| matches!(it, Column::Amount(_)));
        let title = match has_amounts && !self.is_empty() {
            true => format!("{title}, {unit}"),
            false => title.to_string(),
        };
        let note = match &self.note {
            Some(note) => format!("{}\n", screen.wrap(note)),
            None => String::new(),
        };
        format!("\n{}\n{lines}\n{note}", screen.wrap(&title))
    }

    /// The lines of a table that fits, and the unit of its amounts.
    fn fit(&self, labels: &Labels, screen: &Screen) -> (String, Unit) {
        let mut unit = screen.unit.clone();
        let (mut name_width, mut address_width) = match screen.is_full {
            true => (usize::MAX, usize::MAX),
            false => (NAME_WIDTH, ADDRESS_WIDTH),
        };
        loop {
            let cells = self.cells(labels, &unit, name_width, address_width);
            let is_wide = width_of(&cells) > screen.width && !screen.is_full;
            if is_wide && name_width > LEAST_LABEL {
                name_width -= 1;
                address_width = address_width.min(name_width.max(LEAST_LABEL + 3));
            } else if let (true, Some(larger)) = (is_wide, unit.larger()) {
                unit = larger;
            } else {
                return (draw(&cells, &self.alignment(labels)), unit);
            }
        }
    }

    /// Header and rows as they are shown.
    fn cells(
        &self,
        labels: &Labels,
        unit: &Unit,
        name_width: usize,
        address_width: usize,
    ) -> Vec<Vec<String>> {
        let mut header = Vec::new();
        for column in &self.columns {
            if matches!(column, Column::Validator(_)) && labels.has_names() {
                header.push(format!("{} name", column.title()));
                header.push("operator".to_string());
            } else {
                header.push(column.title().to_string());
            }
        }
        let mut all = vec![header];
        for row in &self.rows {
            let mut cells = Vec::new();
            for (column, cell) in self.columns.iter().zip(row) {
                match column {
                    Column::Validator(_) => {
                        if labels.has_names() {
                            let name = labels.name(cell).unwrap_or_default();
                            cells.push(shorten_name(name, name_width));
                        }
                        cells.push(shorten_address(cell, address_width));
                    }
                    Column::Amount(_) => cells.push(unit.show_signed(cell)),
                    Column::Words(_) | Column::Number(_) => cells.push(cell.clone()),
                }
            }
            all.push(cells);
        }
        all
    }

    fn alignment(&self, labels: &Labels) -> Vec<CellAlignment> {
        let mut all = Vec::new();
        for column in &self.columns {
            let named = matches!(column, Column::Validator(_)) && labels.has_names();
            for _ in 0..1 + usize::from(named) {
                all.push(match column.is_right() {
                    true => CellAlignment::Right,
                    false => CellAlignment::Left,
                });
            }
        }
        all
    }
}

/// Columns of the terminal that these cells take.
fn width_of(cells: &[Vec<String>]) -> usize {
    let columns = cells.first().map_or(0, Vec::len);
    let widest = |column: usize| {
        let cells = cells.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    let sum: usize = (0..columns).map(widest).sum();
    sum + GAP * columns.saturating_sub(1)
}

fn draw(cells: &[Vec<String>], alignment: &[CellAlignment]) -> String {
    let mut table = comfy_table::Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─');
    let mut rows = cells.iter();
    if let Some(header) = rows.next() {
        table.set_header(header);
    }
    for row in rows {
        table.add_row(row);
    }
    let last = alignment.len().saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        // one more stands between columns
        let gap = if index == last { 0 } else { GAP - 1 };
        column.set_padding((0, u16::try_from(gap).unwrap_or_default()));
        if let Some(alignment) = alignment.get(index) {
            column.set_cell_alignment(*alignment);
        }
    }
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(width: usize, is_full: bool) -> Screen {
        Screen {
            width,
            is_full,
            top: None,
            unit: Unit::new(None, is_full),
        }
    }

    fn wide_table() -> Table {
        let columns = [
            Column::Validator("validator"),
            Column::Amount("before"),
            Column::Amount("after"),
            Column::Number("share"),
        ];
        let mut table = Table::new(&columns);
        for index in 0..3u128 {
            let operator = format!("evmosvaloper1{}{index}", "q".repeat(38));
            let amount = (10u128.pow(27) * (index + 1)).to_string();
            table.add([operator, amount.clone(), amount, "12.34 %".to_string()]);
        }
        table
    }

    fn widest(text: &str) -> usize {
        text.lines().map(UnicodeWidthStr::width).max().unwrap()
    }

    #[test]
    fn wide_tables_get_shorter_addresses_and_a_larger_unit() {
        let names = |operator: &str| {
            Labels::new([(operator, Some("日本のバリデータ 日本の 東京"))].into_iter())
        };
        let named = names(&format!("evmosvaloper1{}0", "q".repeat(38)));
        for labels in [Labels::default(), named] {
            for width in [60, 80, 120] {
                let text = wide_table().render("Gained", &labels, &screen(width, false));
                assert!(widest(&text) <= width, "{width}: {text}");
                assert!(text.contains("base units"), "{text}");
            }
        }
    }

    #[test]
    fn full_tables_lose_nothing() {
        let text = wide_table().render("Gained", &Labels::default(), &screen(80, true));
        assert!(text.contains(&format!("evmosvaloper1{}2", "q".repeat(38))));
        assert!(
            text.contains("3'000'000'000'000'000'000'000'000'000"),
            "{text}"
        );
        assert!(text.starts_with("\nGained, base units\n"), "{text}");
    }
}
