/** Where the marks of a chart stand. */

export interface Mark {
  name: string;
  amount: number;
}

/** The number in an aggregated value: plain, written as text, or of money. */
export function amountOf(value: unknown): number {
  const plain = typeof value === "object" && value !== null && "amount" in value ? value.amount : value;
  const number = Number(plain ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** The points of a line from the left to the right edge; nothing stands at the bottom, the most at the top. */
export function linePoints(marks: readonly Mark[], width: number, height: number): string {
  const amounts = marks.map(({ amount }) => amount);
  const least = Math.min(0, ...amounts);
  const span = Math.max(0, ...amounts) - least || 1;
  const step = width / Math.max(1, marks.length - 1);
  const shown = amounts.length === 1 ? [...amounts, ...amounts] : amounts;
  return shown
    .map((amount, at) => `${round(at * step)},${round(height - ((amount - least) / span) * height)}`)
    .join(" ");
}

/** The paths of a pie around 0, 0 with radius 1; only what is more than nothing has a slice. */
export function slices(marks: readonly Mark[]): string[] {
  const total = marks.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  if (total === 0) return [];
  let turned = 0;
  return marks.map(({ amount }) => {
    const share = Math.max(0, amount) / total;
    const from = turned;
    turned += share;
    if (share === 0) return "";
    if (share === 1) return "M 0 -1 A 1 1 0 1 1 0 1 A 1 1 0 1 1 0 -1 Z";
    return `M 0 0 L ${point(from)} A 1 1 0 ${share > 0.5 ? 1 : 0} 1 ${point(turned)} Z`;
  });
}

/** On the circle, clockwise from the top. */
function point(turn: number): string {
  const angle = 2 * Math.PI * turn;
  return `${round(Math.sin(angle))} ${round(-Math.cos(angle))}`;
}

const round = (number: number) => Math.round(number * 1000) / 1000;
