/** Values that are lists. */

export function isEmptyList(value: readonly unknown[] | null | undefined): boolean {
  return !value || value.length === 0;
}

/** Words separated by a comma, semicolon, ideographic comma or line break. */
export function splitWords(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,，;；、\n]/)
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}

/** The list, or null when it holds nothing: the wire has one way to say empty. */
export function orNull<V>(list: V[]): V[] | null {
  return list.length ? list : null;
}
