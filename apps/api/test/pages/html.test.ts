import { escapeHtml, html, rawHtml } from "../../src/pages/html.ts";

test("what is inserted is escaped, for text and for quoted attributes", () => {
  const hostile = `<script>alert("1")</script> & 'x'`;
  const escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;";
  expect(escapeHtml(hostile)).toBe(escaped);
  expect(html`<a title="${hostile}">${hostile}</a>`.text).toBe(
    `<a title="${escaped}">${escaped}</a>`,
  );
  expect(html`${[hostile, [hostile]]}`.text).toBe(escaped + escaped);
});

test("Html goes in as it is, lists are joined, nothing leaves nothing", () => {
  const items = ["a", "<"].map((item) => html`<li>${item}</li>`);
  expect(
    html`<ul>
      ${items}
    </ul>`.text.replaceAll(/\s/g, ""),
  ).toBe("<ul><li>a</li><li>&lt;</li></ul>");
  expect(html`${null}${undefined}${false}${0}${rawHtml("<b>")}`.text).toBe("0<b>");
});
