/** What the drawing tells those who do not see it, in their language. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export function useAria() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      "node.a11yDescription.keyboardDisabled": t("automation.canvas_keys"),
      "edge.a11yDescription.default": t("automation.canvas_way_keys"),
      "controls.ariaLabel": t("automation.canvas_tools"),
      "controls.zoomIn.ariaLabel": t("automation.canvas_zoom_in"),
      "controls.zoomOut.ariaLabel": t("automation.canvas_zoom_out"),
      "controls.fitView.ariaLabel": t("automation.canvas_fit"),
      "minimap.ariaLabel": t("automation.canvas_map"),
      "handle.ariaLabel": t("automation.canvas_handle"),
    }),
    [t],
  );
}
