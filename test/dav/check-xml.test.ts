import { describe, expect, it } from 'vitest'
import { xmlProblem } from '#dav/check-xml.ts'

describe('a document', () => {
  it.each([
    '<a/>',
    '<?xml version="1.0"?>\n<a b="1" c=\'&lt;&#65;\'><b>x &amp; y</b><![CDATA[<]]><!-- c --><?pi ?></a>\n<!-- end -->',
    '<d:a xmlns:d="DAV:"><d:b xmlns:e="e:"><e:c/></d:b></d:a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    ' <é:à xmlns:é="x"/>',
  ])('is well-formed: %s', (text) => {
    expect(xmlProblem(text)).toBe(null)
  })

  it.each([
    ['<a>', 'Extra content at the end of the document', 1, 1],
    ['xyzz', 'Document is empty', 1, 1],
    ['<broken', "Couldn't find end of Start Tag broken", 1, 8],
    ['\n\n<a', "Couldn't find end of Start Tag a", 3, 3],
    ['<a><b></a>', 'Opening and ending tag mismatch: b line 1 and a', 1, 11],
    ['<?xml version="1.0"?>\n<a>\n <b>\n</a>', 'Opening and ending tag mismatch: b line 3 and a', 4, 5],
    ['<a:b xmlns:a="x"></a:c>', 'Opening and ending tag mismatch: b line 1 and c', 1, 24],
    ['<a b=c/>', 'AttValue: " or \' expected', 1, 6],
    ['<a b="c"', 'attributes construct error', 1, 9],
    ['<a b="1"c="2"/>', 'attributes construct error', 1, 9],
    ['<a b="1" b="2"/>', 'Attribute b redefined', 1, 15],
    ['<a b>', 'Specification mandates value for attribute b', 1, 5],
    ['<a b="<"/>', "Unescaped '<' not allowed in attributes values", 1, 7],
    ['<broken attr="v', "AttValue: ' expected", 1, 16],
    ['<a>&x;</a>', "Entity 'x' not defined", 1, 7],
    ['<a>& </a>', 'xmlParseEntityRef: no name', 1, 5],
    ['<a>&amp</a>', "EntityRef: expecting ';'", 1, 8],
    ['<a>]]></a>', "Sequence ']]>' not allowed in content", 1, 4],
    ['<a:b/>', 'Namespace prefix a on b is not defined', 1, 5],
    ['<1a/>', 'StartTag: invalid element name', 1, 2],
    ['</a>', 'StartTag: invalid element name', 1, 2],
    ['<a>\n<b>', 'Extra content at the end of the document', 2, 4],
    ['<a/><b/>', 'Extra content at the end of the document', 1, 5],
    ['<?xml version="1.0"?>', 'Extra content at the end of the document', 1, 22],
    ['<a></a', "expected '>'", 1, 7],
    ['<!-- x', 'Comment not terminated', 1, 7],
    [' <?xml version="1.0"?><a/>', 'XML declaration allowed only at the start of the document', 1, 7],
  ])('is refused in the words of PHP: %s', (text, message, line, column) => {
    expect(xmlProblem(text)).toBe(`${message}\n on line ${line}, column ${column}`)
  })
})
