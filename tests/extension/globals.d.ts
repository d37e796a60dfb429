/** Shapes shared by the extension's files: what the server answers, and the frozen namespace of each content script. */

interface EvidenceSpan {
  text: string;
  start: number;
  end: number;
}
type LetterState =
  "new" | "drafted" | "held" | "sending" | "sent" | "unknown" | "failed" | "answered" | "dismissed" | "undone";

interface Saved {
  draft_id: string;
  revision: string;
}
interface OutboxItem extends Saved {
  outbox_id: string;
  kind: string;
  state: LetterState;
  to: string;
  subject: string;
  body: string;
  undo_until: string | null;
  problem: string;
  can_settle?: boolean;
  told?: boolean;
}
type Word = "went" | "did_not_go" | "take_back";
interface Reminder {
  id: string;
  due: string;
  due_now: boolean;
}
interface MessageReply {
  message_id: string;
  is_rejection: boolean;
  needs_review: boolean;
  hold: boolean;
  language: string;
  reason: "passed" | "filled" | "cancelled" | null;
  evidence: EvidenceSpan[];
  company: string | null;
  role: string | null;
  state: LetterState;
  outbox: OutboxItem | null;
  specific?: string;
  reminder?: Reminder | null;
}
interface SuggestReply {
  kind: string;
  allowed: boolean;
  why: string;
  advice: string;
  one_click: boolean;
  to: string;
  subject: string;
  body: string;
  language: string;
  tone: string;
  warnings?: string[];
  people?: Person[];
  specific?: string;
}
interface Person {
  name: string;
  address: string;
  title: string;
  part: string;
  part_name: string;
  reason: string;
  last_contact: string;
  answerable: boolean;
  why_not: string;
}
type Choice = (people: Person[], current: string, choose: (to: string) => void) => HTMLElement;
interface DueReminder {
  id: string;
  text: string;
}
interface LogRow {
  message_id: string;
  mailbox?: string;
  title?: string;
  company: string | null;
  role: string | null;
  received: string;
  state: LetterState;
  evidence: EvidenceSpan[];
}
interface WaitingLetter {
  outbox_id: string;
  title: string;
  company: string;
  words: string;
  undo_until: string | null;
  can_undo: boolean;
  can_settle?: boolean;
  moving?: boolean;
}
interface StatusReply {
  version: string;
  mailboxes: unknown[];
  scanning: boolean;
  mode: "demo" | "connected";
  /** "loading", "ready", or why it cannot be loaded and what to do */
  model: string;
  rejections: number;
  review: number;
  accounts?: { address: string; state: string; name: string; sentence: string; mend: string }[];
}
type Connection = { port: number; pairing: Pairing | null };
interface Pairing {
  token: string;
  pairing: string;
  server_key: string;
}

interface Payloads {
  message: { message_id: string; sender?: string };
  suggest: { message_id: string; kind: string; to?: string; specific?: string };
  draft: { message_id: string; kind: string; to: string; subject: string; body: string; draft_id?: string };
  send: Saved & { confirmed?: boolean };
  send_suggested: { message_id: string; kind: string; to: string; subject: string; body: string };
  undo: { outbox_id: string };
  outbox: { outbox_id: string };
  settle: { outbox_id: string; said: Word };
  remind: { message_id: string };
  remind_undo: { message_id: string };
  correct: { message_id: string; is_rejection: boolean };
  health: { state: "well" | "lost" };
  status: Record<string, never>;
  log: Record<string, never>;
  settings: Record<string, never>;
  port: { port: number };
  pair: { code: string };
  forget: Record<string, never>;
}
interface Replies {
  message: MessageReply;
  suggest: SuggestReply;
  draft: Saved & { state?: LetterState };
  send_suggested: { held: OutboxItem | null; offer: SuggestReply | null; kept: OutboxItem | null; why: string };
  send: Partial<Saved> & { outbox_id: string; state: LetterState; undo_until: string | null };
  undo: { state: LetterState };
  outbox: { state: LetterState; problem: string; undo_until: string | null; can_settle?: boolean };
  settle: OutboxItem;
  remind: Reminder;
  remind_undo: { reminder: Reminder | null };
  correct: { label: string | null; state: LetterState };
  health: null;
  status: StatusReply;
  log: { rejections: LogRow[]; review: LogRow[]; letters?: WaitingLetter[]; reminders?: DueReminder[] };
  settings: { port: number; paired: boolean; lost: boolean };
  port: { port: number };
  pair: { port: number };
  forget: null;
}
type Op = keyof Payloads;
interface Failure {
  ok: false;
  code: string;
  error: string;
  hint: string;
  status?: number;
}
type Answer<T> = { ok: true; value: T } | Failure;
type Ask = <O extends Op>(op: O, payload: Payloads[O]) => Promise<Answer<Replies[O]>>;

