/** Closing what floats: a press anywhere but in a floating part (lists, calendars, menus open in portals) is outside. */
import { useEffect, useRef } from "react";

/** Calls back on a press outside of every portal and of the element that `within` finds. */
export function usePressOutside(active: boolean, within: () => Element | null, onOutside: () => void): void {
  const current = useRef({ within, onOutside });
  current.current = { within, onOutside };
  useEffect(() => {
    if (!active) return;
    const onPress = (event: PointerEvent) => {
      const target = event.target as Element;
      const inside = target.closest("[data-portal]") || current.current.within()?.contains(target);
      if (!inside && target.isConnected) current.current.onOutside();
    };
    document.addEventListener("pointerdown", onPress, true);
    return () => document.removeEventListener("pointerdown", onPress, true);
  }, [active]);
}
