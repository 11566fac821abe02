import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { tile, Watermark } from "./watermark";

describe("the watermark", () => {
  it("lies over the whole page, hidden from readers of the screen", () => {
    render(<Watermark name="王芳" />);

    expect(document.querySelectorAll("body > [aria-hidden]")).toHaveLength(1);
  });

  it("draws a name of signs as text, whatever it is", () => {
    const picture = decodeURIComponent(tile('<script>"&'));

    expect(picture).not.toContain("<script>");
    const source = picture.slice(picture.indexOf(",") + 1, -2);
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    expect(parsed.querySelector("text")?.textContent).toBe('<script>"&');
    expect(decodeURIComponent(tile("王芳 2026-11-28 10:00"))).toContain(">王芳 2026-11-28 10:00</text>");
  });
});
