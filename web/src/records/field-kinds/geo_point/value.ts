/** Places: latitude and longitude in degrees. */

export interface GeoPoint {
  lat: number;
  lng: number;
}

const plain = (degrees: number) => String(Number(degrees.toFixed(6)));

/** 22.5431, 113.9532 */
export function pointText(point: GeoPoint | string | null | undefined): string {
  if (!point) return "";
  return typeof point === "string" ? point : `${plain(point.lat)}, ${plain(point.lng)}`;
}

/** null when empty, undefined when it is no place. */
export function parsePoint(text: string): GeoPoint | null | undefined {
  const words = text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .trim()
    .toUpperCase();
  if (words === "") return null;
  const match = /^(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?$/.exec(
    words,
  );
  if (!match) return undefined;
  const lat = Number(match[1]) * (match[2] === "S" ? -1 : 1);
  const lng = Number(match[3]) * (match[4] === "W" ? -1 : 1);
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180) return undefined;
  return { lat: Number(lat.toFixed(6)), lng: Number(lng.toFixed(6)) };
}

const MAP_SYSTEMS: Record<string, string> = { wgs84: "wgs84", gcj02: "gaode" };

/** The place on a map in the browser; null where the map does not know the coordinates. */
export function mapHref(point: GeoPoint, system: unknown): string | null {
  if (system === "bd09")
    return `https://api.map.baidu.com/marker?location=${point.lat},${point.lng}&title=.&content=.&output=html`;
  const coordinate = MAP_SYSTEMS[String(system ?? "gcj02")];
  return coordinate
    ? `https://uri.amap.com/marker?position=${point.lng},${point.lat}&coordinate=${coordinate}`
    : null;
}
