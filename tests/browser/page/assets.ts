import { browserAssets } from '../../../src/engine/browser-assets'

export const assets = browserAssets(document.baseURI)
