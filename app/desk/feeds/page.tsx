import { FeedsScreen } from './FeedsScreen'

export default function FeedsPage() {
  return <FeedsScreen />
}