interface FoundMessage {
  id: string;
  sender: string;
  anchor: Element;
  inside: boolean;
  ways: { id: string; sender: string; body: string };
}
interface Letterlike {
  to: string;
  subject: string;
  body: string;
  language?: string;
  warnings?: string[];
  people?: Person[];
  draft_id?: string;
  revision?: string;
  /** the person it was asked for by name, "" for the one that the server chose */
  chosen?: string;
}
interface Offer extends Letterlike {
  kind: string;
  advice: string;
  specific?: string;
}
interface OwnLine {
  element: HTMLElement;
  value(): string;
  isNew(): boolean;
  set(line: string): void;
  take(line: string, text: string): string;
}
interface Later {
  element: HTMLElement;
}
interface LettersParts {
  message: MessageReply;
  ask: Ask;
  steps: Steps;
  thanks: Thanks;
  frame: Frame;
  show(letter: LetterView): void;
  refuse(kind: string, offer: SuggestReply): void;
  remember(change: Partial<OutboxItem>): void;
  isElsewhere(): void;
  send(saved: Saved): void;
  close(): void;
}
interface Letters {
  readonly open: LetterView | null;
  readonly isTouched: boolean;
  of(kind: string): LetterView | undefined;
  drop(kind: string): void;
  clear(): void;
  leave(): void;
  openKind(kind: string, to?: string): unknown;
  openLetter(kind: string, letter: Letterlike, advice: string): void;
  show(letter: LetterView): void;
  save(): void;
  send(): void;
}
interface LetterText {
  to: string;
  subject: string;
  body: string;
}
interface LetterView {
  element: HTMLElement;
  kind: string;
  values(): LetterText;
  saved(): Saved | null;
  isDirty(): boolean;
  isTouched(): boolean;
  refresh(): void;
  keep(draft: Saved, text: LetterText): void;
  address(to: string): void;
  focus(): void;
  focusSend(): void;
  line: OwnLine;
  chosen: string;
  rewrite(line: string, text: string): string;
  problem(): string;
}
interface View {
  note?: string;
  hint?: string;
  body: Node[];
  footer?: Node[];
  focus?: HTMLElement | null;
}
interface Steps {
  isBusy(): boolean;
  told<T>(reply: Answer<T>): T | null;
  ask<O extends Op>(op: O, payload: Payloads[O]): Promise<Replies[O] | null>;
  run(step: () => Promise<void>): Promise<void>;
}
interface Thanks {
  letter(): Promise<Answer<SuggestReply>>;
  forget(): void;
  press(): Promise<Answer<Replies["send_suggested"]>>;
}
interface Views {
  row(...buttons: HTMLElement[]): HTMLElement;
  review(on: { yes(): void; no(): void }): View;
  waiting(outbox: OutboxItem, on: { send(): void; keep(): void; later: HTMLElement }): View;
  twice(failure: Failure, on: { send(): void; keep(): void }): View;
  kept(
    outbox: OutboxItem,
    offered: HTMLElement[],
    on: { open(): void; wrong: HTMLElement; later: HTMLElement; take(): void },
  ): View;
  sent(outbox: OutboxItem | null, offered: HTMLElement[], take: () => void): View;
  doubt(
    outbox: OutboxItem | null,
    parts: { ask: Ask; pace: number },
    on: { say(said: Word): void; ended(item: Replies["outbox"]): void },
  ): { view: View; watch(): { stop(): void } };
  nobody(offer: SuggestReply, offered: HTMLElement[], wrong: HTMLElement, choose: (to: string) => void): View;
  counting(
    outbox: OutboxItem,
    parts: { ask: Ask; pace: number },
    frame: Frame,
    on: { undo(): void; ended(item: Replies["outbox"]): void },
  ): { view: View; watch(): { stop(): void } };
  looking(note: string, wrong: HTMLElement): View;
  fresh(
    offer: SuggestReply | null,
    note: string,
    offered: HTMLElement[],
    on: { send(): void; wrong: HTMLElement; later: HTMLElement },
  ): View;
}
interface Frame {
  host: HTMLElement;
  root: ShadowRoot;
  fill(message: MessageReply): void;
  clear(title: string): void;
  show(view: View): void;
  say(sentence: string, isProblem?: boolean): void;
  setBusy(busy: boolean): void;
  focusHeading(): void;
}
interface CardParts {
  message: MessageReply;
  ask: Ask;
  /** ms between questions about a letter on its way */
  pace: number;
}
interface CardHandle {
  host: HTMLElement;
  readonly isNeeded: boolean;
  readonly isGone: boolean;
  dispose(): void;
}
interface WatchParts {
  ask: Ask;
  outboxId: string;
  undoUntil: string | null;
  pace: number;
  isOver?(item: Replies["outbox"]): boolean;
  onTick(seconds: number): void;
  onEnd(item: Replies["outbox"]): void;
  onTrouble(failure: Failure): void;
}
interface DomWay {
  way: string;
  selector: string;
}

