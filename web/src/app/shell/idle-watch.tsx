/** Tells somebody who is away that the session is about to end, and leaves the page once it has. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeSignIn, Session } from "@/api/types";
import { idleSeconds, stayActive } from "@/lib/activity";
import { request } from "@/lib/api";

const EVERY_MS = 5_000;
/** So long before the end it is told. */
const WARNING_SECONDS = 60;

/** Seconds until the session ends by itself, as far as this browser knows; Infinity when it does not. */
export function secondsLeft(rules: MeSignIn, idle: number, now: number): number {
  const standing = rules.idle_minutes === null ? Number.POSITIVE_INFINITY : rules.idle_minutes * 60 - idle;
  const whole = rules.ends_at === null ? Number.POSITIVE_INFINITY : (Date.parse(rules.ends_at) - now) / 1_000;
  return Math.ceil(Math.min(standing, whole));
}

async function leaveIfOver(): Promise<void> {
  const session = await request<Session>("/api/v1/session").catch(() => null);
  if (!session || session.authenticated) return;
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ next: pathname + search });
  if (session.ended) query.set("ended", session.ended);
  window.location.assign(`/sign-in?${query}`);
}

export function IdleWatch({ rules }: { rules: MeSignIn }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const look = () => {
      const now = secondsLeft(rules, idleSeconds(), Date.now());
      setLeft(now);
      if (now <= 0) void leaveIfOver();
    };
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [rules]);
  const stay = () => {
    stayActive();
    setLeft(Number.POSITIVE_INFINITY);
    void request<Session>("/api/v1/session");
  };
  const byIdleness =
    rules.idle_minutes !== null && rules.idle_minutes * 60 - idleSeconds() <= WARNING_SECONDS;
  return (
    <Modal opened={left <= WARNING_SECONDS} onClose={stay} title={t("app.ending_title")} size={400}>
      <Text size="sm">{t(byIdleness ? "app.ending_idle" : "app.ending_over")}</Text>
      <Group justify="flex-end" mt="lg">
        <Button data-autofocus onClick={stay}>
          {t(byIdleness ? "app.ending_stay" : "app.ending_seen")}
        </Button>
      </Group>
    </Modal>
  );
}
