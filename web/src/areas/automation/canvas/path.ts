/** A line down through points, across only half-way between them, with round corners. */
import type { Place } from "../model";

export function pathThrough(points: readonly Place[], radius: number): string {
  const corners: Place[] = [];
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (before && before.x !== point.x) {
      const y = (before.y + point.y) / 2;
      corners.push({ x: before.x, y }, { x: point.x, y });
    }
    corners.push(point);
  }
  const line = corners.filter((one, at) => {
    const before = corners[at - 1];
    const after = corners[at + 1];
    return !before || !after || !(before.x === one.x && one.x === after.x);
  });
  return line
    .map((one, at) => {
      const before = line[at - 1];
      const after = line[at + 1];
      if (!before) return `M ${one.x} ${one.y}`;
      if (!after) return `L ${one.x} ${one.y}`;
      const near = towards(one, before, radius);
      const far = towards(one, after, radius);
      return `L ${near.x} ${near.y} Q ${one.x} ${one.y} ${far.x} ${far.y}`;
    })
    .join(" ");
}

/** The point that lies so far from one towards another, half of the way at most. */
function towards(from: Place, to: Place, far: number): Place {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(far, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
