import type { Plugin } from 'vite'

/** KaTeX's fonts in formats that only browsers older than this page can run in would ask for. */
const OLD = /,url\([^)]+\) format\("(?:woff|truetype)"\)/g

/** Leaves KaTeX's fonts in WOFF2 alone, so that the others are not served along. */
export function katexFonts(): Plugin {
  return {
    name: 'katex-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /katex[^]*\.css$/ },
      handler: (code) => ({ code: code.replace(OLD, ''), map: null }),
    },
  }
}
