import { expect, it } from 'vitest'
import { parseRedirects } from './redirects.ts'

const parse = (text: string) => parseRedirects({ path: 'redirects.txt', bytes: Buffer.from(text) })
const problemsOf = (text: string) =>
  parse(text).problems.map(
    ({ severity, line, found, expected }) => `${line} ${severity}: ${found}, ${expected}`,
  )

it('reads paths, statuses and comments', () => {
  const { redirects, problems } = parse(
    '# moved\n/old /new\n/b%C3%A9 /new?x=1#y 302 # why\n\n/gone 410\r\n/c /d 308\n/slash/ /e\n',
  )
  expect(problems).toEqual([])
  expect(redirects).toEqual([
    { from: '/old', to: '/new', status: 301, line: 2 },
    { from: '/bé', to: '/new?x=1#y', status: 302, line: 3 },
    { from: '/gone', to: undefined, status: 410, line: 5 },
    { from: '/c', to: '/d', status: 308, line: 6 },
    { from: '/slash', to: '/e', status: 301, line: 7 },
  ])
})

it.each([
  'old /new',
  '/old new',
  '/old //evil.example',
  '/old /\\evil.example',
  '/old http://plain.example/',
  '/old https://user:pass@evil.example/',
  '/old javascript:alert(1)',
  '/old /new 303',
  '/old /new 410',
  '/old',
  '//evil.example /new',
  '/a/../b /new',
  '/%zz /new',
  '/old /%zz',
  '/old?x=1 /new',
  '/old /new%0d%0aset-cookie:a',
  '/old /new 301 extra',
])('names the line of %s, leaves it out and reads on', (line) => {
  const { redirects, problems } = parse(`/first /new\n${line}\n/last /new\n`)
  expect(redirects.map(({ from }) => from)).toEqual(['/first', '/last'])
  expect(problems).toMatchObject([{ severity: 'error', file: 'redirects.txt', line: 2 }])
})

it('says how many lines it leaves out when there are too many', () => {
  const lines = Array.from({ length: 10_003 }, (_, at) => `/old-${at} /new`)
  const { redirects } = parse(lines.join('\n'))
  expect(redirects).toHaveLength(10_000)
  expect(problemsOf(lines.join('\n'))).toEqual([
    '10001 error: this line and 2 more, at most 10000 redirects: none of these is followed',
  ])
  expect(problemsOf('#'.repeat(6_000_000))).toEqual(['1 error: more than 5 MB, at most 5 MB'])
})

it('names every line of a circle and follows none of them', () => {
  const { redirects, problems } = parse(
    '/a /b\n/b /c?x=1\n/c /a\n/into /a\n/self /self/\n/fine /x\n',
  )
  expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 5])
  expect(redirects.map(({ from }) => from)).toEqual(['/into', '/fine'])
})

it('names the second line for one address, and the one that counts', () => {
  expect(problemsOf('/a /b\n/a /c\n')).toEqual(['2 error: "/a", an address once: line 1 has it'])
  expect(parse('/a /b\n/a /c\n').redirects).toMatchObject([{ to: '/b' }])
})

it('follows a line that leads elsewhere and warns of it', () => {
  const { redirects, problems } = parse('/a https://other.example/x\n')
  expect(redirects).toMatchObject([{ to: 'https://other.example/x' }])
  expect(problems).toMatchObject([{ severity: 'warning', line: 1 }])
})
