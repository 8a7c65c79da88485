/** A person's picture, or their initials on a colour that stays theirs. */

import { h } from "../lib/dom.js";
import { pictureAt } from "../lib/pictures.js";

const COLOURS = 8;

export class PersonAvatar extends HTMLElement {
  /**
   * @param {string} name
   * @param {string | null} picture A `data:` address, or where the picture is on the web; anything else is not shown.
   * @param {number} size CSS pixels.
   */
  static of(name, picture, size) {
    const avatar = new PersonAvatar();
    avatar.style.setProperty("--size", `${size}px`);
    avatar.show(name, picture);
    return avatar;
  }

  /** @param {string} name @param {string | null} picture */
  show(name, picture) {
    const state = `${name}\n${picture}`;
    if (this.dataset.state === state) return;
    this.dataset.state = state;
    this.setAttribute("aria-hidden", "true"); // the name always stands beside it
    this.dataset.colour = String(hash(name) % COLOURS);
    this.replaceChildren(initials(name));
    if (picture?.startsWith("data:image/")) this.#draw(picture);
    else if (picture?.startsWith("http")) {
      pictureAt(picture).then(
        (found) => found?.startsWith("data:image/") && this.dataset.state === state && this.#draw(found),
      );
    }
  }

  /** @param {string} picture */
  #draw(picture) {
    const image = h("img", { src: picture, alt: "", decoding: "async" });
    image.addEventListener("error", () => image.remove());
    this.append(image);
  }
}

/** First letters of the first and last word, whatever the script. @param {string} name */
function initials(name) {
  const words = name
    .split(/[\s._-]+/u)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? "")
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.join("").toLocaleUpperCase() || "?";
}

/** @param {string} text */
function hash(text) {
  let value = 7;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return value;
}

customElements.define("person-avatar", PersonAvatar);
