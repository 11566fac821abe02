/** Names in the order in which people look them up: Chinese ones by pinyin, whatever the language of the screens. */

const collator = new Intl.Collator("zh-CN-u-co-pinyin", { numeric: true });

export function byName(one: { name: string }, other: { name: string }): number {
  return collator.compare(one.name, other.name);
}
