/** Style of the guide pages: one column, readable on a phone, printable on A4, light and dark. */
export const guideStyle = `
:root { color-scheme: light dark; --line: #c8ccd2; --soft: #f3f5f8; --text: #1b1f24; --back: #fff; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --line: #3b424b; --soft: #20262d; --text: #e6e9ed; --back: #14181d; --accent: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.65 system-ui, "Segoe UI", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", sans-serif; }
body > header, nav, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.2rem; }
body > header { padding-top: 1.2rem; }
footer { padding-bottom: 2rem; opacity: .8; }
.from { margin: 0; opacity: .8; }
nav ol { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; padding: .6rem 1.2rem .6rem 2rem; background: var(--soft); border-radius: .4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; }
h2 { margin-top: 2.4rem; border-bottom: 2px solid var(--accent); padding-bottom: .2rem; font-size: 1.25rem; }
h3 { margin-top: 1.8rem; font-size: 1.08rem; }
h4 { margin: 1.2rem 0 .3rem; }
small { font-weight: normal; opacity: .8; }
td small { display: block; }
th small { display: block; }
.badge { font-size: .8rem; font-weight: normal; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .3rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.badge.required { border-color: var(--accent); }
pre { background: var(--soft); padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: .3rem; }
details.target { border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .8rem; margin: .5rem 0; }
details.target summary { cursor: pointer; }
details.target summary h3 { display: inline; margin-right: .6rem; }
ul.plain, ol.plain { margin: 0; padding-left: 1.2rem; }
ul.plain { list-style: none; padding: 0; }
.more { font-size: .92em; opacity: .85; }
.url { display: none; }
code, .code { font-family: Consolas, "Cascadia Mono", monospace; font-size: .92em; }
.wide { overflow-x: auto; }
.date { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.45; }
th, td { border: 1px solid var(--line); padding: .4rem .55rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
tbody th { font-weight: 600; }
a { color: var(--accent); overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  thead { display: none; }
  tr { display: block; border: 1px solid var(--line); margin-bottom: .6rem; }
  tbody th, td { display: block; border: 0; padding: .2rem .6rem; }
  tbody th { background: var(--soft); }
  td[data-label]::before { content: attr(data-label) ": "; font-weight: 600; }
}
@media print {
  body { font-size: 10.5pt; background: #fff; color: #000; }
  body > header, nav, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  .url { display: block; font-size: .85em; }
  tr, dl { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  a { color: inherit; }
  @page { size: A4; margin: 16mm; }
}
`;
