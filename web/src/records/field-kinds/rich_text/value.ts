/** Between HTML and plain words. */

const BLOCK_END = /<\/(?:p|div|li|h[1-6]|blockquote|tr)>|<br\s*\/?>/gi;

/** The words of the HTML; scripts never run, for the parsed document is never shown. */
export function plainOfHtml(html: string | null | undefined): string {
  if (!html) return "";
  const parsed = new DOMParser().parseFromString(html.replace(BLOCK_END, "$&\n"), "text/html");
  return (parsed.body.textContent ?? "").replace(/\n{2,}/g, "\n").trim();
}

/** Paragraphs of the words, with what means something in HTML written out. */
export function htmlOfText(text: string): string {
  const escaped = (line: string) =>
    line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  return text
    .trim()
    .split(/\n/)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("");
}
