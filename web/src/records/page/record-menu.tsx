/** The ⋯ of a record: share it, copy its address, copy its title, delete it. */

import { ActionIcon, Menu } from "@mantine/core";
import { useClipboard, useDisclosure } from "@mantine/hooks";
import { type Query, useQueryClient } from "@tanstack/react-query";
import { Copy, Ellipsis, Link2, Merge, ScanEye, Share2, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, RecordRow } from "@/api/types";
import { loadTexts } from "@/lib/i18n";
import { label } from "@/lib/label";
import { deleteRecord, recordKeys } from "@/lib/records";
import { can, useOpens } from "@/lib/rights";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { toastError, toastSuccess } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { forgetRecord } from "../lookup/recent-records";
import { recordHref } from "../lookup/record-link";
import { extensionsOf } from "./extensions";

const ShareDialog = lazy(() =>
  import("../share/share-dialog").then((module) => ({ default: module.ShareDialog })),
);
const ExplainDialog = lazy(async () => {
  const [{ ExplainDialog: Dialog }] = await Promise.all([
    import("../explain/explain-dialog"),
    loadTexts("records/explain"),
  ]);
  return { default: Dialog };
});
const MergeDialog = lazy(async () => {
  const [{ MergeDialog: Dialog }] = await Promise.all([
    import("../merge/merge-dialog"),
    loadTexts("records/merge"),
  ]);
  return { default: Dialog };
});

interface RecordMenuProps {
  object: CatalogObject;
  record: RecordRow;
  title: string;
  onDeleted(): void;
}

export function RecordMenu({ object, record, title, onDeleted }: RecordMenuProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const clipboard = useClipboard();
  const [asking, ask] = useDisclosure(false);
  const [sharing, share] = useDisclosure(false);
  const [explaining, explain] = useDisclosure(false);
  const [merging, merge] = useDisclosure(false);
  const [opened, setOpened] = useState<string | null>(null);
  const oversees = useOversees();
  const entries = extensionsOf(object.key)
    .flatMap((extension) => extension.menu ?? [])
    .filter((entry) => entry.isFor?.(object, record) ?? true);
  const entry = entries.find(({ key }) => key === opened);
  const copy = (text: string) => {
    clipboard.copy(text);
    toastSuccess(t("page.copied"));
  };
  const remove = async () => {
    try {
      const { change_set } = await deleteRecord(object.key, record.id);
      forgetRecord(object.key, record.id);
      onDeleted();
      showUndo(t("page.deleted", { name: label(object.label), title }), change_set);
      // What is cached of the record itself is dropped, not asked for again: it is gone.
      const own = ({ queryKey }: Query) => queryKey.includes(record.id);
      client.removeQueries({ queryKey: recordKeys.all(), predicate: own });
      await client.invalidateQueries({ queryKey: recordKeys.all(), predicate: (query) => !own(query) });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <Menu position="bottom-end" width={200} withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={t("page.more")}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {object.features.includes("owner") && (
            <Menu.Item leftSection={<Share2 size={14} />} onClick={share.open}>
              {t("page.share")}
            </Menu.Item>
          )}
          {(oversees || (can(object, "share") && record._rights?.edit !== false)) && (
            <Menu.Item leftSection={<ScanEye size={14} />} onClick={explain.open}>
              {t("page.explain_access")}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<Link2 size={14} />}
            onClick={() => copy(new URL(recordHref(object.key, record.id), location.href).href)}
          >
            {t("page.copy_link")}
          </Menu.Item>
          <Menu.Item leftSection={<Copy size={14} />} onClick={() => copy(title)}>
            {t("page.copy_title")}
          </Menu.Item>
          {entries.map(({ key, title: words, icon: Icon }) => (
            <Menu.Item key={key} leftSection={<Icon size={14} />} onClick={() => setOpened(key)}>
              {t(words)}
            </Menu.Item>
          ))}
          {record._rights?.delete !== false &&
            record._rights?.edit !== false &&
            object.group !== "settings" && (
              <Menu.Item leftSection={<Merge size={14} />} onClick={merge.open}>
                {t("page.merge")}
              </Menu.Item>
            )}
          {record._rights?.delete !== false && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={ask.open}>
                {t("page.delete")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {sharing && (
        <Suspense>
          <ShareDialog object={object} record={record} title={title} onClose={share.close} />
        </Suspense>
      )}
      {explaining && (
        <Suspense>
          <ExplainDialog object={object} record={record} title={title} onClose={explain.close} />
        </Suspense>
      )}
      {merging && (
        <Suspense>
          <MergeDialog object={object} record={record} title={title} onClose={merge.close} />
        </Suspense>
      )}
      {entry && (
        <Suspense>
          <entry.Dialog object={object} record={record} title={title} onClose={() => setOpened(null)} />
        </Suspense>
      )}
      <ConfirmDanger
        opened={asking}
        onClose={ask.close}
        onConfirm={remove}
        title={t("page.delete_title", { name: label(object.label) })}
        confirmLabel={t("page.delete")}
      >
        {t("page.delete_text", { title })}
      </ConfirmDanger>
    </>
  );
}

/** Whether the member may ask who sees any record that they see themselves. */
function useOversees(): boolean {
  const members = useOpens("members");
  return useOpens("audit") || members;
}
