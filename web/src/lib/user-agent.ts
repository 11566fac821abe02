/** A browser and its system, in two words, from what the browser says of itself. */

const BROWSERS: [RegExp, string][] = [
  [/wxwork/, "WeCom"],
  [/MicroMessenger/, "WeChat"],
  [/DingTalk/, "DingTalk"],
  [/Lark|Feishu/, "Feishu"],
  [/QQBrowser/, "QQ Browser"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/OpenHarmony|HarmonyOS/, "HarmonyOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Chrome · Windows"; empty when neither is recognised. */
export function deviceName(userAgent: string): string {
  const find = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(" · ");
}
