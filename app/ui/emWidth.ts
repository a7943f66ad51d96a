const CJK = /[\u2e80-\u9fff\uff00-\uffef]/

/** Width of a text in em, a little generous: a Chinese character is one, a Latin letter or digit a good half. */
export const emWidth = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (CJK.test(char) ? 1 : 0.6), 0)
