/** One sample per kind for the conformance suite: its field, a value, its words, and how a person enters it. */
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import dayjs from "dayjs";
import type { FieldKind, FieldSettings, Language } from "@/api/types";
import type { KindField } from "./types";

interface KindSample {
  field: KindField;
  value: unknown;
  text: Record<Language, string>;
  /** What the display shows where it differs from the words. */
  shown?: Record<Language, string>;
  /** What pasting the words gives where it differs from the value. */
  pasted?: unknown;
  refused?: [unknown, string][];
  /** Enters the value into the empty editor. */
  edit?(): Promise<void>;
  edited?: unknown;
  /** Presses keys in the cell editor. */
  typesInCell?(keys: string): Promise<void>;
}

function field(kind: FieldKind, settings: FieldSettings = {}): KindField {
  return { key: "sample", kind, label: { "zh-CN": "示例", en: "Sample" }, settings };
}

/** A computed field whose values are those of another kind. */
function computed(kind: FieldKind, result: FieldKind, settings: FieldSettings = {}): KindField {
  return { ...field(kind), read_only: true, result: { kind: result, settings } };
}

const same = (words: string) => ({ "zh-CN": words, en: words });
const box = () => screen.getByLabelText("示例", { selector: "input, textarea" });

function typing(words: string) {
  return async () => {
    await userEvent.type(await screen.findByLabelText("示例", { selector: "input, textarea" }), words);
  };
}

const typesInCell = async (keys: string) => {
  await userEvent.type(box(), keys);
};

const options = [
  { key: "new", label: { "zh-CN": "新客户", en: "New" }, color: "blue" as const },
  { key: "old", label: { "zh-CN": "老客户", en: "Existing" }, color: "green" as const },
];

const instant = dayjs("2026-11-21T16:30").toISOString().replace(".000Z", "Z");

