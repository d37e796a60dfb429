/** Tells whether the page is painted dark behind the card; Gmail's theme is its own setting, not the system's. */
(() => {
  "use strict";
  const DARK_BELOW = 110; // of 255; right in all four pairs of Gmail theme and system theme (measured)

  /**
   * @param {string} colour as getComputedStyle gives it: "rgb(r, g, b)" or "rgba(r, g, b, a)"
   * @returns {number | null} 0-255, or null when the colour lets through what is behind it
   */
  function luminance(colour) {
    const parts =
      /^rgba?\(([^)]+)\)$/
        .exec(colour)?.[1]
        ?.split(/[\s,/]+/)
        .map(Number.parseFloat) ?? [];
    const [red, green, blue, alpha = 1] = parts;
    if (red === undefined || green === undefined || blue === undefined || alpha < 0.5) return null;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue; // Rec. 709 weights
  }

  /**
   * @param {Element} element
   * @returns {"dark" | "light"}
   */
  function schemeBehind(element) {
    for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
      const value = luminance(getComputedStyle(at).backgroundColor);
      if (value !== null) return value < DARK_BELOW ? "dark" : "light";
    }
    return "light"; // a page that paints nothing is white
  }

  globalThis.ClassActBackdrop = Object.freeze({ luminance, schemeBehind });
})();
