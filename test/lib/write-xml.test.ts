import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { element, writeXml } from '#lib/write-xml.ts'

it('writes elements, attributes and texts, indented', async () => {
  const document = element('zoo', { town: 'Berlin' }, [element('animal', {}, 'Mo'), element('cage')])
  expect(await writeXml(document)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<zoo town="Berlin">\n  <animal>Mo</animal>\n  <cage/>\n</zoo>\n',
  )
})

it('writes any text so that a parser reads it', async () => {
  const text = '<b>"Mo" & \'co\'</b> ]]>'
  const written = await writeXml(element('zoo', { text }, text))
  expect(XMLValidator.validate(written)).toBe(true)
  const { zoo } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(written)
  expect(zoo).toEqual({ text, '#text': text })
})

it('writes a mark for characters that XML does not know', async () => {
  expect(await writeXml(element('zoo', { text: '\u0001' }, 'a\u0000b'))).toContain('<zoo text="\ufffd">a\ufffdb</zoo>')
})
