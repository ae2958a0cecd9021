/** What a key may ask of the terminal besides another picture. */
export interface Hands {
  /** Puts a text into the clipboard, as far as the terminal lets it, and says so. */
  readonly copy: (text: string) => void;
  /** Says something in the last row until the next key. */
  readonly say: (text: string) => void;
  /** Lets another program have the terminal until the task is done. */
  readonly lend: <T>(task: () => Promise<T>) => Promise<T>;
}

/** No terminal at all. */
export const noHands: Hands = { copy: () => undefined, say: () => undefined, lend: (task) => task() };
