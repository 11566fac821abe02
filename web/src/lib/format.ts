/** Values as a person reads them: numbers, money, dates, sizes, in the current language. */
import dayjs from "dayjs";
import type { AddressValue, MoneyValue } from "@/api/types";
import { currentLanguage } from "./language";

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${currentLanguage()}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(currentLanguage(), options);
    formats.set(key, format);
  }
  return format;
}

/** A number with thousands separators; decimals arrive as text and keep their digits. */
export function formatNumber(value: number | string | null | undefined, digits?: number): string {
  if (value === null || value === undefined || value === "") return "";
  const options = digits === undefined ? { maximumFractionDigits: 20 } : fixed(digits);
  return numberFormat(options).format(value as Intl.StringNumericLiteral);
}

function fixed(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** ¥1,234,567 — cents only where the amount has some. */
export function formatMoney(value: MoneyValue | null | undefined): string {
  if (!value) return "";
  const whole = /^-?\d+(\.0*)?$/.test(value.amount);
  return moneyFormat(value.currency, whole ? 0 : 2).format(value.amount as Intl.StringNumericLiteral);
}

/** ¥123.5万 or CN¥1.2M: for totals on cards and column heads. */
export function formatMoneyShort(value: MoneyValue | null | undefined): string {
  if (!value) return "";
  if (Math.abs(Number(value.amount)) < 10_000) return formatMoney(value);
  return numberFormat({
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(value.amount as Intl.StringNumericLiteral);
}

function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
  return numberFormat({ style: "currency", currency, currencyDisplay: "narrowSymbol", ...fixed(digits) });
}

/** 35% from "35": percents are stored as the number a person types. */
export function formatPercent(value: number | string | null | undefined): string {
  const text = formatNumber(value);
  return text && `${text}%`;
}

export function formatDate(value: string | null | undefined): string {
  return value ? value.slice(0, 10) : "";
}

/** 2026-11-21 16:30 in the time zone of the reader. */
export function formatDateTime(value: string | null | undefined): string {
  return value ? dayjs(value).format("YYYY-MM-DD HH:mm") : "";
}

/** "3 分钟前" within seven days, else the date; show formatDateTime on hover. */
export function formatRelative(value: string | null | undefined, now: number = Date.now()): string {
  if (!value) return "";
  const seconds = (new Date(value).getTime() - now) / 1000;
  const size = Math.abs(seconds);
  if (size >= 7 * 86_400) return dayjs(value).format("YYYY-MM-DD");
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto" });
  if (size < 45) return format.format(0, "second");
  if (size < 3_600) return format.format(Math.trunc(seconds / 60) || Math.sign(seconds), "minute");
  if (size < 86_400) return format.format(Math.trunc(seconds / 3_600), "hour");
  return format.format(Math.trunc(seconds / 86_400), "day");
}

/** 1.5 MB from bytes. */
export function formatSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${numberFormat({ maximumFractionDigits: unit ? 1 : 0 }).format(size)} ${units[unit]}`;
}

/** One line: 浙江省杭州市西湖区文三路 1 号, or street first in English. */
export function formatAddress(value: AddressValue | null | undefined): string {
  if (!value) return "";
  // Municipalities are province and city at once.
  const city = value.city === value.province ? undefined : value.city;
  const parts = [value.province, city, value.district, value.street].filter(Boolean);
  if (currentLanguage() === "zh-CN") return parts.join("") + (value.postcode ? ` ${value.postcode}` : "");
  return [...parts.reverse(), value.postcode].filter(Boolean).join(", ");
}
