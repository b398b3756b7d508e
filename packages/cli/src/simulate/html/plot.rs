//! A picture with two axes, as SVG inside the page. It is as wide as there is place: coordinates are
//! tenths of the units of its `viewBox`.

use super::axis::Axis;
use super::text::escape;

/// The whole picture.
const WIDTH: u128 = 400;
const HEIGHT: u128 = 250;
/// Around the place for values.
const LEFT: u128 = 60;
const RIGHT: u128 = 12;
const TOP: u128 = 28;
const BOTTOM: u128 = 40;
/// Tenths of the place for values.
const ACROSS: u128 = (WIDTH - LEFT - RIGHT) * 10;
const UP: u128 = (HEIGHT - TOP - BOTTOM) * 10;

/// What is written beside the axes.
pub struct Names<'a> {
    /// What the picture shows, for who does not see it.
    pub told: &'a str,
    /// Below: what the values across are, and their unit.
    pub across: &'a str,
    /// Above: what the values upward are, and their unit.
    pub upward: &'a str,
}

/// A picture in the making.
pub struct Plot {
    x: Axis,
    y: Axis,
    body: String,
}

impl Plot {
    /// An empty one.
    pub fn new(x: Axis, y: Axis) -> Self {
        Self {
            x,
            y,
            body: String::new(),
        }
    }

    fn x(&self, value: u128) -> String {
        tenths(LEFT * 10 + self.x.place(value, ACROSS))
    }

    fn y(&self, value: u128) -> String {
        tenths(TOP * 10 + UP - self.y.place(value, UP))
    }

    /// A line through these points; one alone is a dot.
    pub fn line(&mut self, class: &str, points: &[(u128, u128)]) {
        match points {
            [] => {}
            [(x, y)] => {
                let (x, y) = (self.x(*x), self.y(*y));
                self.body +=
                    &format!("<circle class=\"dot {class}\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>\n");
            }
            points => {
                let points = points.iter();
                let points = points.map(|(x, y)| format!("{},{}", self.x(*x), self.y(*y)));
                let points = points.collect::<Vec<_>>().join(" ");
                self.body += &format!("<polyline class=\"line {class}\" points=\"{points}\"/>\n");
            }
        }
    }

    /// A bar between two values across and two upward. Something is never nothing.
    pub fn bar(&mut self, class: &str, across: (u128, u128), upward: (u128, u128)) {
        if upward.1 <= upward.0 {
            return;
        }
        let left = self.x.place(across.0, ACROSS);
        let width = self.x.place(across.1, ACROSS).saturating_sub(left).max(1);
        let bottom = self.y.place(upward.0, UP);
        let height = self.y.place(upward.1, UP).saturating_sub(bottom).max(5);
        let top = (TOP * 10 + UP).saturating_sub(bottom + height);
        self.body += &format!(
            "<rect class=\"bar {class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
            tenths(LEFT * 10 + left),
            tenths(top),
            tenths(width),
            tenths(height),
        );
    }

    /// A short level line between two values across.
    pub fn mark(&mut self, class: &str, across: (u128, u128), upward: u128) {
        let points = [(across.0, upward), (across.1, upward)];
        self.line(class, &points);
    }

    /// A level line all across, with a name.
    pub fn limit(&mut self, upward: u128, name: &str) {
        let y = self.y(upward);
        let above = tenths((TOP * 10 + UP - self.y.place(upward, UP)).saturating_sub(30));
        self.body += &format!(
            "<path class=\"limit\" d=\"M{LEFT} {y}H{}\"/>\n\
             <text class=\"limit-name\" x=\"{}\" y=\"{above}\" text-anchor=\"end\">{}</text>\n",
            WIDTH - RIGHT,
            WIDTH - RIGHT,
            escape(name),
        );
    }

    /// Words where nothing is to be shown.
    pub fn say(&mut self, words: &str) {
        self.body += &format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            (LEFT + WIDTH - RIGHT) / 2,
            (TOP + HEIGHT - BOTTOM) / 2,
            escape(words),
        );
    }

    /// The values of the axis across, each with its text.
    pub fn ticks_across(&self, tell: impl Fn(u128) -> String) -> Vec<(u128, String)> {
        let ticks = self.x.ticks().into_iter();
        ticks.map(|value| (value, tell(value))).collect()
    }

    /// The whole tens of the axis across, each with a tenth of it: where a validator takes ten.
    pub fn whole_tens_across(&self) -> Vec<(u128, String)> {
        let mut ticks = self.ticks_across(|value| (value / 10).to_string());
        ticks.retain(|(value, _)| value % 10 == 0);
        ticks
    }

    /// The whole element.
    pub fn finish(
        self,
        names: &Names,
        across: &[(u128, String)],
        tell_upward: impl Fn(u128) -> String,
    ) -> String {
        let mut svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n",
            escape(names.told)
        );
        for value in self.y.ticks() {
            let y = self.y(value);
            let base = tenths(TOP * 10 + UP - self.y.place(value, UP) + 40);
            svg += &format!(
                "<path class=\"grid\" d=\"M{LEFT} {y}H{}\"/>\n\
                 <text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>\n",
                WIDTH - RIGHT,
                LEFT - 5,
                escape(&tell_upward(value)),
            );
        }
        let middle = |place: u128| match place * 10 {
            // the last would stand out at the right
            far if far > ACROSS * 9 => "end",
            _ => "middle",
        };
        for (value, text) in across {
            let anchor = middle(self.x.place(*value, ACROSS));
            svg += &format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
                self.x(*value),
                HEIGHT - BOTTOM + 16,
                escape(text),
            );
        }
        svg += &self.body;
        svg += &format!(
            "<text class=\"unit\" x=\"2\" y=\"14\">{}</text>\n\
             <text class=\"unit\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n</svg>\n",
            escape(names.upward),
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 6,
            escape(names.across),
        );
        svg
    }
}

fn tenths(number: u128) -> String {
    match number % 10 {
        0 => (number / 10).to_string(),
        tenth => format!("{}.{tenth}", number / 10),
    }
}
