/** How many of the things in a line fit, from the first on; where not all do, "more" needs its own room. */
export function fitting(widths: readonly number[], room: number, more: number): number {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (room <= 0 || total <= room) return widths.length;
  let left = room - more;
  let count = 0;
  for (const width of widths) {
    left -= width;
    if (left < 0) break;
    count += 1;
  }
  return Math.max(count, 1);
}
