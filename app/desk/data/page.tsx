import { DataScreen } from './DataScreen'

export default function DataPage() {
  return <DataScreen />
}
