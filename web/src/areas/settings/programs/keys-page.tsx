/** API keys: one's own, or everybody's for those in charge of security; made, looked at, revoked. */
import { Anchor, Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeyState, MadeKey } from "@/api/types";
import { useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/confirm-danger";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastError, toastSuccess } from "@/ui/toast";
import { CallsDrawer } from "./calls-drawer";
import { KeyTable } from "./key-table";
import { curlOf, hasEnded, standingOf } from "./keys";
import { NewKeyDialog } from "./new-key-dialog";
import classes from "./programs.module.css";
import { keysQuery, programsKey, revokeKey } from "./requests";
import { SecretDialog } from "./secret-dialog";

export function KeysPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const secures = useSystemRight("security");
  const [everybody, setEverybody] = useState(false);
  const [withEnded, setWithEnded] = useState(false);
  const [adding, setAdding] = useState<{ like: KeyState | null } | null>(null);
  const [made, setMade] = useState<MadeKey | null>(null);
  const [looking, setLooking] = useState<KeyState | null>(null);
  const [leaving, setLeaving] = useState<KeyState | null>(null);
  const found = useQuery(keysQuery(everybody));
  usePageTitle(t("programs.keys"));

  const keys = found.data?.keys ?? [];
  const ended = keys.filter((key) => hasEnded(standingOf(key)));
  const shown = withEnded ? keys : keys.filter((key) => !hasEnded(standingOf(key)));
  const again = () => client.invalidateQueries({ queryKey: programsKey() });
  const revoke = async (key: KeyState) => {
    try {
      await revokeKey(key.id);
      toastSuccess(t("programs.key_revoked", { name: key.name }));
      await again();
    } catch (error) {
      toastError(error);
    }
  };
  const begin = found.data && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding({ like: null })}>
      {t("programs.new_key")}
    </Button>
  );

  return (
    <Page width={1080} header={<PageHeader title={t("programs.keys")} actions={begin} />}>
      <p className={classes.remark}>
        {t("programs.keys_about")}{" "}
        <Anchor
          href={`/api/v1/${encodeURIComponent(currentWorkspace())}/docs`}
          target="_blank"
          rel="noreferrer"
          size="sm"
          underline="always"
        >
          {t("programs.api_console")}
        </Anchor>
      </p>
      {(secures || ended.length > 0) && (
        <div className={classes.tools}>
          {secures && (
            <SegmentedControl
              aria-label={t("programs.whose")}
              value={everybody ? "everybody" : "mine"}
              onChange={(value) => setEverybody(value === "everybody")}
              data={["mine", "everybody"].map((value) => ({ value, label: t(`programs.keys_${value}`) }))}
            />
          )}
          {ended.length > 0 && (
            <Checkbox
              label={t("programs.with_ended", { count: ended.length })}
              checked={withEnded}
              onChange={(event) => setWithEnded(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={4} height={56} />
      ) : shown.length === 0 ? (
        <EmptyState title={t(ended.length > 0 ? "programs.no_working_keys" : "programs.no_keys")}>
          {t("programs.no_keys_text")}
        </EmptyState>
      ) : (
        <KeyTable
          keys={shown}
          everybody={everybody}
          onCalls={setLooking}
          onReplace={(like) => setAdding({ like })}
          onRevoke={setLeaving}
        />
      )}
      {adding && found.data && (
        <NewKeyDialog
          roles={found.data.roles}
          like={adding.like}
          onMade={(key) => {
            setAdding(null);
            setMade(key);
            void again();
          }}
          onClose={() => setAdding(null)}
        />
      )}
      {made && (
        <SecretDialog
          title={t("programs.key_made", { name: made.key.name })}
          values={[
            { name: t("programs.key"), value: made.secret },
            {
              name: t("programs.try_it"),
              value: curlOf(window.location.origin, currentWorkspace(), made.secret),
            },
          ]}
          onClose={() => setMade(null)}
        />
      )}
      {looking && (
        <CallsDrawer
          of="access-keys"
          id={looking.id}
          program={looking.id}
          name={looking.name}
          member={looking.member.id}
          onClose={() => setLooking(null)}
        />
      )}
      <ConfirmDanger
        opened={leaving !== null}
        title={t("programs.revoke_key_title", { name: leaving?.name })}
        confirmLabel={t("programs.revoke")}
        onConfirm={async () => {
          if (leaving) await revoke(leaving);
        }}
        onClose={() => setLeaving(null)}
      >
        {t("programs.revoke_key_text")}
      </ConfirmDanger>
    </Page>
  );
}
