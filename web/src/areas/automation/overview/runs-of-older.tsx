/** Runs that go on with older versions: how many, and the way to have them go on with the one that is published. */
import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSystemRight } from "@/lib/rights";
import { MoveRunsDialog } from "./move-runs-dialog";
import { migrationQuery } from "./requests";

export function RunsOfOlder({ flow }: { flow: string }) {
  const { t } = useTranslation();
  const may = useSystemRight("automation");
  const migration = useQuery(migrationQuery(flow, null)).data;
  const [moving, setMoving] = useState(false);
  const count = migration?.versions.reduce((sum, { runs }) => sum + runs, 0) ?? 0;
  if (count === 0) return null;
  return (
    <>
      <Alert color="blue" variant="light" mb="md">
        <div>{t("automation.older_runs", { count })}</div>
        {may && (
          <Button mt="xs" size="xs" variant="default" onClick={() => setMoving(true)}>
            {t("automation.move_runs")}
          </Button>
        )}
      </Alert>
      {moving && <MoveRunsDialog flow={flow} onClose={() => setMoving(false)} />}
    </>
  );
}
