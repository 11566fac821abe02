/** The view a person wants to see first, remembered per object in this browser. */
import { currentWorkspace } from "@/lib/workspace";

const keyOf = (object: string) => `guanxi.view.${currentWorkspace()}.${object}`;

export const defaultViewId = (object: string): string | null => localStorage.getItem(keyOf(object));

export function setDefaultView(object: string, id: string | null): void {
  if (id) localStorage.setItem(keyOf(object), id);
  else localStorage.removeItem(keyOf(object));
}
