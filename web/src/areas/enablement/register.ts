/** Scripts on the pages of records: taken over into what is being written. */
import { createElement, lazy } from "react";
import { useObject } from "@/lib/catalog";
import { loadTexts } from "@/lib/i18n";
import { type ComposerToolProps, extendComposer } from "@/records/timeline/composer-tools";

const ScriptButton = lazy(async () => {
  const [module] = await Promise.all([import("./scripts/script-button"), loadTexts("areas/enablement")]);
  return { default: module.ScriptButton };
});

/** Who may read no scripts fetches nothing for them. */
function ScriptTool(props: ComposerToolProps) {
  return useObject("script") ? createElement(ScriptButton, props) : null;
}

export function registerEnablement(): void {
  extendComposer(ScriptTool);
}
