import { NOTHING, type TermDrawing } from './term-drawing'

/** The centres of a term, as diamonds. @param name of the term */
export function centersDrawing(name: string): TermDrawing {
  return {
    name: 'centres',
    begin:
      () =>
      ({ classes, state }) => {
        if (state.length === 0) return NOTHING
        return {
          marks: classes.map((_, j) => ({
            shape: 'diamond',
            at: { of: 'center', at: j },
            class: j,
            above: true,
          })),
          caption: `Diamonds are the centres of ${name}.`,
        }
      },
  }
}
