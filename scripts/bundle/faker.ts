import { readFileSync } from 'node:fs'
import { build, type Plugin } from 'esbuild'

/**
 * Of Faker what each importer names, in a module of its own. The package's main module names every locale and has data
 * that esbuild cannot leave out by itself: it does not know that to split a text changes nothing.
 * @param root where the package is found
 */
export function fakerInParts(root: string): Plugin {
  return {
    name: 'faker-in-parts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@faker-js\/faker$/ }, ({ importer }) => {
        const names = /import \{([^}]*)\} from '@faker-js\/faker'/.exec(readFileSync(importer, 'utf8'))?.[1]
        if (!names) throw new Error(`${importer} has to import Faker's classes by their names, in one statement.`)
        return { path: names.trim(), namespace: 'faker', sideEffects: false }
      })
      onLoad({ filter: /.*/, namespace: 'faker' }, async ({ path: names }) => {
        const { outputFiles } = await build({
          stdin: { contents: `export { ${names} } from '@faker-js/faker'`, resolveDir: root },
          bundle: true,
          format: 'esm',
          platform: 'neutral',
          pure: ['Object.fromEntries'],
          plugins: [withoutUnusedData()],
          write: false,
        })
        return { contents: outputFiles[0]!.text, loader: 'js' }
      })
    },
  }
}

/** A text that is split, or an instance that is made without arguments. */
const COMPUTED = /(?<=[=:,([])`(?:[^`\\]|\\.)*`\.split\(|(?<==)new [\w$]+(?=[,;])/g

/** Marks as free of effects what Faker's modules compute of their data when they are loaded. */
function withoutUnusedData(): Plugin {
  return {
    name: 'without-unused-data',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]@faker-js[\\/]faker[\\/]dist[\\/][^\\/]*\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(COMPUTED, '/* @__PURE__ */$&'),
        loader: 'js',
      }))
    },
  }
}
