/** Editor of a place: typed or pasted coordinates, or where this device is. */
import { ActionIcon } from "@mantine/core";
import { LocateFixed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { toastError } from "@/ui/toast";
import { TextBox } from "../parts/text-box";
import type { InputProps } from "../types";
import { type GeoPoint, parsePoint, pointText } from "./value";

export function GeoPointInput(props: InputProps<GeoPoint | string>) {
  const { t } = useTranslation();
  const read = (text: string) => {
    const point = parsePoint(text);
    return point === undefined ? text : point;
  };
  // Devices tell WGS-84; a field of another system would be off by hundreds of metres.
  const locates = props.field.settings.system === "wgs84" && "geolocation" in navigator;
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        props.onChange({ lat: Number(coords.latitude.toFixed(6)), lng: Number(coords.longitude.toFixed(6)) }),
      () => toastError(t("field-kinds.no_location")),
    );
  return (
    <TextBox<GeoPoint | string>
      {...props}
      write={pointText}
      read={read}
      placeholder="22.5431, 113.9532"
      numeric
      rightSection={
        locates ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            tabIndex={-1}
            disabled={props.disabled}
            aria-label={t("field-kinds.locate")}
            onMouseDown={(event) => event.preventDefault()}
            onClick={locate}
          >
            <LocateFixed size={14} />
          </ActionIcon>
        ) : undefined
      }
    />
  );
}
