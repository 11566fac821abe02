/** The way out of a page that has nothing to show. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function HomeLink({ ws }: { ws: string }) {
  const { t } = useTranslation();
  return (
    <Button component="a" href={`/w/${encodeURIComponent(ws)}`} variant="default">
      {t("page.go_home")}
    </Button>
  );
}
