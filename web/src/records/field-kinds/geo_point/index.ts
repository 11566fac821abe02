/** geo_point: latitude and longitude. */
import type { FieldKind } from "../types";
import { GeoPointDisplay } from "./display";
import { GeoPointInput } from "./input";
import { type GeoPoint, parsePoint, pointText } from "./value";

export const geoPointKind: FieldKind<GeoPoint> = {
  kind: "geo_point",
  trait: "geo",
  Display: GeoPointDisplay,
  Input: GeoPointInput as FieldKind<GeoPoint>["Input"],
  toText: pointText,
  fromText: parsePoint,
  isEmpty: (value) => value === null || value === undefined,
  validate: (value) => (typeof value === "object" ? null : { code: "geo_point" }),
  align: "start",
  editableInCell: true,
  cellEditor: "inline",
  width: 180,
};
