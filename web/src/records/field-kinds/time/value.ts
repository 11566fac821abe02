/** Times of day as people type them. */

const AFTERNOON = /下午|晚上|中午/;

/** "下午3点半", "3:30 pm", "１５：３０" -> "15:30"; null when empty, undefined when it is no time of day. */
export function parseTime(text: string): string | null | undefined {
  const rest = text
    .replace(/[０-９：]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .trim()
    .toLowerCase()
    .replace("点半", "点30分")
    .replace("点钟", "点");
  if (rest === "") return null;
  const match =
    /^(上午|下午|中午|晚上|凌晨|早上)?\s*(\d{1,2})\s*(?:[:时点]\s*(\d{1,2})?分?(?::?(\d{1,2})秒?)?)?\s*([ap]\.?m\.?)?$/.exec(
      rest,
    );
  if (!match) return undefined;
  const [, half = "", hours, minutes = "0", seconds = "0", ampm] = match;
  if (!/[:时点]/.test(rest) && !ampm) return undefined;
  let hour = Number(hours);
  if ((AFTERNOON.test(half) || ampm?.startsWith("p")) && hour < 12) hour += 12;
  if ((ampm?.startsWith("a") || /凌晨|上午/.test(half)) && hour === 12) hour = 0;
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const parts = [hour, Number(minutes), ...(Number(seconds) ? [Number(seconds)] : [])];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
