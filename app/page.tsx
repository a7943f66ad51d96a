import { StartScreen } from './StartScreen'

export default function StartPage() {
  return <StartScreen />
}
