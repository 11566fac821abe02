/** Web addresses that are safe to follow. */

/** The address to open, with https where none was typed; null for anything but http and https to a named host. */
export function safeHref(text: string): string | null {
  const trimmed = text.trim();
  const full =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d+(?:\/|$)/.test(trimmed)
      ? trimmed
      : `https://${trimmed}`;
  if (/\s/.test(full) || !URL.canParse(full)) return null;
  const url = new URL(full);
  const known = url.protocol === "http:" || url.protocol === "https:";
  return known && /[^.]\.[^.]/.test(url.hostname) ? url.href : null;
}

/** The address without what every address has: scheme, www and the last slash. */
export function shortUrl(text: string): string {
  return text
    .trim()
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .replace(/\/$/, "");
}
