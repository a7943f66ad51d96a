import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCity } from '../readCity'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-tiles-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

async function link(target: string, path: string): Promise<void> {
  await rm(path, { force: true })
  await symlink(target, path)
}

describe('a folder of 3D Tiles', () => {
  const volume = { region: [0.1, 0.8, 0.1001, 0.8001, 0, 100] }
  const tileset = (root: object): string => JSON.stringify({ asset: { version: '1.1' }, geometricError: 1, root })
  const read = async (name: string, text: string) => {
    await mkdir(at(name), { recursive: true })
    await writeFile(join(at(name), 'tileset.json'), text)
    await writeFile(join(at(name), 'a.glb'), 'glTF and so on')
    await writeFile(join(at(name), 'b.glb'), '<html>')
    await mkdir(at('elsewhere'), { recursive: true })
    await writeFile(at('elsewhere/c.glb'), 'glTF and so on')
    await link(at('elsewhere/c.glb'), join(at(name), 'link.glb'))
    await link(at('elsewhere'), join(at(name), 'sub'))
    return readCity({ out: 'tiles', dataDate: '2026-01-01', tiles3d: [at(name)], datum: -3 })
  }

  test('gives the city its place and is handed on as it is', async () => {
    const city = await read('Good One', tileset({ boundingVolume: volume, content: { uri: 'a.glb' } }))
    expect(city.tilesets).toEqual([
      { key: 'good-one', folder: at('Good One'), files: ['a.glb', 'tileset.json'], lift: -3 },
    ])
    expect(city.identity.view.longitude).toBeCloseTo((0.100_05 * 180) / Math.PI, 6)
  })

  test('of the folder only what the tileset names is taken: implicit tiles and subtrees, buffers, textures, schemas', async () => {
    const names = ['0/0/0.glb', '1/0/1.glb', '1/0/x.glb', 't/0.0.0.subtree', 't/more.bin', 'm.gltf', 'm.bin', 'm.png']
    for (const path of [...names, 'schema.json', '.env', 'notes.txt', 'old/0/0/0.glb']) {
      await mkdir(dirname(at(`named/${path}`)), { recursive: true })
      await writeFile(at(`named/${path}`), 'glTF and so on')
    }
    const model = { buffers: [{ uri: 'm.bin' }, { uri: 'data:;base64,' }], images: [{ uri: 'm.png?v=1' }] }
    await writeFile(at('named/m.gltf'), JSON.stringify(model))
    const subtree = Buffer.from(JSON.stringify({ buffers: [{ uri: 'more.bin' }] }))
    const head = Buffer.alloc(24)
    head.write('subt')
    head.writeUInt32LE(subtree.length, 8)
    await writeFile(at('named/t/0.0.0.subtree'), Buffer.concat([head, subtree]))
    const glb = Buffer.concat([Buffer.alloc(20), Buffer.from(JSON.stringify({ images: [{ uri: 'gone.png' }] }))])
    glb.write('glTF')
    glb.writeUInt32LE(glb.length - 20, 12)
    glb.write('JSON', 16)
    await writeFile(at('named/0/0/0.glb'), glb)
    const implicitTiling = { subtrees: { uri: 't/{level}.{x}.{y}.subtree' } }
    const children = [
      { boundingVolume: volume, implicitTiling, content: { uri: '{level}/{x}/{y}.glb' } },
      { boundingVolume: volume, content: { uri: 'm.gltf' } },
    ]
    const whole = { asset: { version: '1.1' }, schemaUri: 'schema.json', root: { boundingVolume: volume, children } }
    const city = await read('named', JSON.stringify(whole))
    expect(city.tilesets[0]?.files).toEqual(
      ['0/0/0.glb', '1/0/1.glb', 'm.bin', 'm.gltf', 'm.png', 'schema.json', 't/0.0.0.subtree', 't/more.bin'].concat(
        'tileset.json',
      ),
    )
    expect(city.identity.counts.find(({ kind }) => kind === 'tile content')).toMatchObject({
      taken: 3,
      refused: { 'is not in the folder': 1 },
    })
  })

  test.each([
    ['{', /no JSON/],
    [JSON.stringify({ asset: { version: '0.9' }, root: {} }), /3D Tiles 0\.9/],
    [tileset({}), /bounding volume/],
    [tileset({ boundingVolume: volume, content: { uri: '../../etc/passwd' } }), /outside its folder/],
    [tileset({ boundingVolume: volume, content: { uri: 'https://example.org/a.glb' } }), /outside its folder/],
    [tileset({ boundingVolume: volume, content: { uri: 'b.glb' } }), /is no tile/],
    [tileset({ boundingVolume: volume, content: { uri: 'none.glb' } }), /no content that is there/],
    [tileset({ boundingVolume: volume, content: { uri: 'tileset.json' } }), /names itself/],
    [tileset(deep(100)), /nests deeper/],
    [tileset({ boundingVolume: volume, content: { uri: '%zz.glb' } }), /by no address/],
    [tileset({ boundingVolume: volume, content: { uri: 'link.glb' } }), /link leads out/],
    [tileset({ boundingVolume: volume, content: { uri: 'sub/c.glb' } }), /link leads out/],
    [tileset({ boundingVolume: volume, implicitTiling: {}, content: { uri: '../{x}.glb' } }), /outside its folder/],
  ])('refused %#', async (text, sentence) => {
    await expect(read(`bad`, text)).rejects.toThrow(sentence)
  })

  function deep(levels: number): object {
    const children = levels === 0 ? [] : [deep(levels - 1)]
    return { boundingVolume: volume, children }
  }
})
