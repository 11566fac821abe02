/** A place and a distance from it; the condition is complete when both are there. */
import { Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { fieldKind } from "../field-kinds";
import { isDistance } from "./distance";

const USUAL_KM = 5;
const MOST_KM = 20_000;

export interface DistanceInputProps {
  field: Field;
  value: unknown;
  label: string;
  onChange(value: unknown): void;
}

export default function DistanceInput({ field, value, label, onChange }: DistanceInputProps) {
  const { t } = useTranslation();
  const begun = isDistance(value) ? value : null;
  const [place, setPlace] = useState<unknown>(begun && { lat: begun.lat, lng: begun.lng });
  const [km, setKm] = useState<number | string>(begun?.km ?? USUAL_KM);
  const { Input } = fieldKind("geo_point");
  const tell = (at: unknown, distance: number | string) =>
    onChange(at && typeof at === "object" && Number(distance) > 0 ? { ...at, km: Number(distance) } : null);
  return (
    <Group gap={6} wrap="nowrap" flex={1} miw={0}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Input
          value={place}
          field={{ ...field, required: false }}
          aria-label={label}
          onChange={(next: unknown) => {
            setPlace(next);
            tell(next, km);
          }}
        />
      </div>
      <NumberInput
        w={100}
        min={0.1}
        max={MOST_KM}
        suffix={` ${t("filter.km")}`}
        aria-label={t("filter.km")}
        value={km}
        onChange={(next) => {
          setKm(next);
          tell(place, next);
        }}
      />
    </Group>
  );
}
