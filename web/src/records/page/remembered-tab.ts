/** The tab this person last looked at on pages of an object. */

const storageKey = (object: string) => `guanxi.tab.${object}`;

export function rememberTab(object: string, tab: string): void {
  localStorage.setItem(storageKey(object), tab);
}

export function rememberedTab(object: string): string | undefined {
  return localStorage.getItem(storageKey(object)) ?? undefined;
}
