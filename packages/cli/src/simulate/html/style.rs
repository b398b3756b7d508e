//! How the page looks, on light and dark screens, from 320 pixels on.

/// Lines of one series differ in their dashes too, so no colour is needed to tell them apart.
pub const STYLE: &str = "\
:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f6f8fa; --text: #1f2328; --soft: #57606a; --line: #d0d7de;
  --chain: #8c959f; --vault: #0969da; --other: #bc4c00; --limit: #a40e26;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #161b22; --text: #e6edf3; --soft: #9da7b3; --line: #30363d;
    --chain: #7d8590; --vault: #58a6ff; --other: #f0883e; --limit: #ff7b72;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
main { max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 0 0 .25rem; }
p { margin: 0 0 .75rem; }
ul { margin: 0; padding-left: 1.25rem; }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .875rem; min-width: 0; margin: 0 0 1rem;
}
.plots { display: grid; grid-template-columns: minmax(0, 1fr); column-gap: 1rem; align-items: start; }
@media (min-width: 900px) {
  .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
figure { margin: 0; }
svg { display: block; width: 100%; max-width: 100%; height: auto; }
figcaption { font-size: .875rem; color: var(--soft); margin: .25rem 0 .5rem; }
.key { display: inline-block; margin-right: 1rem; }
.key svg { display: inline-block; width: 1.75rem; height: .75rem; vertical-align: middle; }
details { margin-top: .25rem; }
summary { cursor: pointer; color: var(--vault); }
table { width: 100%; max-width: 100%; border-collapse: collapse; font-size: .875rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { padding: .25rem .375rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { text-align: left; font-weight: 600; overflow-wrap: normal; hyphens: auto; }
.w { overflow-wrap: normal; }
.n { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
@media (max-width: 480px) {
  table { font-size: .75rem; }
  section { padding: .625rem; }
  main { padding: .625rem; }
}
@media (max-width: 350px) {
  th, .n, .w { overflow-wrap: anywhere; }
}
svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
@media (max-width: 480px) {
  svg text { font-size: 14px; }
}
svg .unit { fill: var(--text); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .limit { stroke: var(--limit); stroke-width: 1.25; stroke-dasharray: 2 3; fill: none; }
svg text.limit-name {
  fill: var(--limit); stroke: var(--card); stroke-width: 3; paint-order: stroke;
}
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .line.chain { stroke: var(--chain); stroke-dasharray: 6 3; }
svg .line.vault { stroke: var(--vault); }
svg .line.other { stroke: var(--other); stroke-width: 2; }
svg .bar.chain { fill: var(--chain); }
svg .bar.vault { fill: var(--vault); }
svg .bar.other { fill: var(--other); }
svg .dot.chain { fill: var(--chain); }
svg .dot.vault { fill: var(--vault); }
";
