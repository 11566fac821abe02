/** The value of "within so many kilometres of a place". */

export interface Distance {
  lat: number;
  lng: number;
  km: number;
}

/** True for a complete one. */
export function isDistance(value: unknown): value is Distance {
  const said = value as Partial<Distance> | null;
  return (
    typeof said === "object" && said !== null && typeof said.lat === "number" && typeof said.km === "number"
  );
}
