/** Stands above every page while somebody looks with another member's eyes, and ends it. */
import { Button } from "@mantine/core";
import { ScanEye } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeViewAs } from "@/api/types";
import { endViewAs } from "@/lib/view-as";
import { toastError } from "@/ui/toast";
import classes from "./view-as.module.css";

const EVERY_MS = 15_000;

/** Whole minutes until it ends by itself, rounded up; 0 once it has. */
export function minutesLeft(until: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 60_000));
}

export function ViewAsBar({ name, looking }: { name: string; looking: MeViewAs }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(() => minutesLeft(looking.until, Date.now()));
  const [ending, setEnding] = useState(false);
  useEffect(() => {
    const look = () => {
      const now = minutesLeft(looking.until, Date.now());
      setLeft(now);
      // What is on the screen is no longer what the person sees: the page begins anew with their own eyes.
      if (now === 0) window.location.reload();
    };
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [looking.until]);
  const end = async () => {
    setEnding(true);
    try {
      await endViewAs();
    } catch (error) {
      toastError(error);
      setEnding(false);
    }
  };
  return (
    <section className={classes.bar} aria-label={t("app.view_as")}>
      <ScanEye size={16} strokeWidth={1.75} aria-hidden />
      <span className={classes.words}>{t("app.viewing_as", { by: looking.by, name })}</span>
      <span className={classes.left}>{t("app.view_as_left", { count: left })}</span>
      <Button size="compact-sm" variant="white" color="dark" loading={ending} onClick={end}>
        {t("app.view_as_end")}
      </Button>
    </section>
  );
}
