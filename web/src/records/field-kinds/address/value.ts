/** Reading addresses written as one line. */
import type { AddressValue } from "@/api/types";

const MUNICIPALITIES = ["北京", "上海", "天津", "重庆"];

const LINE = new RegExp(
  "^(?<province>[^省]+?(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市?)?" +
    "(?<city>.{1,}?(?:自治州|市|地区|盟))?" +
    "(?<district>.{1,}?(?:新区|区|县|市|旗))?" +
    "(?<street>.*)$",
  "u",
);

/** 浙江省杭州市西湖区文三路1号 310000 -> its parts; what follows no known pattern is kept as the street. */
export function parseAddress(text: string): AddressValue | null {
  const line = text.trim();
  if (line === "") return null;
  const postcode = /[\s,，]*(\d{6})$/.exec(line);
  const rest = (postcode ? line.slice(0, postcode.index) : line).trim();
  const parts = LINE.exec(rest)?.groups ?? {};
  const value: AddressValue = {};
  for (const key of ["province", "city", "district", "street"] as const) {
    const part = parts[key]?.trim();
    if (part) value[key] = part;
  }
  if (!value.city && MUNICIPALITIES.some((name) => value.province?.startsWith(name)))
    value.city = value.province;
  if (postcode?.[1]) value.postcode = postcode[1];
  return value;
}

/** Without empty parts; null when nothing is left. */
export function tidyAddress(value: AddressValue): AddressValue | null {
  const parts = Object.entries(value).filter(([, part]) => part);
  return parts.length ? (Object.fromEntries(parts) as AddressValue) : null;
}
