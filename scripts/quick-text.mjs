// Bundled into the program in place of what Ink's libraries build at import (see ink-patches.mjs).
// Making an Intl.Segmenter and the emoji tables costs 60 ms, and a screen of plain text and box lines needs neither.

// Characters that are a grapheme cluster each, whatever stands next to them: no marks, joiners, jamo or carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: coloured text holds the escape character
const plainText = /^[\t\n\u001B\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u23FF\u2460-\u27BF]*$/;
// The same with nothing but colours and weight among it; each character one step, so that a text that fits almost is given up at once.
const plainColoured =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: coloured text holds the escape character
  /^(?:[\t\n\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u23FF\u2460-\u27BF]|\u001B\[[\d;]*m)*$/;
const plainSymbol = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u23FF\u2460-\u27BF]$/;
const shownAsEmoji = /\p{Emoji_Presentation}/u;

/** @type {Intl.Segmenter | undefined} */
let segmenter;

/**
 * Stands in for a grapheme `Intl.Segmenter`, which is made when the first text that is not plain comes.
 */
export const quickSegmenter = {
  /**
   * @param {string} text
   * @returns {Pick<Intl.Segments, 'containing'> & Iterable<{segment: string, index: number, input: string}>}
   */
  segment(text) {
    if (plainText.test(text)) return plainSegments(text);
    segmenter ??= new Intl.Segmenter();
    return segmenter.segment(text);
  },
};

/**
 * What `Intl.Segmenter` answers for a text whose every character is a cluster.
 * @param {string} text
 */
function plainSegments(text) {
  return {
    /** @param {number} [index] */
    containing: (index = 0) => (index >= 0 && index < text.length ? plainSegment(text, index) : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index++) yield plainSegment(text, index);
    },
  };
}

/**
 * @param {string} text
 * @param {number} index
 */
function plainSegment(text, index) {
  return { segment: text.charAt(index), index, input: text };
}

/**
 * Whether a cluster is one visible character whose width is the East Asian width of its code point alone.
 * @param {string} segment
 */
export function isPlainSymbol(segment) {
  return plainSymbol.test(segment) && !shownAsEmoji.test(segment);
}

/**
 * Whether a text holds nothing that has to be taken out or put in order before it is painted.
 * @param {string} text
 */
export function isPlainColoured(text) {
  return plainColoured.test(text);
}
