/** What can be done with a quote in its present state. */
import { Button, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { CheckCheck, ChevronDown, CopyPlus, FileDown, GitCompare, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { LANGUAGES } from "@/lib/language";
import { LANGUAGE_NAMES } from "@/lib/settings";
import { currentWorkspace, workspaceUrl } from "@/lib/workspace";
import type { RecordPartProps } from "@/records/page/extensions";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { useMarkSent, useNewVersion, useRecordAnswer } from "../requests";
import { CompareDialog } from "./compare-dialog";
import { ShareDialog } from "./share-dialog";

const SENDABLE = new Set(["draft", "approved", "expired"]);
const REVISABLE = new Set(["draft", "in_approval", "approved", "sent", "expired", "declined"]);
const ANSWERABLE = new Set(["draft", "approved", "sent"]);

export function QuoteActions({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const quotes = useObject("quote");
  const [opened, setOpened] = useState<"share" | "compare" | null>(null);
  const revise = useNewVersion();
  const sent = useMarkSent();
  const answer = useRecordAnswer();
  const navigate = useNavigate();
  const status = String(record.status ?? "draft");
  const previous = record.previous as Reference | null;
  const mayEdit = record._rights?.edit !== false;
  const mayShare = mayEdit && status !== "superseded" && status !== "in_approval";
  const failed = { onError: toastError };
  const entries = [
    mayEdit && REVISABLE.has(status) && quotes?.rights.create && (
      <Menu.Item
        key="version"
        leftSection={<CopyPlus size={14} />}
        onClick={() =>
          revise.mutate(
            { quote: record.id },
            {
              ...failed,
              onSuccess: ({ result, change_set }) => {
                showUndo(t("quotes.new_version_made"), change_set);
                const params = { ws: currentWorkspace(), object: "quote", id: result.quote };
                void navigate({ to: "/w/$ws/o/$object/$id", params });
              },
            },
          )
        }
      >
        {t("quotes.new_version")}
      </Menu.Item>
    ),
    mayEdit && SENDABLE.has(status) && (
      <Menu.Item
        key="sent"
        leftSection={<Send size={14} />}
        onClick={() => sent.mutate({ quote: record.id }, failed)}
      >
        {t("quotes.mark_sent")}
      </Menu.Item>
    ),
    mayEdit && ANSWERABLE.has(status) && (
      <Menu.Item
        key="accepted"
        leftSection={<CheckCheck size={14} />}
        onClick={() => answer.mutate({ quote: record.id, answer: "accepted" }, failed)}
      >
        {t("quotes.mark_accepted")}
      </Menu.Item>
    ),
    previous && (
      <Menu.Item key="compare" leftSection={<GitCompare size={14} />} onClick={() => setOpened("compare")}>
        {t("quotes.compare")}
      </Menu.Item>
    ),
    ...LANGUAGES.map((language) => (
      <Menu.Item
        key={language}
        component="a"
        href={workspaceUrl(`/quotes/${record.id}/pdf`, { language })}
        target="_blank"
        leftSection={<FileDown size={14} />}
      >
        {t("quotes.pdf", { language: LANGUAGE_NAMES[language] })}
      </Menu.Item>
    )),
  ].filter(Boolean);
  return (
    <>
      {mayShare && (
        <Button
          variant={status === "accepted" ? "default" : "filled"}
          leftSection={<Send size={14} />}
          onClick={() => setOpened("share")}
        >
          {t(SENDABLE.has(status) ? "quotes.share" : "quotes.share_again")}
        </Button>
      )}
      {entries.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<ChevronDown size={14} />}>
              {t("quotes.more")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>{entries}</Menu.Dropdown>
        </Menu>
      )}
      {opened === "share" && <ShareDialog quote={record} onClose={() => setOpened(null)} />}
      {opened === "compare" && previous && (
        <CompareDialog quote={record.id} previous={previous.id} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
