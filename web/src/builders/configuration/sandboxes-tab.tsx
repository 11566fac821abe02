/** Copies of the workspace in which changes are tried: made in one click, opened, compared, removed. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./configuration.module.css";
import { NewSandboxDialog } from "./new-sandbox-dialog";
import { isBeingMade, sandboxesQuery } from "./requests";
import { SandboxRow } from "./sandbox-row";

export function SandboxesTab({ onCompare }: { onCompare: (slug: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const answer = useQuery(sandboxesQuery());
  const [making, setMaking] = useState(false);
  const busy = answer.data?.sandboxes.filter(isBeingMade).length ?? 0;
  const before = useRef(busy);
  useEffect(() => {
    // One more workspace to go to.
    if (busy < before.current) client.invalidateQueries({ queryKey: ["session"] });
    before.current = busy;
  }, [busy, client]);
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (answer.isPending) return <RowsSkeleton rows={4} height={64} />;
  const { sandboxes } = answer.data;
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setMaking(true)}>
      {t("configuration.new_sandbox")}
    </Button>
  );
  return (
    <>
      {sandboxes.length === 0 ? (
        <section className={classes.card}>
          <EmptyState title={t("configuration.no_sandboxes")} action={add}>
            {t("configuration.no_sandboxes_text")}
          </EmptyState>
        </section>
      ) : (
        <>
          <div className={classes.tools}>
            <p className={classes.lead}>{t("configuration.sandboxes_text")}</p>
            <span className={classes.space} />
            {add}
          </div>
          <ul className={classes.frame}>
            {sandboxes.map((one) => (
              <SandboxRow key={one.id} sandbox={one} onCompare={() => onCompare(one.slug)} />
            ))}
          </ul>
        </>
      )}
      {making && <NewSandboxDialog known={sandboxes} onClose={() => setMaking(false)} />}
    </>
  );
}
