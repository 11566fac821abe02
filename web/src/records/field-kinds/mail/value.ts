/** Mail addresses. */

/** The shape only; whether mail arrives, the server finds out. */
const MAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:.]{2,}$/;

export function isLikelyMail(text: string): boolean {
  return MAIL.test(text.trim());
}
