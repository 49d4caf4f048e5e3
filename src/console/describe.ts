import { describeJson } from './describe-json.ts'
import { describeMarkdown } from './describe-markdown.ts'
import { describeRst } from './describe-rst.ts'
import { describeText } from './describe-text.ts'
import { describeXml } from './describe-xml.ts'
import type { Description } from './description.ts'
import { ConsoleError } from './errors.ts'
import type { Output } from './output.ts'

const FORMATS: Readonly<Record<string, (description: Description, output: Output) => void>> = {
  txt: describeText,
  xml: describeXml,
  json: describeJson,
  md: describeMarkdown,
  rst: describeRst,
}

/** Write what `list` and `help` write. */
export function describe(format: string, description: Description, output: Output): void {
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (!write) throw new ConsoleError(`Unsupported format "${format}".`, 'InvalidArgumentException')
  write(description, output)
}
