/** The title of the browser tab: page first, product last. */
import { useEffect } from "react";

export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · 关系 Guanxi` : "关系 Guanxi";
  }, [title]);
}
