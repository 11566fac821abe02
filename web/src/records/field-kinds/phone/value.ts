/** Phone numbers as people read them; the server keeps them as +86… */

/** 138 0013 8000, 010-6000 0579; numbers of other countries stay as they are. */
export function phoneText(value: string | null | undefined): string {
  const text = value ?? "";
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(text);
  if (mobile) return mobile.slice(1).join(" ");
  const landline = /^\+86(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(text);
  return landline ? `0${landline[1]}-${landline[2]}${landline[3]}` : text;
}

/** Digits with what people put between them; with semicolons as the normal form writes extensions. */
const LIKELY = /^\+?[\d０-９][\d０-９\s()（）\-－.]{3,}(?:\s*(?:转|;?ext[.=]?|x)\s*\d+)?$/i;

export function isLikelyPhone(text: string): boolean {
  return LIKELY.test(text.trim());
}
