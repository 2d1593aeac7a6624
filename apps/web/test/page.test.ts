import { readdirSync, readFileSync } from "node:fs";

const app = new URL("../", import.meta.url);

test("the page has no inline script or style, which its Content-Security-Policy would refuse", () => {
  const html = readFileSync(new URL("index.html", app), "utf8");
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|data:/i);
  for (const script of html.match(/<script[^>]*>/g) ?? []) expect(script).toContain(" src=");
});

test("the source knows nothing of one table: names come from the API", () => {
  const src = new URL("src/", app);
  for (const name of readdirSync(src)) {
    const text = readFileSync(new URL(name, src), "utf8");
    expect([name, text.match(/phish|legitimate/i)]).toEqual([name, null]);
  }
});
