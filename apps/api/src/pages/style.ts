import { createHash } from "node:crypto";

/** The pages' one style sheet, in the page itself so that a saved answer keeps its looks. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #ffffff; --surface: #f8fafc; --text: #0f172a; --muted: #475569; --line: #cbd5e1;
  --accent: #0f766e; --on-accent: #ffffff;
  --positive: #c2410c; --negative: #1d4ed8;
  --warning-background: #fef3c7; --warning-text: #78350f; --warning-line: #d97706;
  --size-small: 0.875rem; --size-body: 1rem; --size-large: 1.25rem; --size-title: 1.75rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #0f172a; --surface: #1e293b; --text: #e2e8f0; --muted: #a3b1c6; --line: #475569;
    --accent: #2dd4bf; --on-accent: #042f2e;
    --positive: #fb923c; --negative: #60a5fa;
    --warning-background: #451a03; --warning-text: #fde68a; --warning-line: #f59e0b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--background); color: var(--text);
  font: var(--size-body)/1.5 system-ui, sans-serif; overflow-wrap: break-word;
}
.narrow { max-width: 48rem; }
.wide { max-width: 90rem; }
.page { margin: 0 auto; padding: 0 16px 48px; }
p, ul, form, details, dl { max-width: 75ch; }
header {
  display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline;
  padding: 16px 0; border-bottom: 1px solid var(--line);
}
.brand { font-weight: 700; font-size: var(--size-large); color: var(--text); text-decoration: none; }
.model { margin: 0; color: var(--muted); font-size: var(--size-small); }
h1 { margin: 32px 0 8px; font-size: var(--size-title); line-height: 1.25; max-width: 40ch; }
h1 span { display: block; margin-top: 4px; font-size: var(--size-body); font-weight: 400; line-height: 1.5; }
h2 { margin: 32px 0 8px; font-size: var(--size-large); }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px;
}
.note { color: var(--muted); font-size: var(--size-small); }
.banner {
  margin: 16px 0; padding: 12px 16px; border: 1px solid var(--warning-line); border-radius: 8px;
  background: var(--warning-background); color: var(--warning-text);
}
.banner p { margin: 0; }
.drop { margin: 24px 0; padding: 24px 16px; border: 1px dashed var(--line); border-radius: 8px; background: var(--surface); }
.drop label { display: block; font-weight: 600; margin-bottom: 8px; }
.drop input { display: block; width: 100%; padding: 16px 0; font: inherit; color: inherit; }
::file-selector-button {
  margin-right: 12px; padding: 8px 16px; border: 1px solid var(--line); border-radius: 8px;
  font: inherit; background: var(--background); color: var(--text); cursor: pointer;
}
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
button {
  padding: 8px 16px; border: 1px solid var(--accent); border-radius: 8px; font: inherit; font-weight: 600;
  background: transparent; color: var(--accent); cursor: pointer;
}
button.first { background: var(--accent); color: var(--on-accent); }
code, pre { font-family: ui-monospace, monospace; font-size: var(--size-small); }
pre {
  overflow-x: auto; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface);
}
summary { cursor: pointer; color: var(--accent); padding: 4px 0; }
.columns { columns: 16rem; padding-left: 20px; }
.scroll { overflow: auto; max-height: 75vh; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: var(--size-small); }
th, td { padding: 6px 12px; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); vertical-align: top; }
th { position: sticky; top: 0; background: var(--surface); font-weight: 600; }
td { max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
td.look { white-space: normal; min-width: 20rem; }
.number { text-align: right; }
.positive { color: var(--positive); font-weight: 600; }
.negative { color: var(--negative); }
.nothing { color: var(--muted); }
@media print { .scroll { max-height: none; overflow: visible; border: 0; } }
`;

/** The source expression that lets a Content-Security-Policy take this sheet and no other style. */
export const STYLE_SOURCE: string = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
