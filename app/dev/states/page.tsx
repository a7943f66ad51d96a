import { StatesScreen } from './StatesScreen'

export default function StatesPage() {
  return <StatesScreen />
}
