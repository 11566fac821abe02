/** Steps that are decided at the same time, as they are drawn: columns beside each other, each a way of its own. */

interface Placed {
  node: string;
  /** The nodes at which people decide at the same time. */
  beside: readonly string[];
}

/**
 * Steps in their order, those of parallel ways put together: each entry has a column for every way, a single one where a
 * step stands alone. `apart` tells steps that have nothing to do with each other, such as those of another round.
 */
export function sideBySide<S extends Placed>(
  steps: readonly S[],
  apart: (one: S, other: S) => boolean = () => false,
): S[][][] {
  const atOnce = (one: S, other: S) => one.beside.includes(other.node) && !apart(one, other);
  const left = [...steps];
  const found: S[][][] = [];
  while (left.length > 0) {
    const group = left.splice(0, 1);
    // Whatever is decided at the same time as one of them belongs to them.
    for (const one of group) {
      for (const other of [...left]) {
        if (!atOnce(one, other)) continue;
        left.splice(left.indexOf(other), 1);
        group.push(other);
      }
    }
    group.sort((one, other) => steps.indexOf(one) - steps.indexOf(other));
    found.push(columnsOf(group, atOnce));
  }
  return found;
}

/** A way holds what follows each other: none of its steps is decided at the same time as another one of it. */
function columnsOf<S>(group: readonly S[], atOnce: (one: S, other: S) => boolean): S[][] {
  const columns: S[][] = [];
  for (const one of group) {
    const own = columns.find((column) => !column.some((other) => atOnce(one, other)));
    if (own) own.push(one);
    else columns.push([one]);
  }
  return columns;
}
