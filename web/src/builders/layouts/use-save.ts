/** Saves a layout, rule or record type as it is to be, against what was seen; asks where somebody else was faster. */
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { bothLanguages, type DesignedWhole, difference } from "../objects/model";
import { useReview } from "../objects/review";
import { showTakeBack } from "../objects/take-back";
import { useRefusal } from "../objects/use-refusal";
import type { Designed } from "./model";

interface Saving<V> {
  object: DesignedWhole;
  kind: "layout" | "rule" | "record_type";
  /** Null for a new one. */
  component: Designed<V> | null;
  /** Further changes that only make sense together with this one. */
  along?(values: V): Record<string, unknown>[];
  onDone(): void;
}

export function useSave<V extends { label: { "zh-CN": string; en: string } }>(saving: Saving<V>) {
  const { object, kind, component, along, onDone } = saving;
  const { t } = useTranslation();
  const { change, question } = useReview();
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);

  const requestFor = (values: V) => {
    const changed = component && difference<object>(component.values, values);
    const others = along?.(values) ?? [];
    const own = changed
      ? { op: "component.update", id: component.id, ...changed }
      : { op: "component.create", object: object.id, kind, values };
    if (others.length > 0) return { verb: "apply" as const, params: { changes: [...others, own] } };
    if (changed)
      return { verb: "update-component" as const, params: { component: component.id, ...changed } };
    return { verb: "create-component" as const, params: { object: object.id, kind, values } };
  };
  const save = async (draft: V) => {
    if (busy) return;
    refusal.clear();
    const values = { ...draft, label: bothLanguages(draft.label) };
    if (!values.label.en) {
      refusal.say(`label.${currentLanguage()}`, t("objects.name_missing"));
      return;
    }
    if (component && Object.keys(difference<object>(component.values, values).values).length === 0)
      return onDone();
    setBusy(true);
    try {
      const name = label(values.label);
      const answer = await change({ ...requestFor(values), title: name, confirmLabel: t("ui.save") });
      if (typeof answer === "object") showTakeBack(t("layouts.saved", { name }), answer);
      if (answer !== "cancelled") onDone();
    } catch (error) {
      refusal.take(error);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, refusal, question };
}
