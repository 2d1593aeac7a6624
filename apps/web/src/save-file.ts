/** Lets the browser save text as a file; the parts are made one after the other, with pauses for the page. */
export async function saveFile(name: string, type: string, parts: Iterable<string>): Promise<void> {
  const made: string[] = [];
  for (const part of parts) {
    made.push(part);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const url = URL.createObjectURL(new Blob(made, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
