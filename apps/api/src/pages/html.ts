/** Text that is HTML already. Only `html` makes it, and `rawHtml` for constants of this program. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Insert = Html | string | number | readonly Insert[] | null | undefined | false;

/**
 * Template tag: what stands between `${}` is escaped unless it is Html, so that no value of a file, a
 * header or a manifest ever becomes markup. Lists are joined; null, undefined and false leave nothing.
 */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  let text = parts[0] as string;
  for (const [index, insert] of inserts.entries()) {
    text += render(insert) + (parts[index + 1] as string);
  }
  return new Html(text);
}

/** Takes a constant of this program as it is. Never for values from outside. */
export function rawHtml(text: string): Html {
  return new Html(text);
}

function render(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return "";
  if (insert instanceof Html) return insert.text;
  if (typeof insert === "object") return insert.map(render).join("");
  return escapeHtml(String(insert));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text between tags and for attribute values in quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
