/** Unified social credit codes, GB 32100-2015. */

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const SHAPE = /^[1-9A-HJ-NPQRTUWXY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Capitals, half width, without spaces and hyphens. */
export function normalCode(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s-]/g, "")
    .toUpperCase();
}

export function isCreditCode(code: string): boolean {
  if (!SHAPE.test(code)) return false;
  let total = 0;
  let weight = 1;
  for (const char of code.slice(0, 17)) {
    total += ALPHABET.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (total % 31)) % 31] === code[17];
}
