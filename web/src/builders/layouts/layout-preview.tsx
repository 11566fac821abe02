/** The form that people will get: the real one, which keeps nothing. */
import { Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, PageLayout } from "@/api/types";
import { label } from "@/lib/label";
import { defaultValues } from "@/records/form/fields";
import { FormSections } from "@/records/form/form-sections";
import { formSections, quickSection, RECORD_TYPE } from "@/records/form/layout";
import { reactedSections } from "@/records/form/reaction";
import { useFormReaction } from "@/records/form/use-reaction";
import { useRecordForm } from "@/records/form/use-record-form";
import classes from "./layouts.module.css";

interface LayoutPreviewProps {
  known: CatalogObject;
  layout: PageLayout;
  /** The record type that the layout is for. */
  type: string | null;
  onClose(): void;
}

export function LayoutPreview({ known, layout, type, onClose }: LayoutPreviewProps) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(true);
  const [blank] = useState(() => ({ ...defaultValues(known), ...(type && { [RECORD_TYPE]: type }) }));
  const form = useRecordForm(known.fields, blank);
  const { reaction, problems } = useFormReaction(known, form, { ...blank, ...form.changes() });
  const sections = reactedSections(
    whole ? formSections(known, layout) : [quickSection(known, layout)],
    reaction,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("layouts.preview_of", { name: label(known.label) })}
      size={whole ? 860 : 640}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={t("layouts.preview")}
        data={[
          { value: "whole", label: t("layouts.preview_whole") },
          { value: "quick", label: t("layouts.part_quick") },
        ]}
        value={whole ? "whole" : "quick"}
        onChange={(next) => setWhole(next === "whole")}
      />
      <FormSections
        object={known.key}
        form={form}
        sections={sections}
        reaction={reaction}
        problems={problems}
      />
      <p className={classes.help}>{t("layouts.preview_help")}</p>
    </Modal>
  );
}
