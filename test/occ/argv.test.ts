import { describe, expect, it } from 'vitest'
import { firstArgument, hasRawOption, parseArgv, parseLeniently } from '#console/argv.ts'
import { InputDefinition } from '#console/definition.ts'
import { tokenize } from '#console/tokenize.ts'

const definition = new InputDefinition(
  [
    { name: 'command', required: true, description: '' },
    { name: 'first', required: true, description: '' },
    { name: 'rest', array: true, description: '' },
  ],
  [
    { name: 'flag', shortcut: 'f', description: '' },
    { name: 'other', shortcut: 'o', description: '' },
    { name: 'need', shortcut: 'n', value: 'required', description: '' },
    { name: 'may', shortcut: 'm', value: 'optional', description: '', default: 'fallback' },
    { name: 'many', shortcut: 'M', value: 'required', array: true, description: '' },
    { name: 'colour', value: 'negatable', description: '' },
  ],
)

const parse = (line: string) => {
  const { arguments: args, options } = parseArgv(tokenize(line), definition)
  return { args: Object.fromEntries(args), options: Object.fromEntries(options) }
}
const problem = (line: string) => {
  try {
    parse(line)
  } catch (error) {
    return (error as Error).message
  }
  return null
}

describe('a command line', () => {
  it('gives arguments in order, and all that is left to one that takes several', () => {
    expect(parse('cmd a b c').args).toEqual({ command: 'cmd', first: 'a', rest: ['b', 'c'] })
  })

  it('takes values of long options after an equals sign or as the next word', () => {
    expect(parse('cmd --need=x --may y').options).toEqual({ need: 'x', may: 'y' })
    expect(parse('cmd --need "" a').options).toEqual({ need: '' })
    expect(parse('cmd --need= a')).toEqual({ args: { command: 'cmd', first: 'a' }, options: { need: '' } })
  })

  it('does not take another option for a value', () => {
    expect(parse('cmd --may -f').options).toEqual({ may: null, flag: true })
    expect(problem('cmd --need --flag')).toBe('The "--need" option requires a value.')
  })

  it('reads clusters of short options, the last with its value', () => {
    expect(parse('cmd -fo').options).toEqual({ flag: true, other: true })
    expect(parse('cmd -fnvalue').options).toEqual({ flag: true, need: 'value' })
    expect(parse('cmd -fn value').options).toEqual({ flag: true, need: 'value' })
    expect(parse('cmd -nvalue').options).toEqual({ need: 'value' })
  })

  it('collects an option that is given several times', () => {
    expect(parse('cmd --many=a -M b -Mc').options).toEqual({ many: ['a', 'b', 'c'] })
  })

  it('turns a negatable option on and off', () => {
    expect(parse('cmd --colour').options).toEqual({ colour: true })
    expect(parse('cmd --no-colour').options).toEqual({ colour: false })
    expect(problem('cmd --no-colour=1')).toBe('The "--no-colour" option does not accept a value.')
  })

  it('reads no options behind two dashes', () => {
    expect(parse('cmd -- --flag -o').args).toEqual({ command: 'cmd', first: '--flag', rest: ['-o'] })
    expect(parse('cmd -').args).toEqual({ command: 'cmd', first: '-' })
  })

  it('says what does not fit', () => {
    expect(problem('cmd --nosuch')).toBe('The "--nosuch" option does not exist.')
    expect(problem('cmd -x')).toBe('The "-x" option does not exist.')
    expect(problem('cmd -fx')).toBe('The "-x" option does not exist.')
    expect(problem('cmd --flag=1')).toBe('The "--flag" option does not accept a value.')
  })

  it('says which arguments were expected when there are too many', () => {
    const one = new InputDefinition(definition.arguments.slice(0, 2), [])
    const none = new InputDefinition(definition.arguments.slice(0, 1), [])
    expect(() => parseArgv(['cmd', 'a', 'b'], one)).toThrow(
      'Too many arguments to "cmd" command, expected arguments "first".',
    )
    expect(() => parseArgv(['cmd', 'a'], none)).toThrow('No arguments expected for "cmd" command, got "a".')
  })

  it('can be read up to the first word that does not fit', () => {
    const { arguments: args, options } = parseLeniently(tokenize('cmd -f --nosuch -o'), definition)
    expect([...args.keys(), ...options.keys()]).toEqual(['command', 'flag'])
  })
})

describe('words before the command is known', () => {
  it('finds options by their names and as beginnings of clusters', () => {
    expect(hasRawOption(['x', '-vq'], '-v')).toBe(true)
    expect(hasRawOption(['x', '--quiet=1'], '--quiet')).toBe(true)
    expect(hasRawOption(['x', '--', '-q'], '-q')).toBe(false)
  })

  it('takes the first word that is no option for the command', () => {
    expect(firstArgument(['-q', 'status'])).toBe('status')
    expect(firstArgument(['-q'])).toBeNull()
  })
})

describe('a command line in one text', () => {
  it('is split at blanks, except in quotes and behind backslashes', () => {
    expect(tokenize(`a  "b c" 'd "e"' f\\ g --x="y z" ""`)).toEqual(['a', 'b c', 'd "e"', 'f g', '--x=y z', ''])
    expect(tokenize(String.raw`"a\"b" "c\d" 'e\f'`)).toEqual(['a"b', 'c\\d', 'e\\f'])
  })

  it('must close its quotes', () => {
    expect(() => tokenize('user:add "alice')).toThrow('a " is not closed')
  })
})

describe('a definition', () => {
  it('refuses two options with one name or shortcut', () => {
    const flag = { name: 'flag', shortcut: 'f', description: '' }
    expect(() => new InputDefinition([], [flag, { ...flag, value: 'required' }])).toThrow(
      'An option named "flag" already exists.',
    )
    expect(() => new InputDefinition([], [flag, { name: 'force', shortcut: 'f', description: '' }])).toThrow(
      'An option with shortcut "f" already exists.',
    )
  })
})
