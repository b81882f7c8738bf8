import { applyPreferences, storedPreferences } from './app/appearance'
import './ui/tokens.css'
import './ui/base.css'
import './app/first-screen.css'
import { FIRST_RECORDING_ID } from './engine/first-recording'
import { FirstScreen } from './session/first-screen'

applyPreferences(storedPreferences())
const firstScreen = new FirstScreen()
// A hash says what else to show.
if (location.hash === '') await firstScreen.open(FIRST_RECORDING_ID)
// All the rest, which takes long.
const { start } = await import('./app/start')
start(firstScreen)
