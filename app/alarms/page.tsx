import { AlarmsScreen } from './AlarmsScreen'

export default function AlarmsPage() {
  return <AlarmsScreen />
}
