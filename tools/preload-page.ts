import type { Plugin } from 'vite'

/** The code of the page, which what is seen first does not need. */
const PAGE = '/src/app/start.tsx'

/** Lets browsers load the code of the page while its first screen is drawn; it runs when that is to be seen. */
export function preloadPage(): Plugin {
  return {
    name: 'preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(PAGE))
          .map(({ fileName }) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'script',
              crossorigin: true,
              fetchpriority: 'low',
              href: `./${fileName}`,
            },
            injectTo: 'head',
          })),
    },
  }
}
