/** Samples of the kinds that tell how and where somebody or something is found. */
import { fireEvent, screen } from "@testing-library/react";
import { field, type KindSample, same, typesInCell, typing } from "./sample";

export const contacts: Record<string, KindSample> = {
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
};
