/** For an account that belongs to no workspace (any more). */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { signOut } from "@/lib/auth";
import { queryClient } from "@/lib/query-client";
import { AuthFrame } from "./auth-frame";

export function NoWorkspacePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queryClient.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <AuthFrame title={t("identity.no_workspace_title")} text={t("identity.no_workspace_text")}>
      <Button variant="default" fullWidth mt="lg" onClick={leave}>
        {t("identity.sign_out")}
      </Button>
    </AuthFrame>
  );
}
