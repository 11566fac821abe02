/** Bars of linear codes as a string of modules: "1" is black, "0" is white. */

const L = [
  "0001101",
  "0011001",
  "0010011",
  "0111101",
  "0100011",
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
];
const PARITY = [
  "LLLLLL",
  "LLGLGG",
  "LLGGLG",
  "LLGGGL",
  "LGLLGG",
  "LGGLLG",
  "LGGGLL",
  "LGLGLG",
  "LGLGGL",
  "LGGLGL",
];

const right = (digit: string) => invert(L[Number(digit)] ?? "");
const invert = (bits: string) => [...bits].map((bit) => (bit === "1" ? "0" : "1")).join("");
const mirrored = (bits: string) => [...bits].reverse().join("");

/** 13 digits (UPC-A is one with a leading zero). */
export function ean13(digits: string): string {
  const parity = PARITY[Number(digits[0])] ?? "";
  const left = [...digits.slice(1, 7)].map((digit, at) =>
    parity[at] === "L" ? (L[Number(digit)] ?? "") : mirrored(right(digit)),
  );
  return `101${left.join("")}01010${[...digits.slice(7)].map(right).join("")}101`;
}

/** 8 digits. */
export function ean8(digits: string): string {
  const left = [...digits.slice(0, 4)].map((digit) => L[Number(digit)] ?? "");
  return `101${left.join("")}01010${[...digits.slice(4)].map(right).join("")}101`;
}

// Widths of bars and spaces of the 106 signs of Code 128; the stop sign has a bar more.
const SIGNS =
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221" +
  "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321" +
  "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131" +
  "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114" +
  "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141" +
  "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232";
const STOP = "2331112";
const START_B = 104;

const bars = (widths: string) =>
  [...widths].map((width, at) => (at % 2 === 0 ? "1" : "0").repeat(Number(width))).join("");

/** Printable ASCII in code set B. */
export function code128(text: string): string {
  const signs = [START_B, ...[...text].map((char) => char.charCodeAt(0) - 32)];
  const check = signs.reduce((sum, sign, at) => sum + sign * Math.max(at, 1), 0) % 103;
  return [...signs, check].map((sign) => bars(SIGNS.slice(sign * 6, sign * 6 + 6))).join("") + bars(STOP);
}