export const kindSamples: Record<string, KindSample> = {
  text: {
    field: field("text", { max_length: 6 }),
    value: "云图物流",
    text: same("云图物流"),
    refused: [["云图物流有限公司", "最多 6 个字"]],
    edit: typing("云图物流"),
    typesInCell,
  },
  long_text: {
    field: field("long_text"),
    value: "第一行\n第二行",
    text: same("第一行\n第二行"),
    shown: same("第一行 第二行"),
    edit: typing("第一行{Enter}第二行"),
    typesInCell,
  },
  rich_text: {
    field: field("rich_text"),
    value: "<p>报价 <strong>通过</strong></p>",
    text: same("报价 通过"),
    pasted: "<p>报价 通过</p>",
  },
  integer: {
    field: field("integer", { min: 1, max: 5000 }),
    value: 1234,
    text: same("1,234"),
    refused: [
      [0, "不能小于 1"],
      [9000, "不能大于 5000"],
      ["1.5", "请输入整数"],
      ["很多", "请输入数字"],
    ],
    edit: typing("1,234"),
    typesInCell,
  },
  decimal: {
    field: field("decimal", { scale: 2 }),
    value: "1234.5",
    text: same("1,234.5"),
    refused: [["1.234", "最多 2 位小数"]],
    edit: typing("１２３４.５"),
    typesInCell,
  },
  money: {
    field: field("money", { currency: "CNY" }),
    value: { amount: "32000", currency: "CNY" },
    text: same("¥32,000"),
    refused: [[{ amount: "三万", currency: "CNY" }, "请输入数字"]],
    edit: typing("3.2万"),
    typesInCell,
  },
  percent: {
    field: field("percent", { scale: 2 }),
    value: "35",
    text: same("35%"),
    edit: typing("35%"),
    typesInCell,
  },
  boolean: {
    field: field("boolean"),
    value: true,
    text: { "zh-CN": "是", en: "Yes" },
    edit: async () => {
      await userEvent.click(box());
    },
  },
  date: {
    field: field("date"),
    value: "2026-11-21",
    text: same("2026-11-21"),
    refused: [["2026-02-31", "日期格式不对，例如 2026-11-21"]],
    edit: typing("2026年11月21日"),
    typesInCell,
  },
  datetime: {
    field: field("datetime"),
    value: instant,
    text: same("2026-11-21 16:30"),
    refused: [["下个雨天", "时间格式不对，例如 2026-11-21 16:30"]],
    edit: typing("2026/11/21 16:30"),
    typesInCell,
  },
  choice: {
    field: field("choice", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
    refused: [["lost", "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    typesInCell,
  },
  record_type: {
    field: field("record_type", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
    refused: [["lost", "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    typesInCell,
  },
  multi_choice: {
    field: field("multi_choice", { options }),
    value: ["new", "old"],
    text: { "zh-CN": "新客户、老客户", en: "New, Existing" },
    shown: { "zh-CN": "新客户老客户", en: "NewExisting" },
    refused: [[["lost"], "请从选项中选择"]],
    edit: async () => {
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "老客户" }));
    },
    edited: ["old"],
    typesInCell,
  },
  mail: {
    field: field("mail"),
    value: "wang@example.com",
    text: same("wang@example.com"),
    refused: [["wang@", "邮箱格式不对，例如 name@example.com"]],
    edit: typing("wang@example.com"),
    typesInCell,
  },
  phone: {
    field: field("phone"),
    value: "+8613800138000",
    text: same("138 0013 8000"),
    pasted: "138 0013 8000",
    refused: [["打我电话", "电话格式不对，例如 13800138000 或 0571-88886666"]],
    edit: typing("+8613800138000"),
    typesInCell,
  },
  url: {
    field: field("url"),
    value: "https://www.example.com/",
    text: same("https://www.example.com/"),
    shown: same("example.com"),
    refused: [
      ["javascript:alert(1)", "网址格式不对，例如 https://example.com"],
      ["just words", "网址格式不对，例如 https://example.com"],
    ],
    edit: typing("https://www.example.com/"),
    typesInCell,
  },
  address: {
    field: field("address"),
    value: {
      province: "浙江省",
      city: "杭州市",
      district: "西湖区",
      street: "文三路1号",
      postcode: "310000",
    },
    text: { "zh-CN": "浙江省杭州市西湖区文三路1号 310000", en: "文三路1号, 西湖区, 杭州市, 浙江省, 310000" },
    edit: async () => {
      fireEvent.change(screen.getByLabelText("市"), { target: { value: "杭州市" } });
    },
    edited: { city: "杭州市" },
  },
  person: {
    field: field("person"),
    value: { id: "m1", title: "王芳" },
    text: same("王芳"),
    shown: same("王王芳"),
    typesInCell,
  },
  lookup: {
    field: field("lookup", { target: "company" }),
    value: { id: "c1", title: "云图物流" },
    text: same("云图物流"),
    typesInCell,
  },
  many_to_many: {
    field: field("many_to_many", { target: "contact" }),
    value: [
      { id: "p1", title: "李雷" },
      { id: "p2", title: "韩梅梅" },
    ],
    text: { "zh-CN": "李雷、韩梅梅", en: "李雷, 韩梅梅" },
    shown: same("李雷韩梅梅"),
  },
  about: {
    field: field("about", { targets: ["company", "contact"] }),
    value: { object: "company", id: "c1", title: "云图物流" },
    text: same("云图物流"),
  },
  tags: {
    field: field("tags"),
    value: ["VIP", "华东"],
    text: { "zh-CN": "VIP、华东", en: "VIP, 华东" },
    shown: same("VIP华东"),
    edit: typing("VIP{Enter}"),
    edited: ["VIP"],
  },
  file: {
    field: field("file"),
    value: [{ id: "f1", name: "合同.pdf", size: 2048, type: "application/pdf" }],
    text: same("合同.pdf"),
  },
  auto_number: { field: field("auto_number"), value: "OPP-000012", text: same("OPP-000012") },
  duration: {
    field: field("duration", { unit: "hour" }),
    value: 5400,
    text: { "zh-CN": "1小时30分钟", en: "1h 30m" },
    refused: [["很久", "时长格式不对，例如 1小时30分 或 1:30"]],
    edit: typing("1.5"),
    typesInCell,
  },
  time: {
    field: field("time"),
    value: "15:30",
    text: same("15:30"),
    refused: [["25:00", "时间格式不对，例如 15:30"]],
    edit: typing("下午3点半"),
    typesInCell,
  },
  rating: {
    field: field("rating", { max: 5 }),
    value: 4,
    text: same("4"),
    shown: same(""),
    refused: [[6, "请选择 1 到 5 星"]],
    edit: async () => {
      const star = await screen.findByLabelText("示例 5 星中的 4 星", { selector: "input" });
      await userEvent.click(document.querySelector(`label[for="${star.id}"]`) as HTMLElement);
    },
  },
  progress: {
    field: field("progress"),
    value: "35",
    text: same("35%"),
    refused: [["120", "不能大于 100"]],
    edit: typing("35"),
    typesInCell,
  },
  color: {
    field: field("color"),
    value: "#1677ff",
    text: same("#1677ff"),
    refused: [["天空", "颜色格式不对，例如 #1677ff"]],
    edit: typing("#1677FF"),
    typesInCell,
  },
  region: {
    field: field("region"),
    value: { code: "440305", name: "广东省深圳市南山区" },
    text: same("广东省深圳市南山区"),
    pasted: { code: "广东省深圳市南山区", name: "广东省深圳市南山区" },
  },
  industry: {
    field: field("industry"),
    value: { code: "2710", name: "化学药品原料药制造" },
    text: same("2710 化学药品原料药制造"),
    shown: same("化学药品原料药制造"),
  },
  credit_code: {
    field: field("credit_code"),
    value: "91440300708461136T",
    text: same("91440300708461136T"),
    refused: [["914403007084611360", "统一社会信用代码不对，请核对 18 位代码"]],
    edit: typing("91440300 708461136t"),
    typesInCell,
  },
  identity_number: {
    field: field("identity_number"),
    value: "3****************1",
    text: same("3****************1"),
    pasted: undefined,
    refused: [["360426199101010072", "身份证号不对，请核对 18 位号码"]],
    edit: typing("360426199101010071"),
    edited: "360426199101010071",
    typesInCell,
  },
  url_list: {
    field: field("url_list"),
    value: [
      { value: "https://www.example.com/", label: "website" },
      { value: "https://shop.example.com/", label: null },
    ],
    text: {
      "zh-CN": "官网：https://www.example.com/；https://shop.example.com/",
      en: "Website: https://www.example.com/; https://shop.example.com/",
    },
    shown: {
      "zh-CN": "https://www.example.com/官网https://shop.example.com/",
      en: "https://www.example.com/Websitehttps://shop.example.com/",
    },
    refused: [[[{ value: "javascript:alert(1)", label: null }], "网址格式不对，例如 https://example.com"]],
    edit: typing("https://www.example.com/"),
    edited: [{ value: "https://www.example.com/", label: null }],
  },
  phones: {
    field: field("phones"),
    value: [{ value: "+8613800138000", label: "work" }],
    text: { "zh-CN": "工作：138 0013 8000", en: "Work: 138 0013 8000" },
    shown: { "zh-CN": "138 0013 8000工作", en: "138 0013 8000Work" },
    pasted: [{ value: "138 0013 8000", label: "work" }],
    refused: [[[{ value: "打我", label: null }], "电话格式不对，例如 13800138000 或 0571-88886666"]],
    edit: typing("+8613800138000"),
    edited: [{ value: "+8613800138000", label: null }],
  },
  mails: {
    field: field("mails"),
    value: [{ value: "wang@example.com", label: "personal" }],
    text: { "zh-CN": "个人：wang@example.com", en: "Personal: wang@example.com" },
    shown: { "zh-CN": "wang@example.com个人", en: "wang@example.comPersonal" },
    refused: [[[{ value: "wang@", label: null }], "邮箱格式不对，例如 name@example.com"]],
    edit: typing("wang@example.com"),
    edited: [{ value: "wang@example.com", label: null }],
  },
  geo_point: {
    field: field("geo_point"),
    value: { lat: 22.5431, lng: 113.9532 },
    text: same("22.5431, 113.9532"),
    refused: [["公司楼下", "坐标格式不对，例如 22.5431, 113.9532"]],
    edit: typing("22.5431，113.9532"),
    typesInCell,
  },
  barcode: {
    field: field("barcode", { format: "ean13" }),
    value: "6901234567892",
    text: same("6901234567892"),
    refused: [["6901234567890", "不是有效的 EAN-13 编码"]],
    edit: typing("6901234567892"),
    typesInCell,
  },
  image: {
    field: field("image"),
    value: [{ id: "f1", name: "门店.jpg", size: 2048, type: "image/jpeg" }],
    text: same("门店.jpg"),
    shown: same(""),
    refused: [[[{ id: "f2", name: "合同.pdf", size: 1, type: "application/pdf" }], "“合同.pdf”不是图片"]],
  },
  signature: {
    field: field("signature"),
    value: [{ id: "f1", name: "签名.png", size: 2048, type: "image/png" }],
    text: { "zh-CN": "签名", en: "Signature" },
    shown: same(""),
    refused: [[[{ id: "f2", name: "a.jpg", size: 1, type: "image/jpeg" }], "请在框内手写签名"]],
  },
  formula: {
    field: computed("formula", "money", { currency: "CNY" }),
    value: { amount: "1234.5", currency: "CNY" },
    text: same("¥1,234.50"),
  },
  lookup_value: {
    field: computed("lookup_value", "choice", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
  },
  roll_up: { field: computed("roll_up", "integer"), value: 1200, text: same("1,200") },
  last_activity: {
    field: computed("last_activity", "datetime"),
    value: instant,
    text: same("2026-11-21 16:30"),
  },
  json: { field: field("json"), value: { a: [1, 2] }, text: same('{"a":[1,2]}'), typesInCell },
};
