/** A button whose menu is loaded when somebody is about to open it: the first page does without menus. */
import { type ComponentType, cloneElement, lazy, type ReactElement, Suspense, useState } from "react";

export interface DemandedMenu {
  position: "bottom-start" | "right-start" | "top";
  width: number;
  /** The button that opens the menu. */
  children: ReactElement<Record<string, unknown>>;
}

interface Demanded {
  Menu: ComponentType<DemandedMenu>;
  prepare: () => void;
}

/** A menu that `load` brings; it opens itself when it appears (`OpenedMenu`). */
export function demanded(load: () => Promise<ComponentType<DemandedMenu>>): Demanded {
  return {
    Menu: lazy(() => load().then((menu) => ({ default: menu }))),
    prepare: () => void load().catch(() => undefined),
  };
}

export function MenuOnDemand({ of, children, ...menu }: DemandedMenu & { of: Demanded }) {
  const [wanted, setWanted] = useState(false);
  const button = cloneElement(children, {
    onPointerEnter: of.prepare,
    onFocus: of.prepare,
    onClick: () => setWanted(true),
    "aria-haspopup": "menu",
    "aria-expanded": false,
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <of.Menu {...menu}>{children}</of.Menu>
    </Suspense>
  );
}
