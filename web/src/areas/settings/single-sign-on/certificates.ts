/** Certificates as text: one after another, with or without the lines around them. */

/** Each certificate of a text; empty lines and the lines around a certificate stand between two. */
export function certificatesOf(text: string): string[] {
  return text
    .split(/-----(?:BEGIN|END) CERTIFICATE-----|\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);
}

export const textOf = (certificates: string[]): string => certificates.join("\n\n");
