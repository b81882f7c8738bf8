import type { Theme } from '../../src/render/theme'

/** The light theme, as theme.css has it. */
export const THEME: Theme = {
  paper: '#fbfaf7',
  paperRaised: '#ffffff',
  ink: '#1c1d21',
  ink2: '#55565c',
  ink3: '#6f7077',
  hairline: '#dddad2',
  accent: '#b8500b',
  accentLine: '#e8731a',
  classes: Array.from({ length: 10 }, (_, j) => `class-${j}`),
  line: 1,
  rem: 16,
  font: 'Source Sans 3 Variable',
  dark: false,
}
