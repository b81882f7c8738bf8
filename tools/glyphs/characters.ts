/**
 * The characters that are identities of the glyphs. Of characters that look alike when they are drawn at the same
 * size, one is there: not O beside 0, c beside C, Greek Α and Cyrillic А beside A, ß beside β, α beside a, Л beside
 * Λ, / beside a slanted I.
 */
export const WESTERN = [
  '0123456789',
  'ABCDEFGHIJKLMNPQRSTUVWXYZ',
  'abdefghijmnqrt',
  'ßæœþðÆŁ',
  'ΓΔΘΛΞΠΣΦΨΩ',
  'γδεζηλμξπσςω',
  'БДЖИЙЦЧШЩЪЫЭЮЯЂЉЊЋЏЄЎ',
  '&@#$%?!*+=§¶©®€£¥{}[]()<>~«»±÷',
].join('')

/** く, ニ, ノ, ヘ and リ look like <, =, /, へ and り. */
export const KANA = [
  'あいうえおかきけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん',
  'アイウエオカキクケコサシスセソタチツテトナヌネハヒフホマミムメモヤユヨラルレロワヲン',
].join('')

/** So many of them are never trained on. */
export const UNSEEN = 50
