import { type Place, showPlace, UserError } from '#lib/errors.ts'

/** A mistake in a scenario: where, what was found, and what would be right. */
export interface Problem {
  readonly place: Place
  readonly problem: string
}

/** What one is called that says no name. */
export const NAMELESS = 'scenario'

/** Mistakes in a scenario. */
export class ScenarioError extends UserError {
  /** What the scenario is called. */
  readonly scenario: string
  readonly problems: readonly Problem[]
  readonly verb: 'read' | 'play'
  /** @param verb what failed: reading it, or playing it */
  constructor(scenario: string, problems: readonly Problem[], verb: ScenarioError['verb'] = 'read') {
    super(
      `Failed to ${verb} the scenario${scenario === NAMELESS ? '' : ` ${scenario}`}: ${listed(problems.map(showProblem))}`,
    )
    this.verb = verb
    this.scenario = scenario
    this.problems = problems
  }
}

/** `steps[1].after: expected a duration …` */
export function showProblem({ place, problem }: Problem): string {
  return place.length === 0 ? problem : `${showPlace(place)}: ${problem}`
}

/** One mistake stays in its line, several get a line each. */
export function listed(lines: readonly string[]): string {
  return lines.length === 1 ? lines[0]! : `${lines.length} mistakes.\n${lines.map((line) => `  ${line}`).join('\n')}`
}
