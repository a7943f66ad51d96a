import { lothBaker } from './correlation'
import { earlyMagnitude, warningRing } from './earlyWarning'
import { conditionOnStations } from './conditioned'
import { groundMotionToMmi, mmiToGroundMotion } from './groundMotion'
import { chinaIntensity, predictIntensity } from './intensity'
import { fatalityAlert, fatalityRate, lossProbabilities, losses } from './losses'

/** How strongly it shook, where, how sure, and whom it struck (docs/models/earthquake.md). */
export const earthquake = {
  predictIntensity,
  chinaIntensity,
  groundMotionToMmi,
  mmiToGroundMotion,
  lothBaker,
  conditionOnStations,
  fatalityRate,
  losses,
  lossProbabilities,
  fatalityAlert,
  earlyMagnitude,
  warningRing,
} as const
