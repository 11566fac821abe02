/** The panel of a field at the right: for a new one first its kind, then its form. */
import { Drawer } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindCard } from "@/api/types";
import { label } from "@/lib/label";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { FieldForm } from "./field-form";
import { KindGallery } from "./kind-gallery";
import type { DesignedField, DesignedWhole } from "./model";
import { kindsQuery } from "./requests";

export function FieldPanel({
  object,
  field,
  group,
  onClose,
}: {
  object: DesignedWhole;
  /** Null for a new one. */
  field: DesignedField | null;
  /** Offers the kinds of one group alone. */
  group?: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  // What was said of the field before would cover the buttons of this one.
  useEffect(() => notifications.clean(), []);
  const gallery = useQuery(kindsQuery());
  const [chosen, setChosen] = useState<KindCard | null>(null);
  const kind = field ? gallery.data?.kinds.find(({ key }) => key === field.kind) : chosen;
  const title = field
    ? t("objects.edit_field", { name: label(field.values.label) })
    : chosen
      ? t("objects.new_field_of", { kind: label(chosen.label) })
      : t("objects.new_field");
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={640}
      closeOnClickOutside={false}
      // What was filled in is given up by its button alone.
      closeOnEscape={!kind}
    >
      {gallery.isError ? (
        <ErrorState compact error={gallery.error} onRetry={() => gallery.refetch()} />
      ) : !gallery.data ? (
        <RowsSkeleton rows={6} height={60} />
      ) : kind ? (
        <FieldForm
          key={kind.key}
          object={object}
          field={field}
          kind={kind}
          onBack={field ? undefined : () => setChosen(null)}
          onClose={onClose}
        />
      ) : field ? (
        <EmptyState compact title={t("objects.kind_of_system")} />
      ) : (
        <KindGallery gallery={gallery.data} group={group} onChoose={setChosen} />
      )}
    </Drawer>
  );
}
