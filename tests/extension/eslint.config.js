/** Lint rules of the extension: nothing parses markup, nothing runs text, functions stay short. */
import js from "@eslint/js";
import globals from "globals";
import unsanitized from "eslint-plugin-no-unsanitized";

const MARKUP = "Build nodes and set textContent: mail text must never be parsed as markup.";
const ours = Object.fromEntries(
  [
    "Keyguard",
    "Texts",
    "Transport",
    "Dom",
    "Outline",
    "Backdrop",
    "Nodes",
    "Style",
    "Frame",
    "Letter",
    "Outbox",
    "Views",
    "Steps",
    "Card",
  ].map((name) => [`ClassAct${name}`, "writable"]),
);

export default [
  { ignores: ["**/node_modules/**"] },
  js.configs.recommended,
  unsanitized.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 60, IIFEs: false }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "setHTMLUnsafe"].map((property) => ({
          property,
          message: MARKUP,
        })),
        { object: "document", property: "write", message: MARKUP },
      ],
    },
  },
  {
    files: ["extension/content/*.js", "server/web/static/demo/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.browser, chrome: "readonly", ...ours } },
    // Only the worker speaks HTTP: a fetch from Gmail's page is blocked by Chrome, or asks in Gmail's name
    rules: { "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "localStorage"] },
  },
  { files: ["server/web/static/demo/*.js"], rules: { "no-restricted-globals": "off" } },
  {
    files: ["extension/{worker,options,popup,shared}/*.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.browser, chrome: "readonly" } },
  },
  {
    files: ["tests/extension/**/*.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.node, chrome: "readonly" } },
    // Each life of a worker or page is a fresh import, with a number in its address
    rules: { "max-lines-per-function": "off", "no-unsanitized/method": "off" },
  },
];
