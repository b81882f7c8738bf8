import fc from 'fast-check'

/** Gives `check` a file cut short, or with one byte changed, wherever that may be. */
export async function everyDamage(
  good: Uint8Array<ArrayBuffer>,
  check: (bad: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, change, cut) => {
        const bad = cut ? good.slice(0, at) : good.slice()
        if (!cut) bad[at]! ^= change
        await check(bad)
      },
    ),
  )
}
