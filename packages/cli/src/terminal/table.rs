//! Tables without frames that fit the terminal: names and addresses are shortened first, then
//! amounts get a larger unit.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, TableComponent};
use unicode_width::UnicodeWidthStr;

use super::amounts::Unit;
use super::count;
use super::screen::Screen;
use super::validators::{Labels, shorten_address, shorten_name};
use super::widths::Widths;

/// Columns between two columns.
const GAP: usize = 2;

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

    /// How many of `rows` rows to add; `usually` unless the user said another number. Says below how many more there
    /// are.
    pub fn note_rest(
        &mut self,
        rows: usize,
        usually: usize,
        screen: &Screen,
        (one, many): (&str, &str),
    ) -> usize {
        let shown = screen.top(rows, usually);
        if shown < rows {
            let more = count(rows - shown, one, many);
            self.note(format!("and {more} more; --top 0 shows all"));
        }
        shown
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
        let mut widths = match screen.is_full {
            true => Widths::ALL,
            false => Widths::USUAL,
        };
        loop {
            let cells = self.cells(labels, &unit, widths);
            let width = width_of(&cells);
            let is_wide = width > screen.width && !screen.is_full;
            if let (true, Some(narrower)) = (is_wide, widths.narrower()) {
                widths = narrower;
                continue;
            }
            // amounts below a unit get longer again
            let shorter = unit
                .larger()
                .filter(|larger| width_of(&self.cells(labels, larger, widths)) < width);
            match shorter {
                Some(larger) if is_wide => unit = larger,
                _ => return (draw(&cells, &self.alignment(labels)), unit),
            }
        }
    }

    /// Header and rows as they are shown.
    fn cells(&self, labels: &Labels, unit: &Unit, widths: Widths) -> Vec<Vec<String>> {
        let mut header = Vec::new();
        for column in &self.columns {
            if matches!(column, Column::Validator(_)) && labels.has_names() {
                header.push(format!("{} name", column.title()));
                header.push("operator".to_string());
            } else {
                header.push(column.title().to_string());
            }
        }
        let rows = self.rows.iter().map(|row| {
            let mut cells = Vec::new();
            for (column, cell) in self.columns.iter().zip(row) {
                match column {
                    Column::Validator(_) => {
                        if labels.has_names() {
                            let name = labels.name(cell).unwrap_or_default();
                            cells.push(shorten_name(name, widths.name));
                        }
                        cells.push(shorten_address(cell, widths.address));
                    }
                    Column::Amount(_) => cells.push(unit.show_signed(cell)),
                    Column::Words(_) => cells.push(shorten_name(cell, widths.words)),
                    Column::Number(_) => cells.push(cell.clone()),
                }
            }
            cells
        });
        [header].into_iter().chain(rows).collect()
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
        Screen::new(width, is_full, None, None)
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
