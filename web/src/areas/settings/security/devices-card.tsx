/** The browsers that are not asked for the second step, to be forgotten one by one. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDate, formatRelative } from "@/lib/format";
import { forgetDevice } from "@/lib/second-factor";
import { deviceName } from "@/lib/user-agent";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { toastError } from "@/ui/toast";
import { knownDevicesQuery } from "./queries";
import classes from "./security.module.css";

export function DevicesCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const devices = useQuery(knownDevicesQuery());
  const trusted = (devices.data ?? []).filter((device) => device.trusted_until);
  const forget = useMutation({
    mutationFn: forgetDevice,
    onSuccess: (left) => client.setQueryData(knownDevicesQuery().queryKey, left),
    onError: toastError,
  });
  return (
    <Card title={t("security.devices")} text={t("security.devices_text")}>
      {trusted.length === 0 ? (
        <p className={classes.detail}>{t("security.devices_none")}</p>
      ) : (
        <ul className={classes.list}>
          {trusted.map((device) => (
            <li key={device.id} className={classes.row}>
              <MonitorSmartphone size={20} strokeWidth={1.5} className={classes.icon} aria-hidden />
              <div className={classes.words}>
                <span className={classes.name}>
                  {deviceName(device.user_agent) || t("settings.unknown_device")}
                  {device.is_current && <Chip hue="green">{t("settings.this_device")}</Chip>}
                </span>
                <span className={classes.detail}>
                  {t("security.trusted_until", {
                    address: device.address ?? "—",
                    when: formatRelative(device.last_used_at),
                    until: formatDate(device.trusted_until),
                  })}
                </span>
              </div>
              <div className={classes.buttons}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={forget.isPending}
                  onClick={() => forget.mutate(device.id)}
                >
                  {t("security.device_forget")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
