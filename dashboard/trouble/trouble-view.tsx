import { Clock } from './clock.tsx'
import { Faults } from './faults.tsx'
import { OccConsole } from './occ-console.tsx'
import { Scenarios } from './scenarios.tsx'

/** Time, and what goes wrong in it. */
export const TroubleView = () => (
  <div class="trouble">
    <div>
      <Clock />
      <Faults />
    </div>
    <div>
      <Scenarios />
      <OccConsole />
    </div>
  </div>
)
