/** Offers to look with this member's eyes, to those with the right. */
import { Button } from "@mantine/core";
import { ScanEye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/me";
import { useSystemRight } from "@/lib/rights";
import { useViewAs, VIEW_AS } from "@/lib/view-as";
import type { RecordPartProps } from "@/records/page/extensions";

export function ViewAsButton({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useSystemRight(VIEW_AS);
  const ask = useViewAs((state) => state.ask);
  if (!may || record.id === me.member.id || record.status === "left") return null;
  return (
    <Button
      variant="default"
      leftSection={<ScanEye size={16} />}
      onClick={() => ask({ id: record.id, name: String(record.name) })}
    >
      {t("app.view_as_begin")}
    </Button>
  );
}
