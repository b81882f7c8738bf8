import { describe, expect, it } from 'vitest'
import { Registry } from '../../src/geometry/registry'

const files = {
  './rooms/attic.ts': { id: 'attic', floor: 2 },
  './rooms/cellar.ts': { id: 'cellar', floor: 0 },
}

describe('a registry', () => {
  const rooms = new Registry('room', files)

  it('finds what lies in a folder, in the order of the file names', () => {
    expect(rooms.ids).toEqual(['attic', 'cellar'])
    expect([...rooms]).toEqual(rooms.all)
    expect(rooms.get('attic').floor).toBe(2)
    expect(rooms.has('cellar')).toBe(true)
  })

  it('names what there is where something is asked for that there is not', () => {
    expect(() => rooms.get('stable')).toThrow(RangeError)
    expect(() => rooms.get('stable')).toThrow('there is no room "stable"; there are attic, cellar')
    expect(rooms.find('stable')).toBeUndefined()
    expect(rooms.has('constructor')).toBe(false)
  })

  it('stands in the order that it is given', () => {
    expect(new Registry('room', files, (rooms) => [...rooms].reverse()).ids).toEqual(['cellar', 'attic'])
  })

  it('takes the name of a folder for a panel of it', () => {
    expect(new Registry('panel', { './bias/panel.ts': { id: 'bias' } }).ids).toEqual(['bias'])
  })

  it('takes one from elsewhere, until it is taken away', () => {
    const takeAway = rooms.add({ id: 'stable', floor: 1 })
    expect(rooms.get('stable').floor).toBe(1)
    expect(() => rooms.add({ id: 'stable', floor: 1 })).toThrow('there is a room "stable" already')
    takeAway()
    expect(rooms.ids).toEqual(['attic', 'cellar'])
  })

  it('refuses an id that is not the name of its file', () => {
    expect(() => new Registry('room', { './rooms/attic.ts': { id: 'atic' } })).toThrow(
      './rooms/attic.ts declares the id "atic": it must be "attic"',
    )
  })
})
