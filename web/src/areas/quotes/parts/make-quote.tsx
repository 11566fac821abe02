/** On an opportunity: a quote with everything that it has. */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useObject } from "@/lib/catalog";
import { currentWorkspace } from "@/lib/workspace";
import type { RecordPartProps } from "@/records/page/extensions";
import { toastError } from "@/ui/toast";
import { showUndo } from "@/ui/undo-toast";
import { useMakeQuote } from "../requests";

export function MakeQuoteButton({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const quotes = useObject("quote");
  const make = useMakeQuote();
  const navigate = useNavigate();
  if (!quotes?.rights.create) return null;
  return (
    <Button
      variant="default"
      leftSection={<FileText size={14} />}
      loading={make.isPending}
      onClick={() =>
        make.mutate(
          { opportunity: record.id },
          {
            onError: toastError,
            onSuccess: ({ result, change_set }) => {
              showUndo(t("quotes.made"), change_set);
              const params = { ws: currentWorkspace(), object: "quote", id: result.quote };
              void navigate({ to: "/w/$ws/o/$object/$id", params });
            },
          },
        )
      }
    >
      {t("quotes.make")}
    </Button>
  );
}
