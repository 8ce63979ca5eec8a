package App::Entraid::Report::Style;

# How the page looks: on a screen, on a phone, in the dark and on paper.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(style);

my $STYLE = <<'CSS';
:root {
  --paper: #ffffff; --wash: #f4f6f8; --rule: #dde2e7; --ink: #1b2026; --soft: #56606b;
  --line: #0b57a4; --came: #1a7450; --gone: #a84a16;
  --ok: #1a7450; --ok-wash: #e4f3eb; --warning: #7d5200; --warning-wash: #fcf0d4;
  --critical: #ab231b; --critical-wash: #fce8e6; --unknown: #56606b; --unknown-wash: #e9ecef;
  color-scheme: light;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --wash: #1d2126; --rule: #31373e; --ink: #e6e9ed; --soft: #a2acb7;
    --line: #6db1f7; --came: #5cc594; --gone: #eea06c;
    --ok: #6ad0a0; --ok-wash: #16301f; --warning: #eec363; --warning-wash: #362a0f;
    --critical: #ff938a; --critical-wash: #3d1a18; --unknown: #a2acb7; --unknown-wash: #2a2f35;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 62rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, p, dl, dd, ul, ol, pre, figure, table { margin: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; }
h2 { font-size: 1.4rem; line-height: 1.25; letter-spacing: -0.01em; font-weight: 650; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; }
h1, h2, h3 { text-wrap: balance; }
code, pre, .diff { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
code, .diff { font-size: 0.84em; }
a { color: var(--line); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--line); outline-offset: 2px; border-radius: 2px; }
bdi, code, td, th, li { unicode-bidi: isolate; }
.message, .overview th, .reasons th, code, .diff, .people { overflow-wrap: anywhere; }
ul, ol { padding: 0; list-style: none; }

/* Accents that are piled up on a letter stay within the text that has them. */
h2, p, td, caption, .findings li, .people li, .diff li, .keepers li, th > code, .reasons th span {
  overflow: clip; overflow-clip-margin: 0.15em;
}
th > code, .reasons th span { display: block; }
.top p, .place, .source, footer, caption { color: var(--soft); font-size: 0.875rem; }
.top p { margin-top: 0.4rem; }
main > section { margin-top: 2rem; }
article { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid var(--rule); }
main > article:first-child { margin-top: 0.5rem; border-top: 0; }
.place { margin-top: 0.5rem; }
article > section { margin-top: 2.25rem; }
section > * + * { margin-top: 0.75rem; }
section > h3 + * { margin-top: 0.4rem; }
.source { max-width: 45rem; }

.badge {
  display: inline-block; padding: 0.1em 0.6em; margin-right: 0.35em; border-radius: 1em;
  white-space: nowrap;
  font-size: 0.75rem; font-weight: 650; letter-spacing: 0.03em;
}
.badge.ok { color: var(--ok); background: var(--ok-wash); }
.badge.warning { color: var(--warning); background: var(--warning-wash); }
.badge.critical { color: var(--critical); background: var(--critical-wash); }
.badge.unknown { color: var(--unknown); background: var(--unknown-wash); }

.findings { margin-top: 1rem; }
.findings li { padding: 0.35rem 0 0.35rem 0.9rem; border-left: 3px solid var(--unknown); }
.findings li + li { margin-top: 0.5rem; }
.findings .warning { border-color: var(--warning); }
.findings .critical { border-color: var(--critical); }
.notice {
  padding: 0.6rem 0.9rem; border-radius: 4px;
  color: var(--warning); background: var(--warning-wash);
}

dl.figures {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
  gap: 1.1rem 1.25rem; margin-top: 1.75rem;
}
dl.figures > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dt { color: var(--soft); font-size: 0.8125rem; line-height: 1.35; }
dd { font-size: 1.35rem; line-height: 1.3; font-variant-numeric: tabular-nums; }

.graph { display: block; width: calc(100% - 6px); margin-top: 0.25rem; font-size: 0.75rem; }
.graph text {
  fill: var(--soft); stroke: var(--paper); stroke-width: 4px; paint-order: stroke;
  font-variant-numeric: tabular-nums;
}
.rule, .tick, .zero { stroke: var(--rule); }
.tick { stroke-dasharray: 1 3; }
.zero { stroke: var(--soft); }
.course {
  fill: none; stroke: var(--line); stroke-width: 2px; stroke-linejoin: round;
  vector-effect: non-scaling-stroke;
}
.course.unsure { stroke-dasharray: 2 3; }
.end { fill: var(--line); }
.chart .came { fill: var(--came); }
.chart .gone { fill: var(--gone); }
.chart .failed { fill: var(--critical); }
.chart .missing { fill: var(--rule); stroke: var(--soft); vector-effect: non-scaling-stroke; }
.chart .stopped { fill: var(--warning); stroke: var(--paper); stroke-width: 1px; }
.legend {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.75rem 0;
  color: var(--soft); font-size: 0.8125rem;
}
.legend li { display: flex; align-items: center; gap: 0.45em; }

table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; padding-bottom: 0.4rem; }
th, td { padding: 0.4rem 1rem 0.4rem 0; text-align: left; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
tr { border-bottom: 1px solid var(--rule); }
thead th { color: var(--soft); font-size: 0.8125rem; font-weight: 400; white-space: nowrap; }
tbody th { font-weight: 400; }
.number, table.figures td, table.figures thead th + th { text-align: right; }
td, tbody th { font-variant-numeric: tabular-nums; }
td.number, .outcome, .figures th span { white-space: nowrap; }
.overview th { min-width: 9rem; }
time { white-space: nowrap; }
td.message { color: var(--soft); min-width: 14rem; }
.overview td.message { width: 55%; }
.failed { color: var(--critical); }
.stopped { color: var(--warning); }
.reasons th > div > .share { display: block; margin-top: 0.3rem; max-width: 24rem; }
.share rect { fill: var(--soft); rx: 2px; }

summary { cursor: pointer; color: var(--line); width: fit-content; font-size: 0.9rem; }
details > summary + * { margin-top: 0.6rem; }
th details { margin-top: 0.4rem; }
.people li + li { margin-top: 0.4rem; }
.people li { display: flex; flex-wrap: wrap; gap: 0 0.75em; align-items: baseline; }
.people span, .people code { color: var(--soft); }
.diff, pre { padding: 0.75rem 1rem; border-radius: 4px; background: var(--wash); }
.diff li { white-space: pre-wrap; padding-left: 2ch; text-indent: -2ch; }
.diff .came { color: var(--came); }
.diff .gone { color: var(--gone); }
pre { white-space: pre-wrap; }
.failures li + li { margin-top: 0.9rem; }
.failures .head { color: var(--soft); font-size: 0.875rem; }
.failures .head strong { color: var(--ink); font-weight: 650; margin-right: 0.35em; }
.failures p { max-width: 48rem; }
.keepers li + li { margin-top: 0.25rem; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }

@media screen and (max-width: 44rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  dl.figures { grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); }
  dd { font-size: 1.2rem; }
  table.figures { font-size: 0.75rem; }
  table.figures :is(th, td):not(:last-child) { padding-right: 0.3rem; }
  table.figures thead th { font-size: 0.6875rem; }
  .groups code { font-size: 0.75rem; }
  .runs, .runs tbody, .overview, .overview tbody { display: block; }
  .runs caption, .overview caption { display: block; }
  .runs thead, .overview thead {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
  .runs tr, .overview tr { display: flex; flex-wrap: wrap; gap: 0 0.75em; padding: 0.55rem 0; }
  .runs tr > *, .overview tr > * { padding: 0; }
  .runs .outcome, .overview .outcome { flex: 1 0 50%; text-align: right; }
  .overview tr > th { flex: 1 0 50%; }
  .overview .outcome { flex: 0 0 auto; }
  .overview .number, .runs .number { flex: 0 0 auto; }
  .runs .number, .overview .number { color: var(--soft); font-size: 0.8125rem; }
  .number[data-unit]::after { content: "\00a0" attr(data-unit); }
  td.message { flex: 0 0 100%; font-size: 0.875rem; }
  td.message:empty { display: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  @page { margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  figure, tr, .findings li, .failures li, .notice, dl.figures { break-inside: avoid; }
  article + article { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
  .diff, pre, .badge, .notice { border: 1px solid var(--rule); }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) {
  .badge, .notice { border: 1px solid; }
}
CSS

sub style { return $STYLE }

1;