interface HTMLElementTagNameMap {
  "classact-card": HTMLElement;
}

declare var ClassActKeyguard: { guard(host: HTMLElement, onKey: (event: KeyboardEvent) => void): void };
declare var ClassActTexts: { ready: Promise<void>; get(key: string, ...values: (string | number)[]): string };
declare var ClassActTransport: { ask: Ask; onAsk?(op: string, answer: () => unknown): void };
declare var ClassActDom: {
  WAYS: Readonly<Record<string, readonly { way: string; selector?: string }[]>>;
  openMessages(root: ParentNode, own?: string): FoundMessage[];
  ownAddress(page: Document): string;
  isThreadRoute(hash: string): boolean;
  health(root: ParentNode, hash: string): "elsewhere" | "well" | "lost";
  fromJslog(jslog: string | null): string;
  toHex(decimal: string | null | undefined): string;
};
declare var ClassActOutline: { outline(root: ParentNode): string };
declare var ClassActBackdrop: {
  luminance(colour: string): number | null;
  schemeBehind(element: Element): "dark" | "light";
};
declare var ClassActNodes: {
  el<T extends keyof HTMLElementTagNameMap>(
    tag: T,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[T];
  button(label: string, look: "primary" | "plain" | "quiet", press: () => void): HTMLButtonElement;
  withCode(text: string): (Node | string)[];
  setOff(element: Element, off: boolean): void;
  isOff(element: Element): boolean;
  mark(): SVGSVGElement;
};
declare var ClassActStyle: { CSS: string; sheet(): CSSStyleSheet };
declare var ClassActFrame: { create(messageId: string): Frame };
declare var ClassActLetter: {
  create(
    offer: Offer,
    saved: Saved | null,
    on: { save(): void; send(): void; close(): void; choose(to: string): void; line(): void },
  ): LetterView;
  offer(except: string, press: (kind: string) => void): HTMLButtonElement[];
  title(kind: string): string;
  choice: Choice;
};
declare var ClassActOwnLine: {
  create(parts: {
    body: HTMLTextAreaElement;
    suggested: string;
    kept: string;
    change(): void;
    edited(): void;
  }): OwnLine;
  swapped(text: string, before: string, after: string): string;
};
declare var ClassActLater: {
  create(parts: { steps: Steps; frame: Frame; message: MessageReply }): Later;
  told(due: string): string;
};
declare var ClassActLetters: { create(parts: LettersParts): Letters };
declare var ClassActOutbox: {
  watch(parts: WatchParts): { stop(): void };
  secondsLeft(undoUntil: string | null | undefined, now: number): number;
};
declare var ClassActSteps: {
  create(parts: { ask: Ask; frame: Frame; isGone(): boolean; onDone(): void }): Steps;
  thanks(ask: Ask, messageId: string): Thanks;
};
declare var ClassActViews: Readonly<Views>;
declare var ClassActCard: { create(parts: CardParts): CardHandle };
declare var ClassActMain: { started: Promise<void> };
