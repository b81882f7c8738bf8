import { dirname, relative, resolve, sep } from 'node:path'

const SOURCES = resolve(import.meta.dirname, '../src')

/** The folder of src/ that a path lies in; null where it lies elsewhere. */
function roomOf(path) {
  const [room, ...rest] = relative(SOURCES, path).split(sep)
  return room === '..' || rest.length === 0 ? null : room
}

/** "three" of "three/addons/lines", "@base-ui/react" of "@base-ui/react/menu". */
function packageOf(source) {
  return /^(@[^/]+\/)?[^/?]+/.exec(source)[0]
}

/**
 * A rule for the files of one room: which other rooms and which packages they may import from, however they do it. What
 * is outside src/ they may not.
 */
const imports = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: {
          room: { type: 'string' },
          rooms: { type: 'array', items: { type: 'string' } },
          packages: { type: 'array', items: { type: 'string' } },
        },
        required: ['room', 'rooms', 'packages'],
        additionalProperties: false,
      },
    ],
    messages: {
      room: '{{room}} must not import from {{other}}: imports point one way.',
      outside: '{{room}} must not import from outside src.',
      package: '{{room}} must not use the package {{other}}, unless PACKAGES in eslint.config.js says so.',
    },
  },
  create(context) {
    const [{ room, rooms, packages }] = context.options
    const check = (node) => {
      const source = node.source?.value
      if (typeof source !== 'string') return
      const report = (messageId, other) => context.report({ node, messageId, data: { room, other } })
      if (!source.startsWith('.')) {
        const other = packageOf(source)
        if (!packages.includes(other)) report('package', other)
        return
      }
      const other = roomOf(resolve(dirname(context.filename), source))
      if (other === null) report('outside')
      else if (other !== room && !rooms.includes(other)) report('room', other)
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    }
  },
}

export const walls = { rules: { imports } }
