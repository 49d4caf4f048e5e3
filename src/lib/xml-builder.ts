/** A module of its own, so that a bundle can load it late and by its names: the package itself is CommonJS. */
export { create } from 'xmlbuilder2'
