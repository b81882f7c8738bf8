/** Lines that print on one line of a screen: `max` characters, but for lines that match `ignore`. */
const length = {
  meta: {
    type: 'layout',
    schema: [
      {
        type: 'object',
        properties: { max: { type: 'integer' }, ignore: { type: 'string' } },
        required: ['max'],
        additionalProperties: false,
      },
    ],
    messages: { long: 'The line has {{count}} characters, more than {{max}}.' },
  },
  create(context) {
    const { max, ignore } = context.options[0]
    const ignored = ignore === undefined ? null : new RegExp(ignore)
    return {
      Program() {
        context.sourceCode.lines.forEach((line, i) => {
          const count = [...line].length
          if (count <= max || ignored?.test(line)) return
          const loc = { start: { line: i + 1, column: max }, end: { line: i + 1, column: line.length } }
          context.report({ loc, messageId: 'long', data: { count: String(count), max: String(max) } })
        })
      },
    }
  },
}

export const lines = { rules: { length } }
