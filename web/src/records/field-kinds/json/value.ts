/** JSON as text and back. */

/** Typed text that is not JSON (yet): kept, so that the person can go on, and refused by `validate`. */
export class Unreadable {
  constructor(readonly text: string) {}

  toJSON(): string {
    return this.text;
  }
}

export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Unreadable) return value.text;
  return JSON.stringify(value);
}

export function prettyJson(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value instanceof Unreadable ? value.text : JSON.stringify(value, null, 2);
}

export function readJson(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return new Unreadable(text);
  }
}
