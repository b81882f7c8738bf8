import { applyPreferences, storedPreferences } from './app/appearance'
import './app/theme.css'
import './app/first-screen.css'
import { firstScreen } from './session/first-screen'

/** As `FIRST_RECORDING` says, which would bring all losses with it; a test holds them together. */
const FIRST_ID = 'arcface-2d'

applyPreferences(storedPreferences())
// A hash says what else to show.
if (location.hash === '') await firstScreen.open(FIRST_ID)
// All the rest, which takes long.
const { start } = await import('./app/start')
start()
