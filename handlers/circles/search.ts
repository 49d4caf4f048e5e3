import { defineSearchProvider, paginated } from '#app/index.ts'

/** Pages without an end, and without teams. */
export const circleSearch = defineSearchProvider({ id: 'circles', search: (query) => paginated([], query) })
