import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createTransact,
  type DatabaseOptions,
  isBusy,
  isUnusable,
  isUnwritable,
  listSetAside,
  openDatabase,
  versionOf,
} from './sqlite.ts'

function optionsWith(changes: Partial<DatabaseOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const reasons: string[] = []
  const options: DatabaseOptions = {
    file: join(folder, 'data', 'notes.sqlite'),
    version: 1,
    create: (db) => db.exec('CREATE TABLE note (text TEXT NOT NULL) STRICT'),
    synchronous: 'NORMAL',
    busyTimeoutMs: 0,
    whenUnusable: 'delete',
    onUnusable: (reason) => void reasons.push(reason),
    ...changes,
  }
  return { options, reasons }
}

function open(options: DatabaseOptions): DatabaseSync {
  const db = openDatabase(options)
  onTestFinished(() => {
    if (db.isOpen) db.close()
  })
  return db
}

const write = (db: DatabaseSync, text: string) =>
  db.prepare('INSERT INTO note (text) VALUES (?)').run(text)
const list = (db: DatabaseSync) =>
  db
    .prepare('SELECT text FROM note')
    .all()
    .map(({ text }) => text)

describe('openDatabase', () => {
  it('creates the file once, in WAL mode, for its owner only', () => {
    const { options, reasons } = optionsWith()
    const first = open(options)
    write(first, 'a')
    first.close()
    const again = open(options)
    expect(list(again)).toEqual(['a'])
    expect(versionOf(again)).toBe(1)
    expect(again.prepare('PRAGMA journal_mode').get()?.journal_mode).toBe('wal')
    expect(statSync(options.file).mode & 0o777).toBe(0o600)
    expect(reasons).toEqual([])
  })

  it('does not change the mode of a folder that is there', () => {
    const { options } = optionsWith()
    const folder = dirname(options.file)
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    open(options)
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })

  it('applies the settings of the connection', () => {
    const { options } = optionsWith({ synchronous: 'OFF', pragmas: 'PRAGMA cache_size = -123' })
    const db = open(options)
    expect(db.prepare('PRAGMA synchronous').get()?.synchronous).toBe(0)
    expect(db.prepare('PRAGMA cache_size').get()?.cache_size).toBe(-123)
  })

  it.each([
    ['is no database', 'This is a letter, and no database. '.repeat(50), /not a database/],
    ['has lost its end', undefined, /malformed|damaged|disk image/],
  ])('replaces a file that %s', (_, content, why) => {
    const { options, reasons } = optionsWith()
    const db = open(options)
    for (let count = 0; count < 2000; count += 1) write(db, 'a sentence that takes room'.repeat(5))
    db.close()
    writeFileSync(options.file, content ?? readFileSync(options.file).subarray(0, 20_000))
    expect(list(open(options))).toEqual([])
    expect(reasons).toEqual([expect.stringMatching(why)])
    expect(existsSync(`${options.file}.damaged`)).toBe(false)
  })

  it('keeps an unusable file beside the new one where it is to be set aside', () => {
    const { options, reasons } = optionsWith({ whenUnusable: 'set aside' })
    open(options).close()
    writeFileSync(options.file, 'no database '.repeat(100))
    open(options)
    expect(reasons).toHaveLength(1)
    expect(readFileSync(`${options.file}.damaged`, 'utf8')).toContain('no database')
  })

  it('keeps what was set aside before', () => {
    const { options } = optionsWith({ whenUnusable: 'set aside' })
    for (const part of ['first', 'second']) {
      open(options).close()
      writeFileSync(options.file, `${part}: no database `.repeat(100))
      open(options).close()
    }
    const aside = listSetAside(options.file)
    expect(aside).toEqual([`${options.file}.damaged`, `${options.file}.damaged-2`])
    for (const [at, part] of ['first', 'second'].entries())
      expect(readFileSync(aside[at] ?? '', 'utf8')).toContain(`${part}: no database`)
  })

  it('replaces a file of a version that it cannot migrate, older, newer or without a number', () => {
    for (const version of [2, 3, 0]) {
      const { options, reasons } = optionsWith()
      const db = open(options)
      write(db, 'a')
      db.exec(`PRAGMA user_version = ${version}`)
      db.close()
      expect(list(open(options))).toEqual([])
      expect(reasons).toEqual([`other code or settings made it (version ${version}, expected 1)`])
    }
  })

  it('migrates a version that it can, as a whole or not at all', () => {
    const { options, reasons } = optionsWith()
    const old = open(options)
    write(old, 'a')
    old.close()
    const half: DatabaseOptions = {
      ...options,
      version: 2,
      migrate(db) {
        db.exec('UPDATE note SET text = upper(text)')
        throw new Error('The power fails')
      },
    }
    expect(() => openDatabase(half)).toThrow('The power fails')
    const whole: DatabaseOptions = {
      ...options,
      version: 2,
      migrate(db, from) {
        if (from === 1) db.exec("UPDATE note SET text = text || '!'")
        return from === 1
      },
    }
    const db = open(whole)
    expect(list(db)).toEqual(['a!'])
    expect(versionOf(db)).toBe(2)
    expect(reasons).toEqual([])
  })

  it('looks for damage only in files up to the given size', () => {
    const { options, reasons } = optionsWith({ findDamage: () => 'a hole', checkUpToBytes: 0 })
    open(options).close()
    expect(reasons).toEqual([])
    expect(() => openDatabase({ ...options, checkUpToBytes: 1e9 })).toThrow('a hole')
  })

  it('throws when the file is locked or cannot be made, and leaves it as it is', () => {
    const { options, reasons } = optionsWith()
    const db = open(options)
    db.exec('PRAGMA user_version = 7; BEGIN EXCLUSIVE')
    let error: unknown
    try {
      openDatabase(options)
    } catch (cause) {
      error = cause
    }
    expect(isBusy(error)).toBe(true)
    expect(isUnusable(error) || isUnwritable(error)).toBe(false)
    const folder = `${options.file}.folder`
    mkdirSync(folder)
    error = undefined
    try {
      openDatabase({ ...options, file: folder })
    } catch (cause) {
      error = cause
    }
    expect(isUnwritable(error)).toBe(true)
    expect(reasons).toEqual([])
  })
})

describe('createTransact', () => {
  it('keeps what is written together or not at all, one inside another', () => {
    const db = open(optionsWith().options)
    const transact = createTransact(db)
    transact(() => {
      write(db, 'outer')
      expect(() =>
        transact(() => {
          write(db, 'inner')
          throw new Error('undo')
        }),
      ).toThrow('undo')
      write(db, 'after')
    })
    expect(list(db)).toEqual(['outer', 'after'])
    expect(() =>
      transact(() => {
        write(db, 'lost')
        throw new Error('undo')
      }),
    ).toThrow('undo')
    expect(list(db)).toEqual(['outer', 'after'])
    expect(transact(() => 7)).toBe(7)
  })
})
